import TencaMixture
import TencaNumerics
import Testing

@testable import TencaMarkov

@Suite("Saved models whose steps are not all alike")
struct TableStepsTests {
  private let emission = AnyEmission(
    try! GaussianEmission(
      meanVectors: NDArray(rows: [[0], [4], [8]]), covariances: .spherical(NDArray([1, 1, 1]))))

  private func rates() throws -> TableSteps {
    try TableSteps(
      .rates(TransitionRates(NDArray(rows: [[0, 0.3, 0], [0.2, 0, 0.4], [0, 0.5, 0]]))),
      columns: ["hours"], usual: [1.5])
  }

  private func logistic() throws -> TableSteps {
    try TableSteps(
      .logistic(
        LogisticTransitions(
          intercepts: NDArray(rows: [[0, -2, -.infinity], [-1.5, 0, -2.5], [-3, -1, 0]]),
          slopes: NDArray((0..<18).map { Double($0 % 5) - 2 }, shape: [3, 3, 2]))),
      columns: ["wind", "sun"], usual: [0.5, -1])
  }

  private func model(_ inTime: Bool) throws -> SequenceModel {
    try SequenceModel(
      initial: [0.5, 0.25, 0.25], steps: inTime ? rates() : logistic(), emission: emission,
      columns: ["x"], states: ["a", "b", "c"])
  }

  private func conditions(_ inTime: Bool, rows: Int) -> StepConditions {
    var random = RandomStream(seed: 3)
    return inTime
      ? .gaps((0..<rows).map { _ in [0.25, 1, 3][random.integer(below: 3)] })
      : .covariates(NDArray((0..<2 * rows).map { _ in random.normal() }, shape: [rows, 2]))
  }

  private let rows = NDArray<Double>(rows: (0..<40).map { [Double(($0 / 7 * 4) % 12)] })

