import TencaMarkov
import TencaNumerics
import Testing

@testable import TencaRegimes

@Suite("Predictive distributions")
struct PredictiveDistributionTests {
  private func distribution(_ errors: ErrorKind) -> PredictiveDistribution {
    PredictiveDistribution(
      weights: [0.7, 0.3], locations: [0.5, -1], scales: [1, 3], errors: errors,
      shape: errors == .studentT ? [5] : errors == .mixture ? [0.2, 6] : [])
  }

  @Test("One Gaussian: tables of the normal distribution") func normal() {
    let one = PredictiveDistribution(
      weights: [1], locations: [2], scales: [3], errors: .gaussian, shape: [])
    #expect(abs(one.quantile(0.05) - (2 - 3 * 1.6448536269514722)) < 1e-9)
    // φ(1.645) / 0.05 = 2.0627.
    #expect(abs(one.meanBelow(0.05) - (2 - 3 * 2.0627128075074257)) < 1e-8)
    #expect(one.mean == 2 && abs(one.deviation - 3) < 1e-12)
  }

  @Test("Means below a quantile are those of the quantiles below", arguments: ErrorKind.allCases)
  func shortfalls(_ errors: ErrorKind) {
    let distribution = distribution(errors)
    for level in [0.01, 0.05, 0.5] {
      // A finer grid towards 0, where quantiles of heavy tails fall off.
      let count = 4000
      let sum = (0..<count).reduce(0.0) { sum, index in
        let (a, b) = (Double(index) / Double(count), Double(index + 1) / Double(count))
        let (low, high) = (level * a * a * a * a, level * b * b * b * b)
        return sum + (high - low) * distribution.quantile((low + high) / 2)
      }
      #expect(
        abs(distribution.meanBelow(level) - sum / level) < 2e-3 * abs(sum / level),
        "\(level): \(distribution.meanBelow(level)), not \(sum / level)")
      #expect(
        abs(distribution.cumulativeProbability(of: distribution.quantile(level)) - level) < 1e-9)
    }
  }

  @Test("The deviation is that of the regimes' mixture", arguments: ErrorKind.allCases)
  func deviations(_ errors: ErrorKind) {
    let factor = errors == .studentT ? 5.0 / 3 : errors == .mixture ? 0.8 + 0.2 * 6 : 1
    let mean = 0.7 * 0.5 - 0.3
    let variance =
      0.7 * (factor + (0.5 - mean) * (0.5 - mean)) + 0.3 * (9 * factor + (-1 - mean) * (-1 - mean))
    #expect(abs(distribution(errors).deviation - variance.squareRoot()) < 1e-12)
  }

  @Test("A forecast: regimes by the matrix, values by their mixture, prices by what was drawn")
  func forecasts() throws {
    let prices = try DatedSeries(
      name: "prices", dates: nil, columns: ["p"],
      values: NDArray(
        madeReturns(400, scale: 0.01).elements.reduce(into: [100.0]) {
          $0.append($0.last! * exponential($1))
        }, shape: [401, 1]))
    let series = try prices.returns(.log)
    let fit = try RegimeModel.fit(RegimeSpecification(), to: series, options: quick)
    let analysis = try RegimeAnalysis(fit.model, series)
    let forecast = try analysis.forecast(steps: 5, levels: [0.05, 0.5, 0.95])
    var shares = analysis.current
    let matrix = fit.model.transitionMatrix
    for step in 0..<5 {
      shares = (0..<2).map { j in shares[0] * matrix[0, j] + shares[1] * matrix[1, j] }
      for regime in 0..<2 { #expect(abs(forecast.regimes[step, regime] - shares[regime]) < 1e-12) }
      let means = fit.model.means
      #expect(abs(forecast.means[step] - (shares[0] * means[0] + shares[1] * means[1])) < 1e-12)
    }
    let quantiles = try #require(forecast.prices)
    let last = series.lastLevel()
    for level in 0..<3 {
      let exact = last * exponential(forecast.quantiles[0, level])
      #expect(abs(quantiles[0, level] / exact - 1) < 2e-3)
    }
    #expect(abs(forecast.deviations[0] - analysis.nextPrediction.deviation) < 1e-12)
    // With lags all comes from sequences that are drawn, and with durations too.
    for specification in [
      RegimeSpecification(autoregression: .intercept(order: 1)),
      RegimeSpecification(durations: "poisson"),
    ] {
      let other = try RegimeModel.fit(specification, to: series, options: quick)
      let ahead = try RegimeAnalysis(other.model, series).forecast(steps: 3, draws: 2000)
      for step in 0..<3 {
        let row = ahead.quantiles.row(step).elements
        #expect(row == row.sorted() && row.allSatisfy(\.isFinite))
        #expect(abs(ahead.regimes.row(step).elements.reduce(0, +) - 1) < 1e-9)
      }
    }
  }
}
