import TencaNumerics
import Testing

@Suite("Wilson interval")
struct WilsonIntervalTests {
  // As statsmodels.stats.proportion.proportion_confint(k, n, method="wilson") gives them.
  @Test(
    "Wilson intervals",
    arguments: [
      (8, 10, 0.490162, 0.943318), (0, 10, 0.0, 0.277533), (10, 10, 0.722467, 1.0),
      (1990, 2000, 0.990820, 0.997282),
    ])
  func wilson(correct: Int, total: Int, low: Double, high: Double) {
    let interval = wilsonInterval(correct: correct, total: total)
    #expect(abs(interval.lowerBound - low) < 1e-6)
    #expect(abs(interval.upperBound - high) < 1e-6)
  }

  @Test("Nothing tried says nothing")
  func nothing() { #expect(wilsonInterval(correct: 0, total: 0) == 0...1) }
}
