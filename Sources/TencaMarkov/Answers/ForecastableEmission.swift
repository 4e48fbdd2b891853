internal import TencaMixture
public import TencaNumerics

/// An emission whose states say how probable it is that a cell is at most some value: what forecasts
/// and pseudo-residuals are made of.
public protocol ForecastableEmission: Emission {
  /// The variance of every column in every state, states × columns.
  var columnVariances: NDArray<Double> { get }

  /// Whether a column takes whole numbers alone.
  func isDiscrete(_ column: Int) -> Bool
  /// The least value that a column takes; -∞ where there is none.
  func lowest(_ column: Int) -> Double

  /// p(cell ≤ value | state).
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - column: The cell's column.
  ///   - state: The state.
  ///   - previous: The rows before, at most ``Emission/contextLength``, the latest one last. Nil where
  ///     they do not tell, and the cell is to be left out.
  func cumulativeProbability(
    of value: Double, column: Int, state: Int, after previous: [[Double]]
  ) -> Double?
}

/// A distribution of one column that says how probable it is that a cell is at most some value.
public protocol CumulativeDistribution: ColumnDistribution {
  /// Whether it takes whole numbers alone.
  static var isDiscrete: Bool { get }
  /// The least value that it takes; -∞ where there is none.
  static var lowest: Double { get }
  /// The variance; ∞ where there is none.
  var variance: Double { get }
  /// p(x ≤ value).
  func cumulativeProbability(of value: Double) -> Double
}

extension ColumnEmission: ForecastableEmission where Distribution: CumulativeDistribution {
  /// The variance of every column in every state, states × columns.
  public var columnVariances: NDArray<Double> {
    NDArray(rows: distributions.map { $0.map(\.variance) })
  }
  /// Whether a column takes whole numbers alone.
  public func isDiscrete(_ column: Int) -> Bool { Distribution.isDiscrete }
  /// The least value that a column takes.
  public func lowest(_ column: Int) -> Double { Distribution.lowest }

  /// p(cell ≤ value | state).
  public func cumulativeProbability(
    of value: Double, column: Int, state: Int, after previous: [[Double]]
  ) -> Double? {
    distributions[state][column].cumulativeProbability(of: value)
  }
}

extension GaussianEmission: ForecastableEmission {
  /// The variance of every column in every state, states × columns.
  public var columnVariances: NDArray<Double> { variances }
  /// Whether a column takes whole numbers alone: none does.
  public func isDiscrete(_ column: Int) -> Bool { false }
  /// The least value that a column takes: there is none.
  public func lowest(_ column: Int) -> Double { -.infinity }

  /// p(cell ≤ value | state).
  public func cumulativeProbability(
    of value: Double, column: Int, state: Int, after previous: [[Double]]
  ) -> Double? {
    (0..<componentsPerState).reduce(0.0) { sum, index in
      let component = state * componentsPerState + index
      let deviation = covariances.variance(component: component, column: column).squareRoot()
      return sum + weights[state, index]
        * normalCumulative((value - meanVectors[component, column]) / deviation)
    }
  }
}

extension CategoricalEmission: ForecastableEmission {
  /// The variance of the symbols' numbers in every state, states × 1.
  public var columnVariances: NDArray<Double> {
    let means = means
    return NDArray(
      rows: (0..<stateCount).map { state in
        [
          (0..<symbolCount).reduce(0.0) { sum, symbol in
            let offset = Double(symbol) - means[state, 0]
            return sum + probabilities[state, symbol] * offset * offset
          }
        ]
      })
  }
  /// Whether a column takes whole numbers alone: it does.
  public func isDiscrete(_ column: Int) -> Bool { true }
  /// The least value that a column takes.
  public func lowest(_ column: Int) -> Double { 0 }

  /// p(cell ≤ value | state).
  public func cumulativeProbability(
    of value: Double, column: Int, state: Int, after previous: [[Double]]
  ) -> Double? {
    (0..<symbolCount).reduce(0.0) {
      Double($1) <= value ? $0 + probabilities[state, $1] : $0
    }
  }
}

extension AutoregressiveEmission: ForecastableEmission {
  /// σ² of every state: the variance once the rows before are known, states × 1.
  public var columnVariances: NDArray<Double> {
    NDArray(variances, shape: [stateCount, 1])
  }
  /// Whether a column takes whole numbers alone: none does.
  public func isDiscrete(_ column: Int) -> Bool { false }
  /// The least value that a column takes: there is none.
  public func lowest(_ column: Int) -> Double { -.infinity }

  /// p(cell ≤ value | state, rows before).
  public func cumulativeProbability(
    of value: Double, column: Int, state: Int, after previous: [[Double]]
  ) -> Double? {
    guard previous.count == order, previous.allSatisfy({ $0[0].isFinite }) else { return nil }
    let mean = (0..<order).reduce(coefficients[state, 0]) {
      $0 + coefficients[state, 1 + $1] * previous[order - 1 - $1][0]
    }
    return normalCumulative((value - mean) / variances[state].squareRoot())
  }
}

extension ProductEmission: ForecastableEmission
where First: ForecastableEmission, Second: ForecastableEmission {
  /// The variance of every column in every state, states × columns.
  public var columnVariances: NDArray<Double> {
    .concatenated([first.columnVariances, second.columnVariances], axis: 1)
  }
  /// Whether a column takes whole numbers alone.
  public func isDiscrete(_ column: Int) -> Bool {
    column < first.columnCount
      ? first.isDiscrete(column) : second.isDiscrete(column - first.columnCount)
  }
  /// The least value that a column takes.
  public func lowest(_ column: Int) -> Double {
    column < first.columnCount ? first.lowest(column) : second.lowest(column - first.columnCount)
  }

  /// p(cell ≤ value | state).
  public func cumulativeProbability(
    of value: Double, column: Int, state: Int, after previous: [[Double]]
  ) -> Double? {
    let split = first.columnCount
    return column < split
      ? first.cumulativeProbability(
        of: value, column: column, state: state,
        after: previous.suffix(first.contextLength).map { Array($0[..<split]) })
      : second.cumulativeProbability(
        of: value, column: column - split, state: state,
        after: previous.suffix(second.contextLength).map { Array($0[split...]) })
  }
}

extension MultinomialEmission: ForecastableEmission {
  /// The variance of each outcome's count in ``trials`` trials, states × outcomes.
  public var columnVariances: NDArray<Double> {
    NDArray(
      rows: (0..<stateCount).map { state in
        probabilities.row(state).elements.map { Double(trials) * $0 * (1 - $0) }
      })
  }
  /// Whether a column takes whole numbers alone: all do.
  public func isDiscrete(_ column: Int) -> Bool { true }
  /// The least value that a column takes.
  public func lowest(_ column: Int) -> Double { 0 }

  /// p(count ≤ value | state) in ``trials`` trials.
  public func cumulativeProbability(
    of value: Double, column: Int, state: Int, after previous: [[Double]]
  ) -> Double? {
    let count = value.rounded(.down)
    if count < 0 { return 0 }
    if count >= Double(trials) { return 1 }
    return incompleteBeta(
      Double(trials) - count, count + 1, 1 - probabilities[state, column])
  }
}