  @Test("They come back from an archive to the bit", arguments: [true, false])
  func archive(_ inTime: Bool) throws {
    let model = try model(inTime)
    let archive = try model.archive()
    #expect(archive.metadata["tenca.format"] == "2")
    let read = try SequenceModel(archive: archive)
    #expect(read.steps == model.steps)
    #expect(read.model.chain == model.model.chain)
    let conditions = conditions(inTime, rows: 40)
    #expect(
      try read.filtered(rows, lengths: [15, 25], over: conditions)
        == model.filtered(rows, lengths: [15, 25], over: conditions))
  }

  @Test("What others write is as it was")
  func ordinary() throws {
    let archive = try SequenceModel(
      HiddenMarkovModel(
        chain: MarkovChain(
          initial: [0.5, 0.25, 0.25], transition: .leftRight(3)), emission: emission),
      columns: ["x"]
    ).archive()
    #expect(archive.metadata["tenca.format"] == "1")
    #expect(archive.arrays.keys.allSatisfy { !$0.hasPrefix("steps.") })
    #expect(archive.metadata["tenca.hmm"]?.contains("steps") == false)
  }

  @Test("The chain is that of a usual step")
  func usual() throws {
    guard case .rates(let law) = try rates().law else { return }
    #expect(try model(true).model.chain.transition.matrix == law.matrix(over: 1.5))
    guard case .logistic(let steered) = try logistic().law else { return }
    #expect(
      try model(false).model.chain.transition.matrix == steered.matrix(at: [0.5, -1]))
  }

  @Test("A damaged archive says what is wrong", arguments: [true, false])
  func damaged(_ inTime: Bool) throws {
    let archive = try model(inTime).archive()
    let law = inTime ? "generator" : "slopes"
    func problem(_ change: (inout Archive) -> Void) -> String {
      var other = archive
      change(&other)
      let error = #expect(throws: MarkovError.self) { try SequenceModel(archive: other) }
      return error.map { "\($0)" } ?? ""
    }
    #expect(problem { $0.arrays["steps.\(law)"] = nil }.contains("\"steps.\(law)\""))
    #expect(
      problem { $0.arrays["steps.\(law)"] = .double(NDArray([1, 2])) }.contains("axes"))
    #expect(problem { $0.arrays["steps.usual"] = nil }.contains("\"steps.usual\""))
    #expect(
      problem { $0.arrays["steps.usual"] = .double(NDArray([1, 2, 3])) }
        .contains("usual values"))
    let kind = inTime ? "rates" : "logistic"
    #expect(
      problem {
        $0.metadata["tenca.hmm"] = $0.metadata["tenca.hmm"]!.replacing(kind, with: "tides")
      }.contains("'tides' is no law"))
  }

  @Test("Questions need the conditions of their rows, of their kind and number")
  func missing() throws {
    let model = try model(true)
    for (conditions, problem) in [
      (nil, "follow hours"), (conditions(true, rows: 39), "39 rows"),
      (conditions(false, rows: 40), "gaps of time"),
    ] as [(StepConditions?, String)] {
      let error = #expect(throws: MarkovError.self) {
        try model.viterbi(rows, lengths: [40], over: conditions)
      }
      #expect("\(error!)".contains(problem), "\(error!)")
    }
  }

  @Test("All answers are those of the model of varying matrices", arguments: [true, false])
  func answers(_ inTime: Bool) throws {
    let model = try model(inTime)
    let conditions = conditions(inTime, rows: 40)
    let whole = try #require(model.conditional).model(over: conditions)
    let lengths = [15, 25]
    #expect(
      try model.viterbi(rows, lengths: lengths, over: conditions)
        == whole.viterbi(rows, lengths: lengths))
    #expect(
      try model.smoothed(rows, lengths: lengths, over: conditions)
        == whole.smoothed(rows, lengths: lengths))
    #expect(
      try model.smoothed(rows, lag: 2, lengths: lengths, over: conditions)
        == whole.smoothed(rows, lag: 2, lengths: lengths))
    #expect(
      try model.bestPaths(rows, count: 2, lengths: lengths, over: conditions)
        == whole.bestPaths(rows, count: 2, lengths: lengths))
    let forecasts = try model.forecasts(
      after: rows, lengths: lengths, steps: 3, levels: [0.5], over: conditions,
      gap: inTime ? 0.75 : nil)
    let filtered = try whole.filtered(rows, lengths: lengths).filtered
    for (forecast, last) in zip(forecasts, [14, 39]) {
      // Three steps by the same matrix, from what is known at the end.
      let step: NDArray<Double>
      switch (model.steps!.law, conditions) {
      case (.rates(let law), _): step = try law.matrix(over: 0.75)
      case (.logistic(let law), .covariates(let table)):
        step = law.matrix(at: table.row(last).elements)
      default: return
      }
      var state = NDArray(filtered.row(last).elements, shape: [1, 3])
      for row in 0..<3 {
        state = matrixProduct(state, step)
        for k in 0..<3 { #expect(abs(forecast.states[row, k] - state[0, k]) < 1e-14) }
      }
    }
  }

  @Test("The gap of a forecast is the median of those above 0, or the usual one")
  func gaps() throws {
    let model = try model(true)
    #expect(model.usualGap(of: .gaps([2, 0, 7, 3])) == 3)
    #expect(model.usualGap(of: .gaps([0])) == 1.5)
    #expect(try self.model(false).usualGap(of: .gaps([2])) == nil)
  }

  private let written = """
    {"initial": [0.5, 0.5], LAW,
     "emission": {"kind": "poisson", "rates": [[1], [5]]}, "columns": ["count"]}
    """

  @Test("They can be written down")
  func json() throws {
    func read(_ law: String) throws -> SequenceModel {
      try SequenceModel(json: Array(written.replacing("LAW", with: law).utf8))
    }
    let timed = try read(#""rates": [[0, 0.5], [0.25, 0]], "time": "day", "gap": 2"#)
    #expect(
      try timed.steps
        == TableSteps(
          .rates(TransitionRates(NDArray(rows: [[0, 0.5], [0.25, 0]]))), columns: ["day"],
          usual: [2]))
    let steered = try read(
      #""intercepts": [[0, -1], [null, 0]], "slopes": [[[0], [2]], [[0], [0]]], "covariates": ["z"]"#
    )
    guard case .logistic(let law) = steered.steps?.law else {
      Issue.record("no covariates")
      return
    }
    #expect(law.intercepts == NDArray(rows: [[0, -1], [-.infinity, 0]]))
    #expect(law.slopes[[0, 1, 0]] == 2 && steered.steps?.usual == [0])
    for (law, problem) in [
      (#""rates": [[0, 0.5], [0.25, 0]]"#, "need 'time'"),
      (#""rates": [[0, -0.5], [0.25, 0]], "time": "day""#, "-0.5"),
      (#""rates": [[0, 0.5], [0.25, 0]], "time": "day", "gap": 0"#, "usual gap"),
      (
        #""rates": [[0, 1], [1, 0]], "time": "day", "transition": [[1, 0], [0, 1]]"#,
        "'transition' and 'rates'"
      ),
      (#""intercepts": [[0, -1], [-1, 0]]"#, "need 'slopes'"),
      (
        #""intercepts": [[0, -1], [-1, 0]], "slopes": [[[0], [2]]], "covariates": ["z"]"#,
        "2 × 2 × 1"
      ),
      (#""rates": [[0]], "time": "day""#, "[2] states, a chain of 1"),
    ] {
      let error = #expect(throws: MarkovError.self) { try read(law) }
      #expect("\(error!)".contains(problem), "\(error!)")
    }
  }

  @Test("Estimates belong to states in their final order, known ones too")
  func estimates() throws {
    var random = RandomStream(seed: 6)
    let data = NDArray<Double>(
      rows: (0..<300).map { [(($0 / 30) % 2 == 0 ? 0 : 5) + random.normal()] })
    func fit(_ options: HiddenMarkovOptions, like: SequenceModel? = nil) throws -> SequenceModel {
      try SequenceModel.fit(
        AnyEmission(GaussianEmission(states: 2, columns: 1)), to: data, lengths: [300],
        columns: ["x"], source: "s", options: options,
        refinement: .init(polishes: true, standardErrors: .information), like: like)
    }
    let options = HiddenMarkovOptions(restarts: 2, seed: 1)
    let plain = try fit(options)
    let own = try #require(plain.training?.estimates)
    #expect(plain.training?.standardErrors == .information)
    #expect(plain.training?.restarts.last?.start == "quasi-Newton")
    let reversed = try SequenceModel(plain.model.reordered([1, 0]), columns: ["x"])
    var known = options
    known.knownStates = (0..<300).map { $0 < 60 ? $0 / 30 : nil }
    for other in [try fit(options, like: reversed), try fit(known, like: reversed)] {
      let estimates = try #require(other.training?.estimates)
      let means = estimates.filter { $0.name == "mean" }
      #expect(means.map(\.value) == other.model.emission.means.elements)
      #expect(means[0].value > means[1].value)
      for mean in means {
        let same = try #require(own.first { $0.name == "mean" && $0.state == 1 - mean.state! })
        #expect(abs(mean.standardError! / same.standardError! - 1) < 1e-3)
      }
    }
    let read = try SequenceModel(archive: plain.archive())
    #expect(read.training == plain.training)
  }
}
