public import TencaNumerics

/// What the states of a model emit.
///
/// An emission has two duties: to say how likely rows are in every state, and to gather statistics
/// that merge and give the next emission. Everything else about hidden Markov models is written
/// once, so an emission of one's own is a small type.
///
/// NaN is a cell that nobody measured; emissions leave it out of account.
public protocol Emission: Sendable {
  /// What an M-step needs to know of rows.
  associatedtype Statistics: Mergeable & Sendable

  /// The number of states.
  var stateCount: Int { get }
  /// The number of columns of a row.
  var columnCount: Int { get }
  /// The number of free parameters.
  var parameterCount: Int { get }
  /// How many rows before a row its density depends on; 0 unless an emission says otherwise.
  var contextLength: Int { get }
  /// What each state is expected to emit, states × columns: by it states are put in order.
  var means: NDArray<Double> { get }
  /// Whether rows that lie close together are likely to come from one state, so that clusters are a
  /// start; true unless an emission says otherwise.
  var startsFromClusters: Bool { get }

  /// Writes ln p(row | state) of every row in every state, in nats, rows × states.
  ///
  /// A row's numbers must not depend on which rows it comes with.
  ///
  /// - Throws: ``MarkovError/invalidValue(row:column:value:limit:)`` for a cell that no state could
  ///   emit by its nature.
  func writeLogLikelihoods(
    of rows: RowWindow, into target: UnsafeMutablePointer<Double>) throws

  /// The statistics of rows.
  ///
  /// - Parameters:
  ///   - rows: Rows that ``writeLogLikelihoods(of:into:)`` accepts.
  ///   - posteriors: p(state | all data) of every row, rows × states.
  func statistics(of rows: RowWindow, posteriors: UnsafePointer<Double>) throws -> Statistics

  /// The emission under which rows with these statistics are most likely. States with next to no
  /// rows keep their parameters.
  func maximized(_ statistics: Statistics) throws -> Self

  /// The emission made ready to learn from some data: what floors and scales are relative to. As it
  /// is unless an emission says otherwise.
  func prepared(for data: any RowSource, execution: Execution) throws -> Self

  /// The emission as a first guess from the state of every row. By default it is
  /// the one that is most likely for these.
  func started(
    from data: EmissionRows, labels: [Int], random: RandomStream, execution: Execution
  ) throws -> Self

  /// The emission with the states in another order: state `order[k]` becomes state k.
  func reordered(_ order: [Int]) -> Self

  /// A row drawn from a state.
  ///
  /// - Parameters:
  ///   - state: The state.
  ///   - previous: The rows before, at most ``contextLength``, the latest one last.
  ///   - random: Where chance comes from.
  func sample(_ state: Int, after previous: [[Double]], using random: inout RandomStream)
    -> [Double]
}

extension Emission {
  /// How many rows before a row its density depends on.
  public var contextLength: Int { 0 }
  /// Whether rows that lie close together are likely to come from one state.
  public var startsFromClusters: Bool { true }

  /// The emission made ready to learn from some data.
  public func prepared(for data: any RowSource, execution: Execution) throws -> Self { self }

  /// The emission as a first guess from the state of every row.
  public func started(
    from data: EmissionRows, labels: [Int], random: RandomStream, execution: Execution
  ) throws -> Self {
    // A little of every row for every state, since what a state has never emitted would stay
    // impossible.
    try maximized(from: data, labels: labels, doubt: 0.05, execution: execution)
  }

  /// The emission that is most likely for rows whose states are known.
  ///
  /// - Parameter doubt: How much of each row goes to the other states, in equal parts.
  func maximized(
    from data: EmissionRows, labels: [Int], doubt: Double, execution: Execution
  ) throws -> Self {
    let states = stateCount
    let blocks = FramePlan.blocks(0..<data.source.rowCount)
    let statistics = try execution.reduce(count: blocks.count, block: 1) { index in
      let block = blocks[index.lowerBound]
      let others = states > 1 ? doubt / Double(states - 1) : 0
      var posteriors = [Double](repeating: others, count: block.count * states)
      for row in block {
        posteriors[(row - block.lowerBound) * states + labels[row]] = states > 1 ? 1 - doubt : 1
      }
      return try data.statistics(of: block, posteriors: posteriors, under: self)
    }
    guard let statistics else {
      throw MarkovError.noData(shape: [data.source.rowCount, data.source.columnCount])
    }
    return try maximized(statistics)
  }
}

