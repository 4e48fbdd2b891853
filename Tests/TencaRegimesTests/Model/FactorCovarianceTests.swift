import TencaNumerics
import Testing

@testable import TencaMarkov
@testable import TencaRegimes

@Suite("Factor covariances")
struct FactorCovarianceTests {
  private let loadings = NDArray<Double>(rows: [[0.9], [0.7], [-0.5], [0.3]])
  private let rests = [0.2, 0.5, 0.3, 0.8]

  @Test("Steps raise the likelihood, to the covariance that rows came from") func fit() throws {
    let truth = FactorCovariance(loadings, rests: rests).covariance
    var own = FactorCovariance(
      NDArray(rows: [[0.5], [0.5], [0.5], [0.5]]), rests: [1, 1, 1, 1])
    func logLikelihood(_ covariance: NDArray<Double>) throws -> Double {
      let factor = try choleskyFactor(covariance)
      let trace = try solve(choleskyFactor: factor, truth)
      return -0.5
        * (logDeterminant(choleskyFactor: factor) + (0..<4).reduce(0.0) { $0 + trace[$1, $1] })
    }
    var last = -Double.infinity
    for _ in 0..<30 {
      own = own.fitted(to: truth, floors: [0, 0, 0, 0])
      let value = try logLikelihood(own.covariance)
      #expect(value >= last - 1e-12)
      last = value
    }
    for (found, expected) in zip(own.covariance.elements, truth.elements) {
      #expect(abs(found - expected) < 1e-4)
    }
  }

  @Test("Regimes of several series: slopes are what differences say, and the fit is found")
  func regimes() throws {
    let layout = RegimeLayout(regimes: 2, series: 4, factors: 1)
    let covariance = FactorCovariance(loadings, rests: rests).covariance
    let truth = try RegimeEmission(
      layout, intercepts: NDArray(rows: [[0, 0, 0, 0], [1, -1, 0, 2]]),
      slopes: NDArray(zeros: [2, 4, 0]),
      covariances: NDArray.concatenated([covariance, covariance * 4]).reshaped([2, 4, 4]),
      loadings: NDArray.concatenated([loadings, loadings * 2]).reshaped([2, 4, 1]))
    let model = try HiddenMarkovModel(
      chain: MarkovChain(initial: [0.5, 0.5], transition: [[0.95, 0.05], [0.1, 0.9]]),
      emission: truth)
    var random = RandomStream(seed: 2)
    let rows = model.sample(600, using: &random).rows
    let ascent = try LikelihoodAscent(
      from: model, rows, lengths: nil, options: HiddenMarkovOptions(), execution: .serial)
    let start = ascent.space.origin
    let slope = try #require(try ascent.evaluate(start)).gradient
    for index in start.indices {
      func value(_ step: Double) throws -> Double {
        var place = start
        place[index] += step
        return try #require(try ascent.evaluate(place)).value
      }
      let expected = try (value(1e-4) - value(-1e-4)) / 2e-4
      #expect(
        abs(slope[index] - expected) < 1e-5 * max(10, abs(expected)), "coordinate \(index)")
    }
    let series = try DatedSeries(
      name: "four", dates: nil, columns: ["a", "b", "c", "d"], values: rows)
    let fit = try RegimeModel.fit(
      RegimeSpecification(factors: 1), to: series,
      options: RegimeFitOptions(restarts: 3, standardErrors: nil))
    let target = try model.logLikelihood(of: rows)
    #expect(fit.criteria.logLikelihood > target - 1, "\(fit.criteria.logLikelihood) of \(target)")
    // Four means, four loadings and four rests a regime, and two steps.
    #expect(fit.criteria.parameterCount == 2 * 12 + 2)
  }
}
