public import TencaNumerics

/// What is expected of the rows after the last one.
public struct Forecast: Sendable, Equatable {
  /// p(state), steps × states: row 0 is the next row.
  public let states: NDArray<Double>
  /// The expected value of every column, steps × columns.
  public let means: NDArray<Double>
  /// The variance of every column, steps × columns.
  public let variances: NDArray<Double>
  /// The probabilities that quantiles are given for.
  public let levels: [Double]
  /// The value that a column falls short of with each of these probabilities, steps × columns × levels.
  public let quantiles: NDArray<Double>
  /// How many sequences were drawn for means and quantiles; nil where they are exact.
  public let draws: Int?
}

extension HiddenMarkovModel where E: ForecastableEmission {
  /// What is expected of the rows after the last one.
  ///
  /// A forecast is a mixture of what the states emit, by their probabilities that many rows ahead; its
  /// quantiles are exact, found by bisection. Where rows depend on those before, sequences are drawn
  /// instead.
  ///
  /// - Parameters:
  ///   - filtered: p(state | all rows so far) of the last row, as ``FilteredStates/filtered`` has it.
  ///   - previous: The rows so far, the latest one last; as many as ``Emission/contextLength``.
  ///   - steps: How many rows ahead, at least 1.
  ///   - levels: Probabilities between 0 and 1, each for a quantile.
  ///   - draws: How many sequences to draw, where rows depend on those before.
  ///   - random: Where their chance comes from.
  /// - Throws: ``MarkovError/invalidOption(name:value:limit:)``.
  /// - Precondition: The transition matrix does not vary.
  /// - Complexity: O(steps · states²), and about 60 cumulative probabilities a quantile and state.
  public func forecast(
    from filtered: [Double], after previous: [[Double]] = [], steps: Int,
    levels: [Double] = [0.05, 0.5, 0.95], draws: Int = 10_000,
    using random: RandomStream = RandomStream(seed: 0)
  ) throws -> Forecast {
    try Forecast.require(steps, levels)
    let matrix = chain.transition.matrix
    return try emission.forecast(
      of: chain.forecast(from: filtered, steps: steps).rows(1..<steps + 1).contiguous(),
      after: previous, levels: levels, draws: draws, using: random
    ) { random in
      var state = random.categorical(weights: filtered)
      return (0..<steps).map { _ in
        state = random.categorical(weights: matrix.row(state).elements)
        return state
      }
    }
  }
}
