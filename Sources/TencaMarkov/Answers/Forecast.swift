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
    try MarkovError.require(steps >= 1, "steps", steps, "at least 1")
    for level in levels {
      try MarkovError.require(level > 0 && level < 1, "levels", level, "above 0 and below 1")
    }
    let ahead = chain.forecast(from: filtered, steps: steps)
    let states = ahead.rows(1..<steps + 1).contiguous()
    if emission.contextLength > 0 {
      try MarkovError.require(draws >= 100, "draws", draws, "at least 100")
      return drawn(filtered, previous, states, levels, draws, random)
    }
    let columns = emission.columnCount
    let (own, spread) = (emission.means, emission.columnVariances)
    var (means, variances, quantiles) = ([Double](), [Double](), [Double]())
    for step in 0..<steps {
      let shares = states.row(step).elements
      for column in 0..<columns {
        let mean = shares.indices.reduce(0.0) { $0 + shares[$1] * own[$1, column] }
        let variance = shares.indices.reduce(0.0) { sum, state in
          let offset = own[state, column] - mean
          return shares[state] > 0
            ? sum + shares[state] * (spread[state, column] + offset * offset) : sum
        }
        means.append(mean)
        variances.append(variance)
        let mixture = ForecastMixture(
          emission: emission, shares: shares, column: column, mean: mean,
          deviation: variance.squareRoot())
        quantiles += levels.map(mixture.quantile)
      }
    }
    return Forecast(
      states: states, means: NDArray(means, shape: [steps, columns]),
      variances: NDArray(variances, shape: [steps, columns]), levels: levels,
      quantiles: NDArray(quantiles, shape: [steps, columns, levels.count]), draws: nil)
  }

  /// The same from sequences that are drawn.
  private func drawn(
    _ filtered: [Double], _ previous: [[Double]], _ states: NDArray<Double>, _ levels: [Double],
    _ draws: Int, _ random: RandomStream
  ) -> Forecast {
    let (steps, columns) = (states.rows, emission.columnCount)
    let matrix = chain.transition.matrix
    var values = [[Double]](repeating: [], count: steps * columns)
    for draw in 0..<draws {
      var random = random.split(UInt64(draw))
      var state = random.categorical(weights: filtered)
      var rows = Array(previous.suffix(emission.contextLength))
      for step in 0..<steps {
        state = random.categorical(weights: matrix.row(state).elements)
        let row = emission.sample(state, after: rows, using: &random)
        rows = Array((rows + [row]).suffix(emission.contextLength))
        for column in 0..<columns { values[step * columns + column].append(row[column]) }
      }
    }
    let count = Double(draws)
    let means = values.map { $0.reduce(0, +) / count }
    let variances = zip(values, means).map { list, mean in
      list.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) } / count
    }
    let quantiles = values.flatMap { list in
      let sorted = list.sorted()
      return levels.map { sorted[min(draws - 1, Int(($0 * count).rounded(.down)))] }
    }
    return Forecast(
      states: states, means: NDArray(means, shape: [steps, columns]),
      variances: NDArray(variances, shape: [steps, columns]), levels: levels,
      quantiles: NDArray(quantiles, shape: [steps, columns, levels.count]), draws: draws)
  }
}

/// The distribution of a cell whose state is not known.
private struct ForecastMixture<E: ForecastableEmission> {
  let emission: E
  let shares: [Double]
  let column: Int
  let mean: Double
  let deviation: Double

  private func cumulative(_ value: Double) -> Double {
    shares.indices.reduce(0.0) { sum, state in
      guard shares[state] > 0 else { return sum }
      return sum + shares[state]
        * (emission.cumulativeProbability(of: value, column: column, state: state, after: []) ?? 0)
    }
  }

  /// The least value whose cumulative probability reaches a level.
  func quantile(_ level: Double) -> Double {
    // Sums of shares may fall short of one by rounding.
    let level = min(level, 1 - 1e-15)
    let lowest = emission.lowest(column)
    if lowest.isFinite && cumulative(lowest) >= level { return lowest }
    let isDiscrete = emission.isDiscrete(column)
    var reach = max(
      deviation.isFinite ? deviation : 0, 1e-12 * mean.magnitude, .leastNormalMagnitude)
    if isDiscrete { reach = max(1, reach.rounded(.up)) }
    let middle = isDiscrete ? mean.rounded() : mean
    var low = max(lowest, middle - reach)
    var high = max(low, middle) + reach
    // 300 doublings reach any number that there is.
    for _ in 0..<300 where low > lowest && cumulative(low) >= level {
      reach *= 2
      low = max(lowest, middle - reach)
    }
    for _ in 0..<300 where cumulative(high) < level {
      reach *= 2
      high = middle + reach
    }
    if isDiscrete {
      while high - low > 1 {
        let between = ((low + high) / 2).rounded(.down)
        if cumulative(between) >= level { high = between } else { low = between }
      }
      return high
    }
    for _ in 0..<100 {
      let between = (low + high) / 2
      if between <= low || between >= high { break }
      if cumulative(between) >= level { high = between } else { low = between }
      if high - low <= 1e-13 * max(high.magnitude, low.magnitude) { break }
    }
    return high
  }
}
