import Testing

@testable import TencaNumerics

/// Values of SciPy 1.17: `norm.cdf`, `norm.ppf`, `gammainc`, `betainc`.
@Suite struct DistributionFunctionsTests {
  private func close(_ value: Double, _ expected: Double, _ tolerance: Double = 1e-13) -> Bool {
    abs(value - expected) <= tolerance * max(abs(expected), 1e-300)
  }

  @Test(arguments: [
    (-8, 6.22096057427174e-16), (-1.5, 0.06680720126885807), (0, 0.5), (0.3, 0.6179114221889526),
    (5, 0.9999997133484281),
  ])
  func normal(_ x: Double, _ expected: Double) { #expect(close(normalCumulative(x), expected)) }

  @Test(arguments: [
    (1e-300, -37.0470962993612), (1e-12, -7.034483825301131), (0.02, -2.053748910631823),
    (0.3, -0.5244005127080409), (0.9, 1.2815515655446004), (1 - 1e-10, 6.361340889697422),
  ])
  func quantiles(_ p: Double, _ expected: Double) { #expect(close(normalQuantile(p), expected)) }

  @Test func endsOfTheNormalDistribution() {
    #expect(normalQuantile(0.5) == 0)
    #expect(normalQuantile(0) == -.infinity && normalQuantile(1) == .infinity)
  }

  @Test(arguments: [
    (0.5, 0.2, 0.47291074313446196), (3, 2.5, 0.45618688411667035), (3, 9, 0.9937678048936227),
    (100, 80, 0.0171083130351331), (1e4, 10100, 0.8413487504471796),
    (7, 0.1, 1.8180056068736556e-11), (2, 0, 0),
  ])
  func gamma(_ a: Double, _ x: Double, _ expected: Double) {
    // ln Γ of large numbers leaves an error of its size.
    #expect(close(incompleteGamma(a, x), expected, a > 1000 ? 1e-10 : 1e-12))
  }

  /// `scipy.stats.chi2.sf(x, n)` of SciPy 1.17.1, relative error 1e-12.
  @Test(arguments: [
    (0, 3, 1.0),
    (0.5, 1, 0.47950012218695337),
    (3.2, 2, 0.2018965179946554),
    (11.07, 5, 0.050009618622405425),
    (30, 10, 0.000856641210775301),
    (200, 4, 3.75727673578106e-42),
    (700, 10, 6.280146699235733e-144),
    (1000, 1000, 0.49405285382923964),
  ])
  func chiSquareTail(_ x: Double, _ n: Int, _ expected: Double) {
    let tail = chiSquareUpperTail(x, degreesOfFreedom: n)
    #expect(abs(tail - expected) <= 1e-12 * expected, "\(tail)")
  }

  @Test(arguments: [
    (0.5, 0.5, 0.2, 0.2951672353008665), (3, 2, 0.9, 0.9477), (100, 50, 0.6, 0.044424097290243846),
    (2.5, 1000, 0.001, 0.15120111321867563), (5000, 5000, 0.505, 0.8413447463710366),
    (2, 3, 0, 0), (2, 3, 1, 1),
  ])
  func beta(_ a: Double, _ b: Double, _ x: Double, _ expected: Double) {
    #expect(close(incompleteBeta(a, b, x), expected, a > 1000 ? 1e-10 : 1e-12))
  }
}
