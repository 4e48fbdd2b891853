internal import TencaNumerics

extension Forecast {
  /// - Throws: ``MarkovError/invalidOption(name:value:limit:)``.
  static func require(_ steps: Int, _ levels: [Double]) throws {
    try MarkovError.require(steps >= 1, "steps", steps, "at least 1")
    for level in levels {
      try MarkovError.require(level > 0 && level < 1, "levels", level, "above 0 and below 1")
    }
  }
}

extension ForecastableEmission {
  /// What is expected of rows whose states are not known.
  ///
  /// - Parameters:
  ///   - states: p(state) of each row ahead, steps × states.
  ///   - previous: The rows so far, the latest one last.
  ///   - levels: Probabilities, each for a quantile.
  ///   - draws: How many sequences to draw, where rows depend on those before.
  ///   - random: Where their chance comes from.
  ///   - path: Draws the states of the rows ahead.
  func forecast(
    of states: NDArray<Double>, after previous: [[Double]], levels: [Double], draws: Int,
    using random: RandomStream, path: (inout RandomStream) -> [Int]
  ) throws -> Forecast {
    if contextLength > 0 {
      try MarkovError.require(draws >= 100, "draws", draws, "at least 100")
      return drawn(states, previous, levels, draws, random, path)
    }
    let (own, spread) = (means, columnVariances)
    var (means, variances, quantiles) = ([Double](), [Double](), [Double]())
    for step in 0..<states.rows {
      let shares = states.row(step).elements
      for column in 0..<columnCount {
        let mean = shares.indices.reduce(0.0) { $0 + shares[$1] * own[$1, column] }
        let variance = shares.indices.reduce(0.0) { sum, state in
          let offset = own[state, column] - mean
          return shares[state] > 0
            ? sum + shares[state] * (spread[state, column] + offset * offset) : sum
        }
        means.append(mean)
        variances.append(variance)
        let mixture = ForecastMixture(
          emission: self, shares: shares, column: column, mean: mean,
          deviation: variance.squareRoot())
        quantiles += levels.map(mixture.quantile)
      }
    }
    return Forecast(states, means, variances, levels, quantiles, draws: nil)
  }

  /// The same from sequences that are drawn.
  private func drawn(
    _ states: NDArray<Double>, _ previous: [[Double]], _ levels: [Double], _ draws: Int,
    _ random: RandomStream, _ path: (inout RandomStream) -> [Int]
  ) -> Forecast {
    let columns = columnCount
    var values = [[Double]](repeating: [], count: states.rows * columns)
    for draw in 0..<draws {
      var random = random.split(UInt64(draw))
      var rows = Array(previous.suffix(contextLength))
      for (step, state) in path(&random).enumerated() {
        let row = sample(state, after: rows, using: &random)
        rows = Array((rows + [row]).suffix(contextLength))
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
    return Forecast(states, means, variances, levels, quantiles, draws: draws)
  }
}

extension Forecast {
  fileprivate init(
    _ states: NDArray<Double>, _ means: [Double], _ variances: [Double], _ levels: [Double],
    _ quantiles: [Double], draws: Int?
  ) {
    let steps = states.rows
    let columns = means.count / steps
    self.init(
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
