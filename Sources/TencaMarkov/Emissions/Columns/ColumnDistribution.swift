public import TencaNumerics

/// The distribution of one column in one state: all that a ``ColumnEmission`` needs to know of it.
public protocol ColumnDistribution: Sendable, Equatable, Codable {
  /// The kind of distribution in a word.
  static var name: String { get }
  /// The number of free parameters.
  static var parameterCount: Int { get }
  /// The number of sums that an M-step needs.
  static var momentCount: Int { get }
  /// What cells may hold, in words, for errors to name.
  static var support: String { get }

  /// A distribution to start from.
  init()
  /// The distribution of these parameters; nil where they are none.
  init?(parameters: [Double])
  /// What makes an equal distribution by ``init(parameters:)``.
  var parameters: [Double] { get }

  /// Whether a finite cell may hold this value.
  static func accepts(_ value: Double) -> Bool

  /// Writes ln p of values that are accepted, NaN for NaN.
  ///
  /// - Parameters:
  ///   - values: One every `stride` numbers.
  ///   - count: How many values.
  ///   - stride: How far each lies behind the one before.
  ///   - add: Receives each value's place and its ln p.
  func addLogDensities(
    of values: UnsafePointer<Double>, count: Int, stride: Int, _ add: (Int, Double) -> Void)

  /// Adds what a value of some weight tells.
  func addMoments(of value: Double, weight: Double, to moments: UnsafeMutablePointer<Double>)

  /// The distribution that is most likely given sums over values of this much weight; itself where
  /// they do not say.
  ///
  /// - Parameters:
  ///   - moments: What ``addMoments(of:weight:to:)`` added up.
  ///   - weight: The weights of the values together.
  ///   - spread: The standard deviation of the column in all data, which floors are relative to.
  func maximized(_ moments: UnsafePointer<Double>, weight: Double, spread: Double) -> Self

  /// The expected value.
  var mean: Double { get }

  /// A value drawn at random.
  func sample(using random: inout RandomStream) -> Double
}

/// States that emit columns independently of each other, all of one kind of distribution.
///
/// ```swift
/// let counts = ColumnEmission<Poisson>(states: 3, columns: 1)                    // to be learned
/// let known = ColumnEmission(distributions: [[Poisson(rate: 2)], [Poisson(rate: 9)]])
/// ```
public struct ColumnEmission<Distribution: ColumnDistribution>: Emission, Equatable {
  /// The distribution of every column in every state.
  public let distributions: [[Distribution]]
  /// The spread of every column in the data that are learned from; 1 before.
  let spreads: [Double]

  /// Makes an emission of known distributions, one list a state.
  ///
  /// - Precondition: There is a state and a column, and all states have as many columns.
  public init(distributions: [[Distribution]]) {
    precondition(
      !distributions.isEmpty && !distributions[0].isEmpty
        && distributions.allSatisfy { $0.count == distributions[0].count },
      "distributions of \(distributions.map(\.count)) columns")
    self.distributions = distributions
    spreads = [Double](repeating: 1, count: distributions[0].count)
  }

  /// Makes an emission that is to be learned.
  ///
  /// - Precondition: Both numbers are at least 1.
  public init(states: Int, columns: Int) {
    self.init(
      distributions: [[Distribution]](
        repeating: [Distribution](repeating: Distribution(), count: columns), count: states))
  }

  init(_ distributions: [[Distribution]], spreads: [Double]) {
    self.distributions = distributions
    self.spreads = spreads
  }

  /// The number of states.
  public var stateCount: Int { distributions.count }
  /// The number of columns of a row.
  public var columnCount: Int { distributions[0].count }
  /// The number of free parameters.
  public var parameterCount: Int { stateCount * columnCount * Distribution.parameterCount }
  /// What each state is expected to emit, states × columns.
  public var means: NDArray<Double> {
    NDArray(rows: distributions.map { $0.map(\.mean) })
  }

  /// Sums for every state and column.
  public struct Statistics: Mergeable, Sendable {
    /// The weight of the values that are there, then their moments, for each state and column.
    var sums: [Double]

    /// Adds the sums of other rows.
    public mutating func merge(_ other: Statistics) {
      for index in sums.indices { sums[index] += other.sums[index] }
    }
  }

  /// Writes ln p(row | state) of every row in every state, rows × states.
  public func writeLogLikelihoods(
    of rows: RowWindow, into target: UnsafeMutablePointer<Double>
  ) throws {
    let (states, columns) = (stateCount, columnCount)
    for index in 0..<rows.count * columns {
      let value = rows.values[index]
      guard value.isNaN || value.isFinite && Distribution.accepts(value) else {
        throw MarkovError.invalidValue(
          row: rows.firstRow + index / columns, column: index % columns, value: value,
          limit: Distribution.support)
      }
    }
    target.update(repeating: 0, count: rows.count * states)
    for state in 0..<states {
      for column in 0..<columns {
        distributions[state][column].addLogDensities(
          of: rows.values + column, count: rows.count, stride: columns
        ) { row, logDensity in
          if !logDensity.isNaN { target[row * states + state] += logDensity }
        }
      }
    }
  }

  /// The statistics of rows under the probabilities of their states.
  public func statistics(
    of rows: RowWindow, posteriors: UnsafePointer<Double>
  ) throws -> Statistics {
    let (states, columns) = (stateCount, columnCount)
    let size = Distribution.momentCount + 1
    var sums = [Double](repeating: 0, count: states * columns * size)
    sums.withUnsafeMutableBufferPointer { sums in
      for state in 0..<states {
        for column in 0..<columns {
          let distribution = distributions[state][column]
          let cell = sums.baseAddress! + (state * columns + column) * size
          for row in 0..<rows.count {
            let (value, weight) = (rows[row, column], posteriors[row * states + state])
            if weight == 0 || value.isNaN { continue }
            cell[0] += weight
            distribution.addMoments(of: value, weight: weight, to: cell + 1)
          }
        }
      }
    }
    return Statistics(sums: sums)
  }

  /// The emission under which rows with these statistics are most likely.
  public func maximized(_ statistics: Statistics) throws -> ColumnEmission {
    let (columns, size) = (columnCount, Distribution.momentCount + 1)
    return statistics.sums.withUnsafeBufferPointer { sums in
      let learned = distributions.enumerated().map { state, row in
        row.enumerated().map { column, old in
          let cell = sums.baseAddress! + (state * columns + column) * size
          // Less than this holds nothing but rounding errors.
          guard cell[0] > 1e-8 else { return old }
          return old.maximized(cell + 1, weight: cell[0], spread: spreads[column])
        }
      }
      return ColumnEmission(learned, spreads: spreads)
    }
  }

  /// The emission made ready to learn from some data.
  public func prepared(for data: any RowSource, execution: Execution) throws -> ColumnEmission {
    ColumnEmission(distributions, spreads: try columnSpreads(of: data, execution: execution))
  }

  /// The emission with the states in another order: state `order[k]` becomes state k.
  public func reordered(_ order: [Int]) -> ColumnEmission {
    ColumnEmission(order.map { distributions[$0] }, spreads: spreads)
  }

  /// A row drawn from a state.
  public func sample(
    _ state: Int, after previous: [[Double]], using random: inout RandomStream
  ) -> [Double] {
    distributions[state].map { $0.sample(using: &random) }
  }
}
