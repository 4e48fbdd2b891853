import Testing

@testable import TencaPlot

@Suite("Stacked chart")
struct StackedChartTests {
  static func line(_ x: [Double], range: ClosedRange<Double>? = nil) -> LineChart {
    LineChart([Series(x: x, y: x)], xAxis: .linear("Time (s)", range: range))
  }

  static func texts(_ chart: StackedChart) throws -> [PlacedText] {
    let canvas = try Canvas(format: .png, size: chart.preferredSize)
    try chart.draw(on: canvas, in: page(chart.preferredSize))
    return canvas.placedTexts
  }

  @Test func onlyTheLowestPanelLabelsX() throws {
    let texts = try Self.texts(StackedChart([Self.line([0, 3]), Self.line([2, 9])]))
    #expect(texts.count { $0.string == "Time (s)" } == 1)
  }

  /// Both panels show 0 to 10, so a step at 5 lies in the middle of both.
  @Test func panelsShareTheirRange() throws {
    let black = Color.black
    func step(_ label: String, _ times: ClosedRange<Double>) -> Timeline {
      Timeline(
        [.init(label, [.init(start: times.lowerBound, end: times.upperBound, label: "x")])],
        colors: ["x": black])
    }
    let chart = StackedChart([step("a", 0...5), step("a much longer name", 5...10)])
    let picture = try DecodedPicture(chart.encoded(as: .png, size: Size(600, 300), scale: 1))
    let rows = [90, 220].map { y in (0..<600).filter { picture[$0, y] == 0 } }
    let (upper, lower) = (rows[0], rows[1])
    try #require(upper.count > 50 && lower.count > 50)
    // The legend's swatch, if hit, lies far to the right of both.
    let end = upper.prefix { $0 < 450 && $0 - upper[0] < 300 }.last!
    #expect(abs(end - lower[0]) <= 2)
  }

  @Test func aNamedRangeWins() throws {
    let chart = StackedChart([Self.line([0, 100], range: 0...4), Self.line([0, 50])])
    let texts = try Self.texts(chart).map(\.string)
    #expect(texts.contains("4") || texts.contains("4.0"))
    #expect(!texts.contains("60"))
  }

  @Test func refusesWhatDoesNotStack() {
    let confusion = Gallery.confusion(2)
    let bad: [StackedChart] = [
      StackedChart([]), StackedChart([Self.line([0, 1]), confusion]),
      StackedChart([Self.line([0, 1])], heights: [0]),
      StackedChart([Self.line([0, 1])], heights: [.nan]),
      StackedChart([Self.line([])]),
    ]
    for (index, chart) in bad.enumerated() {
      #expect(throws: PlotError.self, "case \(index)") { try chart.encoded(as: .png) }
    }
  }

  @Test func oneInstantIsDrawn() throws {
    #expect(try !Self.texts(StackedChart([Self.line([3]), Self.line([3])])).isEmpty)
  }
}
