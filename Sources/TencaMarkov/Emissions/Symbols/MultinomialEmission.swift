public import TencaNumerics

/// States that emit rows of counts: how often each of some outcomes happened in so many trials.
public struct MultinomialEmission: Emission, Equatable {
  /// p(outcome | state), states × outcomes.
  public let probabilities: NDArray<Double>
  /// How many trials a row that is sampled has.
  public let trials: Int

  /// Makes an emission of known probabilities.
  ///
  /// - Parameters:
  ///   - probabilities: states × outcomes; rows are divided by their sums, which must be 1 within
  ///     10⁻⁶.
  ///   - trials: For ``sample(_:after:using:)``; rows that are scored have as many as they have.
  /// - Throws: ``MarkovError/invalidModel(problem:)`` saying which row is wrong, and by how much.
  public init(probabilities: NDArray<Double>, trials: Int = 1) throws {
    guard probabilities.rank == 2, !probabilities.isEmpty, trials >= 0 else {
      throw MarkovError.invalidModel(
        problem: "outcome probabilities of shape \(probabilities.shape), \(trials) trials")
    }
    let rows = try (0..<probabilities.rows).flatMap {
      try normalizedShares(
        probabilities.row($0).elements, "row \($0) of the outcome probabilities")
    }
    self.init(unchecked: NDArray(rows, shape: probabilities.shape), trials)
  }

  /// Makes an emission that is to be learned.
  ///
  /// - Precondition: Both numbers are at least 1.
  public init(states: Int, outcomes: Int) {
    self.init(
      unchecked: NDArray(repeating: 1 / Double(outcomes), shape: [states, outcomes]), 1)
  }

  init(unchecked probabilities: NDArray<Double>, _ trials: Int) {
    self.probabilities = probabilities
    self.trials = trials
  }

  /// The number of states.
  public var stateCount: Int { probabilities.rows }
  /// The number of columns of a row.
  public var columnCount: Int { probabilities.columns }
  /// The number of free parameters.
  public var parameterCount: Int { stateCount * (columnCount - 1) }
  /// The expected counts of outcomes in ``trials`` trials.
  public var means: NDArray<Double> { probabilities * Double(trials) }

  /// How often each state emitted each outcome, and the largest number of trials in a row.
  public struct Statistics: Mergeable, Sendable {
    var counts: [Double]
    var trials: Int

    /// Adds the counts of other rows.
    public mutating func merge(_ other: Statistics) {
      for index in counts.indices { counts[index] += other.counts[index] }
      trials = max(trials, other.trials)
    }
  }

  /// A row that lacks a count says nothing of how its trials are shared out, so it counts for
  /// nothing.
  public func writeLogLikelihoods(
    of rows: RowWindow, into target: UnsafeMutablePointer<Double>
  ) throws {
    let (states, columns) = (stateCount, columnCount)
    let logarithms = probabilities.elements.map(logarithm)
    for row in 0..<rows.count {
      let cells = target + row * states
      cells.update(repeating: 0, count: states)
      var (total, constant, isMissing) = (0.0, 0.0, false)
      for column in 0..<columns {
        let value = rows[row, column]
        guard value.isNaN || isCount(value) else {
          throw MarkovError.invalidValue(
            row: rows.firstRow + row, column: column, value: value,
            limit: "a whole number from 0 on")
        }
        isMissing = isMissing || value.isNaN
        total += value
        constant -= value.isNaN ? 0 : logGamma(value + 1)
      }
      if isMissing { continue }
      constant += logGamma(total + 1)
      for state in 0..<states {
        cells[state] = constant
        // Where nothing was counted, an impossible outcome does no harm.
        for column in 0..<columns where rows[row, column] > 0 {
          cells[state] += rows[row, column] * logarithms[state * columns + column]
        }
      }
    }
  }

  /// The statistics of rows under the probabilities of their states.
  public func statistics(
    of rows: RowWindow, posteriors: UnsafePointer<Double>
  ) throws -> Statistics {
    let (states, columns) = (stateCount, columnCount)
    var statistics = Statistics(
      counts: [Double](repeating: 0, count: states * columns), trials: 0)
    for row in 0..<rows.count {
      let total = (0..<columns).reduce(0.0) { $0 + rows[row, $1] }
      if total.isNaN { continue }
      statistics.trials = max(statistics.trials, Int(total))
      for state in 0..<states {
        for column in 0..<columns {
          statistics.counts[state * columns + column] +=
            posteriors[row * states + state] * rows[row, column]
        }
      }
    }
    return statistics
  }

  /// The emission under which rows with these statistics are most likely.
  public func maximized(_ statistics: Statistics) throws -> MultinomialEmission {
    MultinomialEmission(
      unchecked: shares(statistics.counts, of: probabilities), max(statistics.trials, 1))
  }

  /// The emission with the states in another order: state `order[k]` becomes state k.
  public func reordered(_ order: [Int]) -> MultinomialEmission {
    MultinomialEmission(
      unchecked: NDArray(
        order.flatMap { probabilities.row($0).elements }, shape: probabilities.shape), trials)
  }

  /// A row drawn from a state.
  public func sample(
    _ state: Int, after previous: [[Double]], using random: inout RandomStream
  ) -> [Double] {
    let weights = probabilities.row(state).elements
    var counts = [Double](repeating: 0, count: columnCount)
    for _ in 0..<trials { counts[random.categorical(weights: weights)] += 1 }
    return counts
  }
}
