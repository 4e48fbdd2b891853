import Testing

@testable import TencaPlot

@Suite("Scatter chart")
struct ScatterChartTests {
  /// Every point of the outline is the same Mahalanobis distance from the mean.
  @Test(arguments: [(1.0, 0.0, 1.0), (4, 1.5, 0.9), (1e-6, -9e-4, 1)])
  func outlineHasOneMahalanobisDistance(_ xx: Double, _ xy: Double, _ yy: Double) throws {
    let ellipse = try Ellipse(mean: (3, -2), covariance: (xx, xy, yy), deviations: 1.5)
    let determinant = xx * yy - xy * xy
    for point in ellipse.outline() {
      let (u, v) = (point.x - 3, point.y + 2)
      let squared = (yy * u * u - 2 * xy * u * v + xx * v * v) / determinant
      #expect(abs(squared.squareRoot() - 1.5) < 1e-6)
    }
  }

  @Test func aLineIsAnEllipseToo() throws {
    let ellipse = try Ellipse(mean: (0, 0), covariance: (0, 0, 4), deviations: 1)
    #expect(ellipse.outline().allSatisfy { $0.x == 0 && abs($0.y) <= 2 })
  }

  @Test(arguments: [(1.0, 2.0, 1.0), (-1, 0, -1), (.nan, 0, 1), (1, 0, .infinity)])
  func refusesWhatIsNoCovariance(_ xx: Double, _ xy: Double, _ yy: Double) {
    #expect(throws: PlotError.self) { try Ellipse(mean: (0, 0), covariance: (xx, xy, yy)) }
  }

  @Test func pointsStandWhereTheyBelong() throws {
    let chart = ScatterChart(
      [.init(x: [0, 1, .nan], y: [0, 1, 0.5], color: .black, opacity: 1, marker: .circle)],
      xAxis: .linear(range: -1...2), yAxis: .linear(range: -1...2))
    let size = Size(300, 300)
    let canvas = try Canvas(format: .png, size: size, scale: 1)
    let layout = try PanelLayout(chart, on: canvas)
    let plot = layout.plotArea(in: page(size), try layout.insets(in: page(size).size))
    let picture = try DecodedPicture(chart.encoded(as: .png, size: size, scale: 1))
    func pixel(_ x: Double, _ y: Double) -> UInt32 {
      picture[
        Int(plot.x + plot.width * (x + 1) / 3), Int(plot.maxY - plot.height * (y + 1) / 3)]
    }
    #expect(pixel(0, 0) == 0 && pixel(1, 1) == 0 && pixel(0.5, 0.5) == 0xFFFFFF)
  }

  @Test func refusesWhatDoesNotFitTogether() {
    #expect(throws: PlotError.self) { try ScatterChart([]).encoded(as: .png) }
    #expect(throws: PlotError.self) {
      try ScatterChart([.init(x: [.nan], y: [1])]).encoded(as: .png)
    }
    #expect(throws: PlotError.mismatch(chart: "t", what: "y values of g", expected: 1, found: 2)) {
      try ScatterChart([.init("g", x: [1], y: [1, 2])], title: "t").encoded(as: .png)
    }
  }
}
