public import TencaNumerics

/// States that emit two rows side by side, independent of each other once the state is known: the
/// first columns from one emission, the others from another.
///
/// ```swift
/// // A step length and a turning angle; more kinds nest.
/// let movement = ProductEmission(
///   ColumnEmission<Gamma>(states: 2, columns: 1), ColumnEmission<VonMises>(states: 2, columns: 1))
/// ```
public struct ProductEmission<First: Emission, Second: Emission>: Emission {
  /// What the first columns come from.
  public let first: First
  /// What the other columns come from.
  public let second: Second

  /// Puts two emissions side by side.
  ///
  /// - Precondition: Both have as many states.
  public init(_ first: First, _ second: Second) {
    precondition(
      first.stateCount == second.stateCount,
      "emissions of \(first.stateCount) and \(second.stateCount) states")
    self.first = first
    self.second = second
  }

  /// The number of states.
  public var stateCount: Int { first.stateCount }
  /// The number of columns of a row.
  public var columnCount: Int { first.columnCount + second.columnCount }
  /// The number of free parameters.
  public var parameterCount: Int { first.parameterCount + second.parameterCount }
  /// How many rows before a row its density depends on.
  public var contextLength: Int { max(first.contextLength, second.contextLength) }
  /// Whether rows that lie close together are likely to come from one state.
  public var startsFromClusters: Bool { first.startsFromClusters && second.startsFromClusters }
  /// What each state is expected to emit, states × columns.
  public var means: NDArray<Double> { .concatenated([first.means, second.means], axis: 1) }

  /// The statistics of both.
  public struct Statistics: Mergeable, Sendable {
    var first: First.Statistics
    var second: Second.Statistics

    /// Adds the statistics of other rows.
    public mutating func merge(_ other: Statistics) {
      first.merge(other.first)
      second.merge(other.second)
    }
  }

  /// Calls `body` with some columns of a window.
  private func withColumns<Result>(
    _ columns: Range<Int>, of rows: RowWindow, _ body: (RowWindow) throws -> Result
  ) rethrows -> Result {
    let all = rows.history + rows.count
    return try withUnsafeTemporaryAllocation(of: Double.self, capacity: all * columns.count) {
      var target = $0.baseAddress!
      for row in -rows.history..<rows.count {
        target.update(
          from: rows.values + row * rows.columns + columns.lowerBound, count: columns.count)
        target += columns.count
      }
      return try body(
        RowWindow(
          values: $0.baseAddress! + rows.history * columns.count, count: rows.count,
          columns: columns.count, firstRow: rows.firstRow, history: rows.history))
    }
  }

  private var firstColumns: Range<Int> { 0..<first.columnCount }
  private var secondColumns: Range<Int> { first.columnCount..<columnCount }

  /// Writes ln p(row | state) of every row in every state, rows × states.
  public func writeLogLikelihoods(
    of rows: RowWindow, into target: UnsafeMutablePointer<Double>
  ) throws {
    try withColumns(firstColumns, of: rows) { try first.writeLogLikelihoods(of: $0, into: target) }
    let count = rows.count * stateCount
    try withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { others in
      do {
        try withColumns(secondColumns, of: rows) {
          try second.writeLogLikelihoods(of: $0, into: others.baseAddress!)
        }
      } catch MarkovError.invalidValue(let row, let column, let value, let limit) {
        throw MarkovError.invalidValue(
          row: row, column: column + first.columnCount, value: value, limit: limit)
      }
      for index in 0..<count { target[index] += others[index] }
    }
  }

  /// The statistics of rows under the probabilities of their states.
  public func statistics(
    of rows: RowWindow, posteriors: UnsafePointer<Double>
  ) throws -> Statistics {
    Statistics(
      first: try withColumns(firstColumns, of: rows) {
        try first.statistics(of: $0, posteriors: posteriors)
      },
      second: try withColumns(secondColumns, of: rows) {
        try second.statistics(of: $0, posteriors: posteriors)
      })
  }

  /// The emission under which rows with these statistics are most likely.
  public func maximized(_ statistics: Statistics) throws -> ProductEmission {
    ProductEmission(
      try first.maximized(statistics.first), try second.maximized(statistics.second))
  }

  /// The emission made ready to learn from some data.
  public func prepared(for data: any RowSource, execution: Execution) throws -> ProductEmission {
    ProductEmission(
      try first.prepared(
        for: SomeColumns(source: data, columns: firstColumns), execution: execution),
      try second.prepared(
        for: SomeColumns(source: data, columns: secondColumns), execution: execution))
  }

  /// The emission as a first guess from the state of every row.
  public func started(
    from data: EmissionRows, labels: [Int], random: RandomStream, execution: Execution
  ) throws -> ProductEmission {
    ProductEmission(
      try first.started(
        from: data.selecting(firstColumns), labels: labels, random: random.split(0),
        execution: execution),
      try second.started(
        from: data.selecting(secondColumns), labels: labels, random: random.split(1),
        execution: execution))
  }

  /// The emission with the states in another order: state `order[k]` becomes state k.
  public func reordered(_ order: [Int]) -> ProductEmission {
    ProductEmission(first.reordered(order), second.reordered(order))
  }

  /// A row drawn from a state.
  public func sample(
    _ state: Int, after previous: [[Double]], using random: inout RandomStream
  ) -> [Double] {
    let width = first.columnCount
    return first.sample(state, after: previous.map { Array($0[..<width]) }, using: &random)
      + second.sample(state, after: previous.map { Array($0[width...]) }, using: &random)
  }
}

extension ProductEmission: Equatable where First: Equatable, Second: Equatable {}

/// Some columns of a table.
struct SomeColumns: RowSource {
  let source: any RowSource
  let columns: Range<Int>

  var rowCount: Int { source.rowCount }
  var columnCount: Int { columns.count }

  func readRows(_ rows: Range<Int>, into target: UnsafeMutablePointer<Double>) throws {
    let width = source.columnCount
    try withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count * width) { values in
      try source.readRows(rows, into: values.baseAddress!)
      for row in 0..<rows.count {
        (target + row * columns.count).update(
          from: values.baseAddress! + row * width + columns.lowerBound, count: columns.count)
      }
    }
  }
}

extension EmissionRows {
  /// Some columns of the rows.
  func selecting(_ columns: Range<Int>) -> EmissionRows {
    EmissionRows(SomeColumns(source: source, columns: columns), bounds: bounds)
  }
}
