internal import TencaMarkov
public import TencaNumerics

/// What is expected of the rows after the last one.
public struct RegimeForecast: Sendable, Equatable {
  /// p(regime), steps × regimes: exact.
  public let regimes: NDArray<Double>
  /// The expected value of each row ahead, such as a return.
  public let means: [Double]
  /// Its standard deviation: the volatility expected.
  public let deviations: [Double]
  /// The probabilities of quantiles.
  public let levels: [Double]
  /// The quantiles of each row ahead, steps × levels.
  public let quantiles: NDArray<Double>
  /// The quantiles of the prices that values lead to, steps × levels, from sequences that were drawn; nil
  /// where values are no returns.
  public let prices: NDArray<Double>?
  /// The dates of the rows ahead, as rows came so far; nil where they have none.
  public let dates: [CalendarDate]?
}

extension RegimeAnalysis {
  /// What is expected of the first series after the last row.
  ///
  /// Exogenous columns, and covariates of steps, are taken to stay what they were in the last row.
  ///
  /// - Parameters:
  ///   - steps: How many rows ahead, at least 1.
  ///   - levels: Probabilities between 0 and 1, each for a quantile.
  ///   - draws: How many sequences are drawn for prices, and, with lags, for values.
  ///   - seed: Of their chance.
  ///   - execution: The same numbers come out on any number of threads.
  /// - Throws: ``RegimesError/invalidOption(name:value:limit:)``.
  /// - Complexity: O(draws · steps · states).
  public func forecast(
    steps: Int, levels: [Double] = [0.05, 0.25, 0.5, 0.75, 0.95], draws: Int = 20_000,
    seed: UInt64 = 1, execution: Execution = .serial
  ) throws -> RegimeForecast {
    try RegimesError.require(1...100_000 ~= steps, "forecast", steps, "from 1 to 100000")
    for level in levels {
      try RegimesError.require(level > 0 && level < 1, "levels", level, "above 0 and below 1")
    }
    let future = try FutureStates(self, steps: steps, execution: execution)
    let hasLags = model.specification.autoregression.order > 0
    let isPrice = series.returns != .none
    var values: [[Double]] = []
    if hasLags || isPrice {
      let random = RandomStream(seed: seed)
      values = try execution.map(draws) { draw in
        var random = random.split(UInt64(draw))
        return drawn(try future.path(draw, using: &random), using: &random)
      }
    }
    let last = series.lastLevel()
    let paths = isPrice ? values.map { series.returns.prices(after: last, returns: $0) } : []
    func sorted(_ lists: [[Double]], _ step: Int) -> [Double] { lists.map { $0[step] }.sorted() }
    var (means, deviations, quantiles, prices) = ([Double](), [Double](), [Double](), [Double]())
    for step in 0..<steps {
      if hasLags {
        let own = sorted(values, step)
        let mean = own.reduce(0, +) / Double(draws)
        means.append(mean)
        deviations.append(
          (own.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws)).squareRoot())
        quantiles += levels.map { empiricalQuantile(own, $0) }
      } else {
        let mixture = model.predictive(
          future.states.row(step).elements, regressors: lastRegressors)
        means.append(mixture.mean)
        deviations.append(mixture.deviation)
        quantiles += levels.map(mixture.quantile)
      }
      if isPrice {
        let own = sorted(paths, step)
        prices += levels.map { empiricalQuantile(own, $0) }
      }
    }
    return RegimeForecast(
      regimes: model.folded(future.states, model.ownRegimes), means: means,
      deviations: deviations, levels: levels,
      quantiles: NDArray(quantiles, shape: [steps, levels.count]),
      prices: isPrice ? NDArray(prices, shape: [steps, levels.count]) : nil,
      dates: series.datesAfterLast(steps))
  }

  /// The regressors of rows ahead where there are no lags: those of the last row that are known.
  private var lastRegressors: [Double] {
    let d = model.emission.layout.series
    return (d..<design.rows.columns).map { column in
      design.rows.column(column).elements.last { !$0.isNaN } ?? 0
    }
  }

  /// Values of the first series along a path of states.
  private func drawn(_ path: [Int], using random: inout RandomStream) -> [Double] {
    let (d, order) = (model.emission.layout.series, model.specification.autoregression.order)
    let others = Array(lastRegressors[(d * order)...])
    var history = (0..<order).map { lag in
      (0..<d).map { column in
        let row = series.count - 1 - lag
        let value = series.values[row, column]
        return value.isNaN
          ? model.mean(model.emission.layout.regime(of: path[0]), series: column) : value
      }
    }
    return path.map { state in
      let row = model.emission.draw(state, history.flatMap(\.self) + others, using: &random)
      if order > 0 { history = [row] + history.dropLast() }
      return row[0]
    }
  }
}

/// The value that a share of sorted ones falls short of, between the two nearest.
func empiricalQuantile(_ sorted: [Double], _ level: Double) -> Double {
  let place = level * Double(sorted.count - 1)
  let low = Int(place.rounded(.down))
  let high = min(low + 1, sorted.count - 1)
  return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
}

/// The states of the rows ahead: their probabilities, and paths drawn by chance.
private struct FutureStates {
  /// p(state) of each row ahead, steps × states.
  let states: NDArray<Double>
  /// The filtered probabilities of the last row, and the matrix of every step; nil with durations.
  private let chain: (last: [Double], matrix: NDArray<Double>)?
  /// Paths that were drawn already, with durations.
  private let paths: [[Int]]
  private let steps: Int

  init(_ analysis: RegimeAnalysis, steps: Int, execution: Execution) throws {
    self.steps = steps
    let filtered = analysis.probabilities.states.filtered
    let last = filtered.row(filtered.rows - 1).elements
    if let semiMarkov = try analysis.model.semiMarkov() {
      // So many paths that each share is within half a per cent.
      paths = try semiMarkov.futurePaths(
        after: analysis.design.rows, steps: steps, count: 20_000,
        using: RandomStream(seed: 7), execution: execution)
      let (regimes, count) = (analysis.model.regimes, Double(paths.count))
      var shares = NDArray<Double>(zeros: [steps, regimes])
      for path in paths {
        for (step, state) in path.enumerated() { shares[step, state] += 1 / count }
      }
      states = shares
      chain = nil
      return
    }
    paths = []
    guard let model = try analysis.model.ordinary(analysis.design) else {
      throw RegimesError.invalidOption(
        name: "covariates", value: "none", limit: "those that steer the steps of the model")
    }
    let transition = model.chain.transition
    let matrix =
      transition.varies ? transition.lastMatrix : transition.matrix
    chain = (last, matrix)
    let whole = try MarkovChain(
      initial: last.map { $0 / last.reduce(0, +) }, transition: TransitionMatrix(matrix))
    states = whole.forecast(from: last, steps: steps).rows(1..<steps + 1).contiguous()
  }

  /// The states of a path.
  func path(_ index: Int, using random: inout RandomStream) throws -> [Int] {
    guard let (last, matrix) = chain else { return paths[index % paths.count] }
    var state = random.categorical(weights: last)
    return (0..<steps).map { _ in
      state = random.categorical(weights: matrix.row(state).elements)
      return state
    }
  }
}
