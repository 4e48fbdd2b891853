public import TencaNumerics

/// States that nobody sees, and what each of them emits.
///
/// ```swift
/// let fit = try HiddenMarkovModel.fit(
///   GaussianEmission(states: 3, columns: 2), to: data, options: HiddenMarkovOptions())
/// let path = try fit.model.viterbi(moreData).states
/// ```
///
/// Data are rows of one table, several sequences one after another.
public struct HiddenMarkovModel<E: Emission>: Sendable {
  /// Where sequences start and how states follow each other.
  public let chain: MarkovChain
  /// What the states emit.
  public let emission: E

  /// Makes a model of known parts.
  ///
  /// - Throws: ``MarkovError/invalidModel(problem:)`` for another number of states.
  public init(chain: MarkovChain, emission: E) throws {
    guard chain.stateCount == emission.stateCount else {
      throw MarkovError.invalidModel(
        problem: "a chain of \(chain.stateCount) states, an emission of \(emission.stateCount)")
    }
    self.init(unchecked: chain, emission)
  }

  init(unchecked chain: MarkovChain, _ emission: E) {
    self.chain = chain
    self.emission = emission
  }

  /// The number of states.
  public var stateCount: Int { chain.stateCount }

  /// The model with the states in another order: state `order[k]` becomes state k.
  ///
  /// - Precondition: `order` holds every state once.
  public func reordered(_ order: [Int]) -> HiddenMarkovModel {
    precondition(order.sorted() == Array(0..<stateCount), "\(order) is no order of the states")
    return HiddenMarkovModel(unchecked: chain.reordered(order), emission.reordered(order))
  }

  /// The states by ascending mean of the first column; where these are equal, of the next one.
  public var orderByMean: [Int] { emission.orderByMean }
}

extension HiddenMarkovModel: Equatable where E: Equatable {}

extension HiddenMarkovModel {
  /// ln p(row | state) of rows in every state, computed as they are read: what ``MarkovChain`` takes
  /// as log-likelihoods.
  ///
  /// - Throws: ``MarkovError/wrongColumns(expected:actual:)``,
  ///   ``MarkovError/wrongLengths(problem:)``, ``MarkovError/noData(shape:)``.
  /// - Complexity: O(1); reading costs what the emission costs.
  public func logLikelihoods(
    of data: some RowSource, lengths: [Int]? = nil
  ) throws -> some RowSource {
    try scores(data, lengths)
  }

  private func scores(_ data: any RowSource, _ lengths: [Int]?) throws -> EmissionScores<E> {
    try emission.scores(data, lengths).scores
  }

  /// ``MarkovChain/logLikelihoods(_:lengths:execution:)`` of rows, added up.
  public func logLikelihood(
    of data: some RowSource, lengths: [Int]? = nil, execution: Execution = .serial
  ) throws -> Double {
    try chain.logLikelihoods(scores(data, lengths), lengths: lengths, execution: execution)
      .reduce(0, +)
  }

  /// ``MarkovChain/filtered(_:lengths:execution:)`` of rows.
  public func filtered(
    _ data: some RowSource, lengths: [Int]? = nil, execution: Execution = .serial
  ) throws -> FilteredStates {
    try chain.filtered(scores(data, lengths), lengths: lengths, execution: execution)
  }

  /// ``MarkovChain/smoothed(_:lengths:execution:)`` of rows.
  public func smoothed(
    _ data: some RowSource, lengths: [Int]? = nil, execution: Execution = .serial
  ) throws -> SmoothedStates {
    try chain.smoothed(scores(data, lengths), lengths: lengths, execution: execution)
  }

  /// ``MarkovChain/smoothed(_:lag:lengths:execution:)`` of rows.
  public func smoothed(
    _ data: some RowSource, lag: Int, lengths: [Int]? = nil, execution: Execution = .serial
  ) throws -> NDArray<Double> {
    try chain.smoothed(scores(data, lengths), lag: lag, lengths: lengths, execution: execution)
  }

  /// ``MarkovChain/viterbi(_:lengths:memory:execution:)`` of rows.
  public func viterbi(
    _ data: some RowSource, lengths: [Int]? = nil, memory: MarkovChain.PathMemory = .automatic,
    execution: Execution = .serial
  ) throws -> StatePath {
    try chain.viterbi(
      scores(data, lengths), lengths: lengths, memory: memory, execution: execution)
  }

  /// ``MarkovChain/bestPaths(_:count:lengths:execution:)`` of rows.
  public func bestPaths(
    _ data: some RowSource, count: Int, lengths: [Int]? = nil, execution: Execution = .serial
  ) throws -> [[RankedPath]] {
    try chain.bestPaths(
      scores(data, lengths), count: count, lengths: lengths, execution: execution)
  }

  /// ``MarkovChain/samplePaths(_:count:lengths:using:execution:)`` of rows.
  public func samplePaths(
    _ data: some RowSource, count: Int, lengths: [Int]? = nil, using random: RandomStream,
    execution: Execution = .serial
  ) throws -> [[Int]] {
    try chain.samplePaths(
      scores(data, lengths), count: count, lengths: lengths, using: random, execution: execution)
  }

  /// A sequence drawn from the model.
  ///
  /// - Parameters:
  ///   - count: How many rows, 0 or more.
  ///   - random: Where chance comes from.
  /// - Returns: The rows, count × columns, and the state of each.
  /// - Precondition: The transition matrix does not vary.
  public func sample(
    _ count: Int, using random: inout RandomStream
  ) -> (rows: NDArray<Double>, states: [Int]) {
    emission.sample(along: chain.sample(count, using: &random), using: &random)
  }
}

extension Emission {
  /// ln p(row | state) of rows, computed as they are read, and where their sequences lie.
  ///
  /// - Throws: ``MarkovError`` for no rows, other columns, or lengths that do not fit.
  func scores(
    _ data: any RowSource, _ lengths: [Int]?
  ) throws -> (scores: EmissionScores<Self>, plan: FramePlan) {
    guard data.rowCount > 0 else {
      throw MarkovError.noData(shape: [data.rowCount, data.columnCount])
    }
    guard data.columnCount == columnCount else {
      throw MarkovError.wrongColumns(expected: columnCount, actual: data.columnCount)
    }
    let plan = try FramePlan(frames: data.rowCount, lengths: lengths, states: stateCount)
    return (EmissionScores(emission: self, rows: EmissionRows(data, plan)), plan)
  }

  /// The states by ascending mean of the first column; where these are equal, of the next one.
  var orderByMean: [Int] {
    let means = means
    let rows = (0..<stateCount).map { means.row($0).elements }
    return (0..<stateCount).sorted {
      rows[$0] == rows[$1] ? $0 < $1 : rows[$0].lexicographicallyPrecedes(rows[$1])
    }
  }

  /// A row drawn from every state of a path.
  func sample(
    along states: [Int], using random: inout RandomStream
  ) -> (rows: NDArray<Double>, states: [Int]) {
    var rows: [[Double]] = []
    for state in states {
      let previous = Array(rows.suffix(contextLength))
      rows.append(sample(state, after: previous, using: &random))
    }
    return (NDArray(rows.flatMap { $0 }, shape: [states.count, columnCount]), states)
  }
}
