import Testing

@testable import TencaPlot

@Suite("Bar chart")
struct BarChartTests {
  static func texts(_ chart: BarChart) throws -> [String] {
    let canvas = try Canvas(format: .png, size: chart.preferredSize)
    try chart.draw(on: canvas, in: page(chart.preferredSize))
    #expect(overlaps(canvas.placedTexts).isEmpty)
    return canvas.placedTexts.map(\.string)
  }

  @Test func valuesStandBesideTheirNames() throws {
    let chart = BarChart([0.5, .nan, -.infinity], names: ["a", "b", "c"])
    let texts = try Self.texts(chart)
    #expect(["a", "b", "c", "0.5", "n/a", "−∞"].allSatisfy(texts.contains))
  }

  @Test func lengthIsProportional() throws {
    let chart = BarChart(
      [1, 0.5, 0.25], names: ["a", "b", "c"], xAxis: .linear(range: 0...1), color: .black)
    let size = Size(400, 200)
    let canvas = try Canvas(format: .png, size: size, scale: 1)
    let layout = try PanelLayout(chart, on: canvas)
    let plot = layout.plotArea(in: page(size), try layout.insets(in: page(size).size))
    let picture = try DecodedPicture(chart.encoded(as: .png, size: size, scale: 1))
    for (row, value) in [1, 0.5, 0.25].enumerated() {
      let y = Int(plot.y + (Double(row) + 0.5) / 3 * plot.height)
      let dark = (Int(plot.x)..<Int(plot.maxX)).count { picture[$0, y] == 0 }
      #expect(abs(Double(dark) - value * plot.width) <= 2)
    }
  }

  @Test(arguments: [1, 3, 60])
  func drawsFewAndMany(_ count: Int) throws {
    let chart = BarChart(
      Gallery.noise(count), names: (0..<count).map { "class \($0)" }, highlighted: [0])
    #expect(try Self.texts(chart).count { $0.hasPrefix("class") } == count)
  }

  @Test func allEqualToZeroIsDrawn() throws {
    #expect(try Self.texts(BarChart([0, 0], names: ["a", "b"])).contains("0"))
  }

  @Test func refusesWhatDoesNotFitTogether() {
    #expect(throws: PlotError.noData(chart: "BarChart", what: "bar")) {
      try BarChart([], names: []).encoded(as: .png)
    }
    #expect(throws: PlotError.self) { try BarChart([1], names: []).encoded(as: .png) }
    #expect(throws: PlotError.self) {
      try BarChart([1], names: ["a"], xAxis: .logarithmic()).encoded(as: .png)
    }
  }
}
