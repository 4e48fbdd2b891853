import ArgumentParser
internal import TencaFormats
internal import TencaMarkov
internal import TencaMixture
internal import TencaNumerics

/// Baum-Welch iterations, decoding, scoring, posteriors, and the bare recursions.
struct MarkovBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "markov", abstract: "Hidden Markov models of made-up sequences.",
    discussion: """
      An iteration is timed as the difference between a fit of 6 and one of 1, which leaves out what
      a fit does once. The peer is hmmlearn on rows of the same distribution.
      """)

  @Option(help: "Rows.") var rows = 100_000
  @Option(help: "Columns.") var columns = 13
  @Option(help: "States.") var states = 16
  @Option(help: "Gaussians a state of em-mixture.") var components = 8
  @Option(help: "Symbols of em-categorical.") var symbols = 20
  @Option(help: "Range of the log-likelihoods that the bare recursions take, in nats.")
  var range = 3.0
  @Option(help: "Threads.") var threads = 1
  @Option(help: "Passes, after one that is not counted.") var passes = 5
  @Option(help: "Only what has this in its name.") var only = ""

  func run() throws {
    let execution = Execution(threads: threads)
    var random = RandomStream(seed: 0)
    let size = [
      "rows": Double(rows), "columns": Double(columns), "states": Double(states),
    ]
    let chain = try MarkovChain(
      initial: [Double](repeating: 1 / Double(states), count: states),
      transition: (0..<states).map { i in
        (0..<states).map { $0 == i ? 0.9 : 0.1 / Double(states - 1) }
      })
    let means = NDArray<Double>(shape: [states, columns]) { target in
      for index in target.indices { target[index] = 2 * random.normal() }
    }
    func measure(_ name: String, _ work: () throws -> Void) throws {
      guard wants(name) else { return }
      let measurement = try Measurement.of(
        name, threads: threads, passes: passes, size: size, work)
      print(try JSONText.encodeLine(measurement))
    }
    let onRows = ["em-diagonal", "em-full", "score", "decode", "posteriors"]
    for kind in [CovarianceKind.diagonal, .full] where onRows.contains(where: wants) {
      let identity: NDArray<Double> =
        kind == .diagonal
        ? NDArray(repeating: 1, shape: [states, columns])
        : NDArray<Double>.concatenated([NDArray](repeating: .identity(columns), count: states))
          .reshaped([states, columns, columns])
      let emission = try GaussianEmission(
        meanVectors: means, covariances: Covariances(kind, identity))
      let model = try HiddenMarkovModel(chain: chain, emission: emission)
      let data = model.sample(rows, using: &random).rows
      try measureIteration("em-\(kind.rawValue)", emission, chain, data, size, execution)
      if kind != .diagonal { continue }
      try measure("score") { _ = try model.logLikelihood(of: data, execution: execution) }
      try measure("decode") { _ = try model.viterbi(data, execution: execution) }
      try measure("posteriors") { _ = try model.smoothed(data, execution: execution) }
    }
    try measureOthers(chain, means, size, execution)
    let range = range
    let logLikelihoods = NDArray<Double>(shape: [rows, states]) { target in
      for index in target.indices { target[index] = -range * random.uniform() }
    }
    try measure("bare-forward") { _ = try chain.logLikelihoods(logLikelihoods) }
    try measure("bare-smoothed") { _ = try chain.smoothed(logLikelihoods) }
    try measure("bare-viterbi") { _ = try chain.viterbi(logLikelihoods) }
  }

  /// Emissions of symbols, and of mixtures.
  private func measureOthers(
    _ chain: MarkovChain, _ means: NDArray<Double>, _ size: [String: Double],
    _ execution: Execution
  ) throws {
    var random = RandomStream(seed: 1)
    if wants("em-categorical") {
      let shares = NDArray<Double>(
        rows: (0..<states).map { _ in
          let values = (0..<symbols).map { _ in random.uniform(in: 0.5..<1.5) }
          let sum = values.reduce(0, +)
          return values.map { $0 / sum }
        })
      let data = NDArray<Double>(shape: [rows, 1]) { target in
        for row in target.indices { target[row] = Double(random.integer(below: symbols)) }
      }
      try measureIteration(
        "em-categorical", CategoricalEmission(probabilities: shares), chain, data, size, execution)
    }
    if wants("em-mixture") {
      let count = states * components
      let centres = NDArray<Double>(shape: [count, columns]) { target in
        for index in target.indices {
          let (gaussian, column) = (index / columns, index % columns)
          target[index] = means[gaussian / components, column] + random.normal()
        }
      }
      let emission = try GaussianEmission(
        weights: NDArray(repeating: 1 / Double(components), shape: [states, components]),
        meanVectors: centres,
        covariances: .diagonal(NDArray(repeating: 1, shape: [count, columns])))
      let data = try HiddenMarkovModel(chain: chain, emission: emission)
        .sample(rows, using: &random).rows
      try measureIteration("em-mixture", emission, chain, data, size, execution)
    }
  }

  /// An iteration of Baum-Welch: a fifth of what six take longer than one.
  private func measureIteration<E: Emission>(
    _ name: String, _ emission: E, _ chain: MarkovChain, _ data: NDArray<Double>,
    _ size: [String: Double], _ execution: Execution
  ) throws {
    guard wants(name) else { return }
    let times = try [1, 6].map { iterations in
      try Measurement.of("", threads: threads, passes: passes, size: size) {
        _ = try HiddenMarkovModel.fit(
          emission, to: data,
          options: HiddenMarkovOptions(
            chain: chain, startsFromEmission: true, iterations: iterations, tolerance: 0),
          execution: execution)
      }
    }
    print(try JSONText.encodeLine(times[1].minus(times[0], dividedBy: 5, name: name)))
  }

  private func wants(_ name: String) -> Bool { only.isEmpty || name.contains(only) }
}
