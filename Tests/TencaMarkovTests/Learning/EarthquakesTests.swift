import TencaMarkov
import TencaNumerics
import Testing

/// Major earthquakes a year, 1900 to 2006: the running example of W. Zucchini and I. MacDonald,
/// "Hidden Markov models for time series", whose table of Poisson models these likelihoods are.
@Suite struct EarthquakesTests {
  private let counts: [Double] = [
    13, 14, 8, 10, 16, 26, 32, 27, 18, 32, 36, 24, 22, 23, 22, 18, 25, 21, 21, 14, 8, 11, 14, 23,
    18, 17, 19, 20, 22, 19, 13, 26, 13, 14, 22, 24, 21, 22, 26, 21, 23, 24, 27, 41, 31, 27, 35, 26,
    28, 36, 39, 21, 17, 22, 17, 19, 15, 34, 10, 15, 22, 18, 15, 20, 15, 22, 19, 16, 30, 27, 29, 23,
    20, 16, 21, 21, 25, 16, 18, 15, 18, 14, 10, 15, 8, 15, 6, 11, 8, 7, 18, 16, 13, 12, 13, 20, 15,
    16, 12, 18, 15, 16, 13, 15, 16, 11, 11,
  ]

  private func fit(
    _ states: Int, _ initial: HiddenMarkovOptions.Freedom
  ) throws -> HiddenMarkovFit<ColumnEmission<Poisson>> {
    try HiddenMarkovModel.fit(
      ColumnEmission<Poisson>(states: states, columns: 1),
      to: NDArray<Double>(counts, shape: [counts.count, 1]),
      options: HiddenMarkovOptions(
        initial: initial, iterations: 10_000, tolerance: 1e-10, restarts: states == 4 ? 40 : 10,
        seed: 1))
  }

  @Test(arguments: zip(1...4, [391.9189, 341.8787, 328.5275, 326.2850]))
  func freeStart(_ states: Int, _ expected: Double) throws {
    let fit = try fit(states, .free)
    #expect(fit.logLikelihood > -expected - 1e-3)
    #expect(abs(fit.logLikelihood + expected) < 2e-3, "\(fit.logLikelihood)")
    #expect(fit.warnings.isEmpty, "\(fit.warnings)")
    let means = fit.model.emission.means.elements
    #expect(means == means.sorted())
  }

  @Test(arguments: zip(1...4, [391.9189, 342.3183, 329.4603, 327.8316]))
  func stationaryStart(_ states: Int, _ expected: Double) throws {
    let fit = try fit(states, .stationary)
    #expect(abs(fit.logLikelihood + expected) < 2e-3, "\(fit.logLikelihood)")
    let chain = fit.model.chain
    #expect(
      largestDifference(chain.initial, try chain.stationaryDistribution()) < 1e-12)
    #expect(fit.criteria.parameterCount == states * states)
    for (earlier, later) in zip(
      fit.restarts[fit.best].history, fit.restarts[fit.best].history.dropFirst())
    {
      #expect(later >= earlier - 1e-9 * abs(earlier))
    }
  }
}
