import TencaMarkov
import TencaMixture
import TencaNumerics
import Testing

@Suite struct ForecastTests {
  private let chain = try! MarkovChain(
    initial: [0.3, 0.7], transition: [[0.9, 0.1], [0.2, 0.8]])

  @Test func mixturesOfNormalsHaveExactQuantiles() throws {
    let emission = try GaussianEmission(
      meanVectors: NDArray(rows: [[0], [5]]), covariances: .diagonal(NDArray(rows: [[1], [4]])))
    let still = try MarkovChain(initial: [0.3, 0.7], transition: [[1, 0], [0, 1]])
    let model = try HiddenMarkovModel(chain: still, emission: emission)
    let forecast = try model.forecast(from: [0.3, 0.7], steps: 3)
    #expect(forecast.draws == nil && forecast.states.shape == [3, 2])
    #expect(abs(forecast.means[2, 0] - 3.5) < 1e-12)
    // 0.3·(1 + 3.5²) + 0.7·(4 + 1.5²).
    #expect(abs(forecast.variances[0, 0] - 8.35) < 1e-12)
    // By SciPy's brentq.
    let expected = [-0.9805202062994083, 3.868240572699756, 7.930467585371053]
    for (level, value) in expected.enumerated() {
      #expect(abs(forecast.quantiles.elements[level] - value) < 1e-10)
    }
  }

  @Test func statesGoToTheStationaryDistribution() throws {
    let model = try HiddenMarkovModel(
      chain: chain,
      emission: ColumnEmission(distributions: [[Poisson(rate: 2)], [Poisson(rate: 9)]]))
    let forecast = try model.forecast(from: [1, 0], steps: 200, levels: [0.5])
    #expect(abs(forecast.states[0, 0] - 0.9) < 1e-12)
    #expect(abs(forecast.states[199, 0] - 2.0 / 3) < 1e-9)
    #expect(abs(forecast.means[199, 0] - (2 * 2 + 9) / 3) < 1e-6)
    #expect(forecast.quantiles.elements.allSatisfy { $0 == $0.rounded() && $0 >= 0 })
  }

  /// Quantiles of every kind have the cumulative probability that they should.
  @Test(arguments: AnyEmissionTests.emissions.indices)
  func quantilesAreWhatTheySay(index: Int) throws {
    let emission = AnyEmission(AnyEmissionTests.emissions[index])
    let model = try HiddenMarkovModel(chain: chain, emission: emission)
    let levels = [0.01, 0.3, 0.97]
    let previous = (0..<emission.contextLength).map { [Double($0)] }
    let shares = [0.25, 0.75]
    let forecast = try model.forecast(from: shares, after: previous, steps: 2, levels: levels)
    let ahead = forecast.states.row(0).elements
    for column in 0..<emission.columnCount {
      func cumulative(_ value: Double) -> Double {
        ahead.indices.reduce(0.0) {
          $0 + ahead[$1]
            * emission.cumulativeProbability(
              of: value, column: column, state: $1, after: previous)!
        }
      }
      for (place, level) in levels.enumerated() {
        let value = forecast.quantiles.row(0).row(column).elements[place]
        if forecast.draws != nil {
          #expect(abs(cumulative(value) - level) < 0.02)
        } else if emission.isDiscrete(column) {
          #expect(cumulative(value) >= level)
          #expect(value == emission.lowest(column) || cumulative(value - 1) < level)
        } else {
          #expect(
            abs(cumulative(value) - level) < 1e-9 || value == emission.lowest(column),
            "column \(column), \(level): \(value)")
        }
      }
    }
    // And means and spreads are those of what is drawn.
    var random = RandomStream(seed: 6)
    var (sums, count) = ([Double](repeating: 0, count: emission.columnCount), 40_000)
    for _ in 0..<count {
      let state = random.categorical(weights: ahead)
      let row = emission.sample(state, after: previous, using: &random)
      for column in sums.indices { sums[column] += row[column] }
    }
    for column in sums.indices where emission.name != "von-mises" && column < 2 {
      let deviation = forecast.variances[0, column].squareRoot()
      #expect(abs(sums[column] / Double(count) - forecast.means[0, column]) < 0.04 * deviation)
    }
  }

  @Test func refusesWhatIsNoForecast() throws {
    let model = try HiddenMarkovModel(
      chain: chain,
      emission: ColumnEmission(distributions: [[Poisson(rate: 2)], [Poisson(rate: 9)]]))
    #expect(throws: MarkovError.self) { try model.forecast(from: [1, 0], steps: 0) }
    #expect(throws: MarkovError.self) { try model.forecast(from: [1, 0], steps: 1, levels: [1]) }
  }

  /// Under the true model, residuals are independent and standard normal.
  @Test(arguments: AnyEmissionTests.emissions.indices)
  func residualsAreNormal(index: Int) throws {
    let emission = AnyEmission(AnyEmissionTests.emissions[index])
    let model = try HiddenMarkovModel(chain: chain, emission: emission)
    var random = RandomStream(seed: 12)
    var data = model.sample(4000, using: &random).rows
    data[100, 0] = .nan
    let residuals = try model.pseudoResiduals(of: data, lengths: [1500, 2500])
    #expect(residuals.values[100, 0].isNaN)
    for column in 0..<emission.columnCount {
      let summary = try #require(residuals.summaries[column])
      let lost = emission.contextLength > 0 ? 2 + 1 : column == 0 ? 1 : 0
      #expect(summary.count >= 4000 - lost - 1)
      #expect(abs(summary.mean) < 0.06 && abs(summary.autocorrelation) < 0.06, "\(summary)")
      if emission.isDiscrete(column) {
        // A number somewhere between the two bounds would be normal; the middle spreads less.
        for row in 0..<4000 where residuals.values[row, column].isFinite {
          #expect(residuals.lower[row, column] <= residuals.values[row, column])
          #expect(residuals.values[row, column] <= residuals.upper[row, column])
        }
      } else {
        // A mass at zero is one value for many rows.
        if emission.name == "gamma" { continue }
        #expect(abs(summary.variance - 1) < 0.1, "\(summary)")
        #expect(summary.pValue > 1e-3, "\(summary)")
      }
    }
  }

  @Test func aWrongModelShows() throws {
    let truth = try HiddenMarkovModel(
      chain: chain,
      emission: GaussianEmission(
        meanVectors: NDArray(rows: [[0], [5]]), covariances: .spherical(NDArray([1, 1]))))
    var random = RandomStream(seed: 2)
    let data = truth.sample(2000, using: &random).rows
    let single = try HiddenMarkovModel(
      chain: MarkovChain(initial: [1], transition: [[1]]),
      emission: GaussianEmission(
        meanVectors: NDArray(rows: [[1.7]]), covariances: .spherical(NDArray([6.5]))))
    let good = try #require(truth.pseudoResiduals(of: data).summaries[0])
    let bad = try #require(single.pseudoResiduals(of: data).summaries[0])
    #expect(good.pValue > 0.01 && bad.pValue < 1e-6)
    #expect(abs(good.autocorrelation) < 0.07 && bad.autocorrelation > 0.4)
  }
}
