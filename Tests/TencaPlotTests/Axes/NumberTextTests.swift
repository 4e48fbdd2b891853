import Testing

@testable import TencaPlot

@Suite("Numbers as text")
struct NumberTextTests {
  @Test(arguments: [
    (0.0, 0, "0"), (-0.0, 2, "0.00"), (0.05, 2, "0.05"), (-1.5, 1, "−1.5"), (999.96, 1, "1000.0"),
    (-0.001, 2, "0.00"), (12, 3, "12.000"), (.nan, 1, "n/a"), (-.infinity, 1, "−∞"),
  ])
  func fixed(_ value: Double, decimals: Int, text: String) {
    #expect(NumberText.fixed(value, decimals: decimals) == text)
  }

  @Test(arguments: [
    (0.0, "0"), (0.25, "0.25"), (1, "1"), (1200, "1200"), (0.0213, "0.0213"), (45210.5, "45211"),
    (-0.5, "−0.5"), (3e8, "3×10⁸"), (1e6, "10⁶"), (-1e-7, "−10⁻⁷"), (999_999.9, "10⁶"),
    (0.09999, "0.1"), (1.2345e-10, "1.23×10⁻¹⁰"), (1e300, "10³⁰⁰"), (.infinity, "∞"),
    (.leastNonzeroMagnitude, "4.94×10⁻³²⁴"),
  ])
  func compact(_ value: Double, text: String) {
    #expect(NumberText.compact(value) == text)
  }

  @Test func labelsOfTicksShareTheirDecimals() {
    #expect(NumberText.labels([0, 0.05, 0.1], step: 0.05) == ["0.00", "0.05", "0.10"])
    #expect(NumberText.labels([-20, 0, 20], step: 20) == ["−20", "0", "20"])
    #expect(NumberText.labels([0, 5e5, 1e6], step: 5e5) == ["0", "5×10⁵", "10⁶"])
    #expect(NumberText.labels([1.2e7, 1.25e7], step: 5e5) == ["1.2×10⁷", "1.25×10⁷"])
    #expect(NumberText.labels([100, 1, 1e8]) == ["10²", "1", "10⁸"])
    #expect(NumberText.labels([50, 100, 5000]) == ["50", "100", "5000"])
  }
}
