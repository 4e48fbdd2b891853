internal import TencaMixture
internal import TencaNumerics

/// Where ascents begin.
struct StartingModels<E: Emission>: Sendable {
  let emission: E
  let rows: EmissionRows
  let plan: FramePlan
  let options: HiddenMarkovOptions
  /// Rows with means in place of missing cells, every column of spread one; nil where clusters are
  /// not wanted.
  private let filled: NDArray<Double>?

  init(
    _ emission: E, rows: EmissionRows, plan: FramePlan, options: HiddenMarkovOptions
  ) throws {
    self.emission = emission
    self.rows = rows
    self.plan = plan
    self.options = options
    guard emission.startsFromClusters && !options.startsFromEmission else {
      filled = nil
      return
    }
    var values = try ColumnStandardization(of: rows.source).applied(to: rows.source)
      .block(0..<rows.source.rowCount)
    // A missing cell is taken for the column's mean, which is 0 now.
    values.withUnsafeMutableBuffer { values in
      for index in values.indices where values[index].isNaN { values[index] = 0 }
    }
    filled = values
  }

  /// How many starts differ.
  var count: Int { options.startsFromEmission ? 1 : options.restarts }

  /// The start of one restart and its kind in words.
  func model(
    _ restart: Int, execution: Execution
  ) throws -> (model: HiddenMarkovModel<E>, kind: String) {
    if options.startsFromEmission {
      let prepared = try emission.prepared(for: rows.source, execution: execution)
      return (
        HiddenMarkovModel(unchecked: try chain(nil, nil), prepared), "model"
      )
    }
    let random = RandomStream(seed: options.seed).split(UInt64(restart))
    var (labels, kind) = try labels(restart, random, execution)
    if let known = options.knownStates { labels = agreeing(labels, with: known) }
    let started = try emission.prepared(for: rows.source, execution: execution).started(
      from: rows, labels: labels, random: random, execution: execution)
    // Labels by value see steps that are not there, so some starts take lasting states, or chance.
    let chain =
      switch restart % 3 {
      case 1: try chain(nil, nil)
      case 0 where restart > 0: try chain(labels, random.split(0))
      default: try chain(labels, nil)
      }
    return (HiddenMarkovModel(unchecked: chain, started), kind)
  }

  /// Labels that are those known where there are any, and elsewhere have the numbers under which they
  /// agree with these the most: what clusters are called is chance.
  private func agreeing(_ labels: [Int], with known: [Int?]) -> [Int] {
    let states = emission.stateCount
    var counts = [[Int]](repeating: [Int](repeating: 0, count: states), count: states)
    for (label, known) in zip(labels, known) {
      if let known { counts[known][label] += 1 }
    }
    var names = Array(0..<states)
    for (state, label) in maximumMatching(counts).enumerated() {
      if let label { names[label] = state }
    }
    return zip(labels, known).map { $1 ?? names[$0] }
  }

  private func labels(
    _ restart: Int, _ random: RandomStream, _ execution: Execution
  ) throws -> (labels: [Int], kind: String) {
    let states = emission.stateCount
    if isLeftRight { return (equalParts(states), "equal parts") }
    var random = random
    guard let filled, restart % 4 != 3 else { return (stretches(&random), "random stretches") }
    let fit = try KMeans.fit(
      filled,
      options: KMeansOptions(
        clusters: states, iterations: restart == 0 ? 50 : 0, restarts: restart == 0 ? 3 : 1,
        seed: random.next()),
      execution: execution)
    return (fit.labels, restart == 0 ? "clusters" : "random rows")
  }

  /// Every sequence in stretches of random length and state, a few of each state where there is
  /// room.
  private func stretches(_ random: inout RandomStream) -> [Int] {
    let states = emission.stateCount
    let length = max(1, min(50, Double(rows.source.rowCount) / Double(6 * states)))
    var labels: [Int] = []
    for sequence in plan.sequences {
      var state = random.integer(below: states)
      for _ in sequence {
        if random.uniform() * length < 1 { state = random.integer(below: states) }
        labels.append(state)
      }
    }
    return labels
  }

  /// Whether no state can be left for one before it.
  private var isLeftRight: Bool {
    guard let chain = options.chain, !chain.transition.varies, chain.stateCount > 1 else {
      return false
    }
    let matrix = chain.transition.matrix
    return (0..<chain.stateCount).allSatisfy { i in (0..<i).allSatisfy { matrix[i, $0] == 0 } }
  }

  /// Every sequence in equal parts, one a state, in order.
  private func equalParts(_ states: Int) -> [Int] {
    plan.sequences.flatMap { sequence in
      (0..<sequence.count).map { $0 * states / sequence.count }
    }
  }

  /// The chain that is given, or a random one, or the one that states of rows tell of, every step
  /// counted once more; without these, one whose states last.
  private func chain(_ labels: [Int]?, _ random: RandomStream?) throws -> MarkovChain {
    let states = emission.stateCount
    if let chain = options.chain {
      guard options.initial == .stationary else { return chain }
      return MarkovChain(
        uncheckedInitial: try chain.stationaryDistribution(), transition: chain.transition)
    }
    var counts = NDArray<Double>(repeating: 1, shape: [states, states])
    if var random {
      for i in 0..<states {
        for j in 0..<states { counts[i, j] = -logarithm(1 - random.uniform()) + 1e-3 }
      }
    } else if let labels {
      for sequence in plan.sequences {
        for row in sequence.dropFirst() { counts[labels[row - 1], labels[row]] += 1 }
      }
    } else {
      for state in 0..<states { counts[state, state] += 8 * Double(states) }
    }
    let matrix = NDArray<Double>(
      rows: (0..<states).map { state in
        let row = counts.row(state).elements
        let total = row.reduce(0, +)
        return row.map { $0 / total }
      })
    let initial =
      options.initial == .stationary
      ? try stationaryDistribution(matrix)
      : [Double](repeating: 1 / Double(states), count: states)
    return MarkovChain(uncheckedInitial: initial, transition: TransitionMatrix(unchecked: matrix))
  }
}