/// Consecutive rows of one table, as they are handed to an ``Emission``.
public struct RowWindow {
  /// The rows one after another; those of ``history`` lie before.
  public let values: UnsafePointer<Double>
  /// The number of rows.
  public let count: Int
  /// The number of columns.
  public let columns: Int
  /// The place of the first row in the table, for errors to name.
  public let firstRow: Int
  /// How many rows of the same sequence lie in memory before the first one: up to
  /// ``Emission/contextLength``, fewer at the beginning of a sequence.
  public let history: Int

  /// A cell. Rows from -history to -1 are those before the window.
  public subscript(row: Int, column: Int) -> Double { values[row * columns + column] }
}

/// Rows of a table and where its sequences begin: what emissions learn from.
public struct EmissionRows: Sendable {
  /// The table, sequences one after another.
  public let source: any RowSource
  /// The first row of every sequence, ascending, and the number of rows.
  let bounds: [Int]

  init(_ source: any RowSource, _ plan: FramePlan) {
    self.init(source, bounds: plan.sequences.map(\.lowerBound) + [source.rowCount])
  }

  init(_ source: any RowSource, bounds: [Int]) {
    self.source = source
    self.bounds = bounds
  }

  /// The parts of some rows that belong to one sequence each.
  private func parts(_ rows: Range<Int>) -> [(rows: Range<Int>, start: Int)] {
    // The last sequence that begins at or before the first row.
    var (low, high) = (0, bounds.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if bounds[middle] <= rows.lowerBound { low = middle } else { high = middle }
    }
    var parts: [(rows: Range<Int>, start: Int)] = []
    while low < bounds.count - 1 && bounds[low] < rows.upperBound {
      parts.append((rows.clamped(to: bounds[low]..<bounds[low + 1]), bounds[low]))
      low += 1
    }
    return parts
  }

  /// Calls `body` with windows that make up some rows, each with as much history as wanted and
  /// there is.
  func read(_ rows: Range<Int>, context: Int, _ body: (RowWindow) throws -> Void) throws {
    let columns = source.columnCount
    let parts = context == 0 ? [(rows: rows, start: rows.lowerBound)] : parts(rows)
    for part in parts {
      let history = min(context, part.rows.lowerBound - part.start)
      let all = part.rows.lowerBound - history..<part.rows.upperBound
      try withUnsafeTemporaryAllocation(of: Double.self, capacity: all.count * columns) { values in
        try source.readRows(all, into: values.baseAddress!)
        try body(
          RowWindow(
            values: values.baseAddress! + history * columns, count: part.rows.count,
            columns: columns, firstRow: part.rows.lowerBound, history: history))
      }
    }
  }

  /// The statistics of some rows.
  func statistics<E: Emission>(
    of rows: Range<Int>, posteriors: UnsafePointer<Double>, under emission: E
  ) throws -> E.Statistics {
    var result: E.Statistics?
    try read(rows, context: emission.contextLength) { window in
      let offset = (window.firstRow - rows.lowerBound) * emission.stateCount
      let part = try emission.statistics(of: window, posteriors: posteriors + offset)
      if result == nil { result = part } else { result!.merge(part) }
    }
    return result!
  }
}

/// The log-likelihoods of rows under an emission, computed as they are read: what inference takes.
struct EmissionScores<E: Emission>: RowSource {
  let emission: E
  let rows: EmissionRows
  /// The states that are known beforehand, one a row; nil where one is not.
  var knownStates: [Int?]?

  var rowCount: Int { rows.source.rowCount }
  var columnCount: Int { emission.stateCount }

  func readRows(_ range: Range<Int>, into target: UnsafeMutablePointer<Double>) throws {
    let states = emission.stateCount
    try rows.read(range, context: emission.contextLength) { window in
      try emission.writeLogLikelihoods(
        of: window, into: target + (window.firstRow - range.lowerBound) * states)
    }
    guard let knownStates else { return }
    for row in range {
      guard let known = knownStates[row] else { continue }
      let cells = target + (row - range.lowerBound) * states
      for state in 0..<states where state != known { cells[state] = -.infinity }
    }
  }
}
