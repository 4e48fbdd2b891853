public import TencaNumerics

/// States that emit one of some symbols, 0, 1, …; one column.
public struct CategoricalEmission: Emission, Equatable {
  /// p(symbol | state), states × symbols.
  public let probabilities: NDArray<Double>
  /// ln p, symbols × states: those of one symbol lie together.
  private let logarithms: [Double]

  /// Makes an emission of known probabilities.
  ///
  /// - Parameter probabilities: states × symbols; rows are divided by their sums, which must be 1
  ///   within 10⁻⁶.
  /// - Throws: ``MarkovError/invalidModel(problem:)`` saying which row is wrong, and by how much.
  public init(probabilities: NDArray<Double>) throws {
    guard probabilities.rank == 2, !probabilities.isEmpty else {
      throw MarkovError.invalidModel(
        problem: "symbol probabilities of shape \(probabilities.shape), not states × symbols")
    }
    let rows = try (0..<probabilities.rows).flatMap {
      try normalizedShares(
        probabilities.row($0).elements, "row \($0) of the symbol probabilities")
    }
    self.init(unchecked: NDArray(rows, shape: probabilities.shape))
  }

  /// Makes an emission that is to be learned.
  ///
  /// - Precondition: Both numbers are at least 1.
  public init(states: Int, symbols: Int) {
    self.init(unchecked: NDArray(repeating: 1 / Double(symbols), shape: [states, symbols]))
  }

  init(unchecked probabilities: NDArray<Double>) {
    self.probabilities = probabilities
    logarithms = probabilities.transposed().elements.map(logarithm)
  }

  /// The number of states.
  public var stateCount: Int { probabilities.rows }
  /// The number of columns of a row.
  public var columnCount: Int { 1 }
  /// The number of symbols.
  public var symbolCount: Int { probabilities.columns }
  /// The number of free parameters.
  public var parameterCount: Int { stateCount * (symbolCount - 1) }
  /// That symbols have numbers says nothing of which are alike.
  public var startsFromClusters: Bool { false }

  /// What each state is expected to emit, states × columns.
  public var means: NDArray<Double> {
    NDArray(
      rows: (0..<stateCount).map { state in
        [(0..<symbolCount).reduce(0.0) { $0 + Double($1) * probabilities[state, $1] }]
      })
  }

  /// How often each state emitted each symbol.
  public struct Statistics: Mergeable, Sendable {
    /// Symbols × states.
    var counts: [Double]

    /// Adds the counts of other rows.
    public mutating func merge(_ other: Statistics) {
      for index in counts.indices { counts[index] += other.counts[index] }
    }
  }

  /// Writes ln p(row | state) of every row in every state, rows × states.
  public func writeLogLikelihoods(
    of rows: RowWindow, into target: UnsafeMutablePointer<Double>
  ) throws {
    let (states, symbols) = (stateCount, symbolCount)
    try logarithms.withUnsafeBufferPointer { logarithms in
      for row in 0..<rows.count {
        let value = rows.values[row]
        let cells = target + row * states
        if value.isNaN {
          cells.update(repeating: 0, count: states)
          continue
        }
        guard value >= 0, value < Double(symbols), value == value.rounded() else {
          throw MarkovError.invalidValue(
            row: rows.firstRow + row, column: 0, value: value,
            limit: "a symbol from 0 to \(symbols - 1)")
        }
        cells.update(from: logarithms.baseAddress! + Int(value) * states, count: states)
      }
    }
  }

  /// The statistics of rows under the probabilities of their states.
  public func statistics(
    of rows: RowWindow, posteriors: UnsafePointer<Double>
  ) throws -> Statistics {
    let (states, symbols) = (stateCount, symbolCount)
    var counts = [Double](repeating: 0, count: states * symbols)
    counts.withUnsafeMutableBufferPointer { counts in
      for row in 0..<rows.count where !rows.values[row].isNaN {
        let own = counts.baseAddress! + Int(rows.values[row]) * states
        for state in 0..<states { own[state] += posteriors[row * states + state] }
      }
    }
    return Statistics(counts: counts)
  }

  /// The emission under which rows with these statistics are most likely.
  public func maximized(_ statistics: Statistics) throws -> CategoricalEmission {
    let counts = NDArray(statistics.counts, shape: [symbolCount, stateCount]).transposed()
    return CategoricalEmission(unchecked: shares(counts.elements, of: probabilities))
  }

  /// Random shares, drawn around those of the whole data: symbols give no clusters, and equal states
  /// would stay equal.
  public func started(
    from data: EmissionRows, labels: [Int], random: RandomStream, execution: Execution
  ) throws -> CategoricalEmission {
    let guess = try maximized(
      from: data, labels: labels, doubt: 0, execution: execution)
    return CategoricalEmission(unchecked: guess.probabilities.perturbed(by: random))
  }

  /// The emission with the states in another order: state `order[k]` becomes state k.
  public func reordered(_ order: [Int]) -> CategoricalEmission {
    CategoricalEmission(
      unchecked: NDArray(
        order.flatMap { probabilities.row($0).elements }, shape: probabilities.shape))
  }

  /// A row drawn from a state.
  public func sample(
    _ state: Int, after previous: [[Double]], using random: inout RandomStream
  ) -> [Double] {
    [Double(random.categorical(weights: probabilities.row(state).elements))]
  }
}

/// The shares of counts, row by row; rows without any stay as they were.
func shares(_ counts: [Double], of old: NDArray<Double>) -> NDArray<Double> {
  let width = old.columns
  return NDArray(shape: old.shape) { target in
    for row in 0..<old.rows {
      let slice = row * width..<(row + 1) * width
      let total = counts[slice].reduce(0, +)
      for index in slice {
        target[index] = total > 1e-8 ? counts[index] / total : old[row, index % width]
      }
    }
  }
}

extension NDArray<Double> {
  /// Rows of shares, each share times a random factor from 0.5 to 1.5.
  func perturbed(by random: RandomStream) -> NDArray<Double> {
    var random = random
    let factors = (0..<count).map { _ in 0.5 + random.uniform() }
    return shares(zip(elements, factors).map { $0 * $1 }, of: self)
  }
}
