import TencaMarkov
import TencaNumerics
import Testing

/// Values of SciPy 1.17; of von Mises distributions of high concentration, which it takes for normal
/// ones, by its quadrature.
@Suite struct CumulativeDistributionsTests {
  private func check(
    _ distribution: some CumulativeDistribution, _ values: [(Double, Double)]
  ) {
    for (value, expected) in values {
      let found = distribution.cumulativeProbability(of: value)
      #expect(abs(found - expected) < 1e-11, "\(distribution) at \(value): \(found)")
    }
  }

  @Test func counts() {
    check(Bernoulli(probability: 0.3), [(-1, 0), (0, 0.7), (0.5, 0.7), (1, 1)])
    check(
      Poisson(rate: 19.7),
      [
        (0, 2.7822663710158683e-09), (10, 0.012693536063480443), (19.5, 0.49708940830680404),
        (40, 0.9999817625799141),
      ])
    check(
      NegativeBinomial(mean: 9, size: 2.5),
      [
        (0, 0.02203461267108492), (3, 0.19350145969157648), (9, 0.614168397331105),
        (60, 0.9999869115712163),
      ])
  }

  @Test func numbers() {
    check(
      Gamma(shape: 2.2, scale: 1.7, zeroMass: 0.1),
      [(-1, 0), (0, 0.1), (0.5, 0.12058827011320077), (3, 0.5194846593241437)])
    check(Exponential(mean: 2), [(-1, 0), (2, 0.6321205588285577)])
    check(
      StudentT(location: 1, scale: 2, degreesOfFreedom: 4.5),
      [
        (-20, 0.00012349212447508053), (-1, 0.18400254194009424), (1, 0.5), (4, 0.8998904571719233),
      ])
  }

  @Test func angles() {
    for (direction, concentration, expected) in [
      (0.5, 2.0, [0.01212861648389614, 0.4537264313829517, 0.996660566217942]),
      (-3, 0.7, [0.2960474317313575, 0.5584719183173187, 0.9329851295432735]),
      (3, 50, [0.15917716583253813, 0.15917716583253821, 0.39957384939694485]),
    ] {
      check(
        VonMises(direction: direction, concentration: concentration),
        Array(zip([-2, 0.4, 2.9], expected)))
    }
    for (concentration, variance) in [
      (2.0, 0.7644618798111332), (0.7, 2.023024213799693), (50, 0.020204479599051407),
    ] {
      let found = VonMises(direction: 1, concentration: concentration).variance
      #expect(abs(found - variance) < 1e-10)
    }
  }

  /// Means and variances are those of many draws.
  private func checkMoments(_ distribution: some CumulativeDistribution) {
    var random = RandomStream(seed: 8)
    let draws = (0..<200_000).map { _ in distribution.sample(using: &random) }
    let mean = draws.reduce(0, +) / 200_000
    let variance = draws.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) } / 200_000
    #expect(abs(variance / distribution.variance - 1) < 0.05, "\(distribution): \(variance)")
    let below = Double(draws.count { $0 <= mean }) / 200_000
    #expect(abs(below - distribution.cumulativeProbability(of: mean)) < 0.01, "\(distribution)")
  }

  @Test func drawsAgree() {
    checkMoments(Bernoulli(probability: 0.3))
    checkMoments(Poisson(rate: 4))
    checkMoments(NegativeBinomial(mean: 3, size: 2))
    checkMoments(Gamma(shape: 2, scale: 3, zeroMass: 0.2))
    checkMoments(Exponential(mean: 2))
    checkMoments(StudentT(location: 1, scale: 2, degreesOfFreedom: 12))
    checkMoments(VonMises(direction: 0, concentration: 3))
  }
}
