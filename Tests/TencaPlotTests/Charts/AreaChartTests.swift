import Testing

@testable import TencaPlot

@Suite("Area chart")
struct AreaChartTests {
  static let low = Color(hex: 0x0000FF)
  static let high = Color(hex: 0x00FF00)

  static func chart(_ x: [Double], _ low: [Double], _ high: [Double]) -> AreaChart {
    AreaChart(
      [.init("low", low, color: Self.low), .init("high", high, color: Self.high)], x: x,
      yAxis: .linear(range: 0...1))
  }

  /// The shares of the pixels of one column of the plotting area that have either colour.
  static func shares(_ chart: AreaChart, at place: Double) throws -> (low: Double, high: Double) {
    let size = Size(420, 260)
    let canvas = try Canvas(format: .png, size: size, scale: 1)
    let layout = try PanelLayout(chart, on: canvas)
    let plot = layout.plotArea(in: page(size), try layout.insets(in: page(size).size))
    let picture = try DecodedPicture(chart.encoded(as: .png, size: size, scale: 1))
    let x = Int(plot.x + place * plot.width)
    let column = (Int(plot.y)..<Int(plot.maxY)).map { picture[x, $0] }
    return (
      Double(column.count { $0 == 0x0000FF }) / Double(column.count),
      Double(column.count { $0 == 0x00FF00 }) / Double(column.count)
    )
  }

  @Test func heightsAreShares() throws {
    let x = (0...100).map(Double.init)
    let low = x.map { $0 / 100 }
    let chart = Self.chart(x, low, low.map { 1 - $0 })
    for place in [0.25, 0.5, 0.75] {
      let found = try Self.shares(chart, at: place)
      // Two pixels of 200 for edges.
      #expect(abs(found.low - place) < 0.02 && abs(found.high - (1 - place)) < 0.02)
    }
  }

  @Test func nanIsAGapInAll() throws {
    let x = (0...100).map(Double.init)
    let low = x.map { (40...60).contains($0) ? Double.nan : 0.5 }
    let chart = Self.chart(x, low, x.map { _ in 0.5 })
    let gap = try Self.shares(chart, at: 0.5)
    #expect(gap.low == 0 && gap.high == 0)
    #expect(try Self.shares(chart, at: 0.2).low > 0.45)
  }

  @Test func theLegendListsAreasAsTheyLie() throws {
    let legend = try #require(Self.chart([0, 1], [0, 1], [1, 0]).aside() as? Legend)
    #expect(legend.entries.map(\.name) == ["high", "low"])
  }

  @Test func refusesWhatDoesNotFit() {
    let bad: [AreaChart] = [
      AreaChart([], x: [0, 1]), Self.chart([], [], []), Self.chart([0, 1], [1], [0, 0]),
      Self.chart([0, 1], [-0.1, 1], [0, 0]), Self.chart([0], [.nan], [1]),
    ]
    for (index, chart) in bad.enumerated() {
      #expect(throws: PlotError.self, "case \(index)") { try chart.encoded(as: .png) }
    }
  }

  @Test func oneRowIsSeen() throws {
    let found = try Self.shares(Self.chart([3], [0.25], [0.75]), at: 0.5)
    #expect(found.low + found.high > 0.4)
  }
}
