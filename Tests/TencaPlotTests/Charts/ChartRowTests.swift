import Testing

@testable import TencaPlot

@Suite("Chart row")
struct ChartRowTests {
  static func scatter(_ title: String) -> ScatterChart {
    ScatterChart([ScatterChart.Group(x: [0, 1], y: [0, 1])], title: title)
  }

  @Test func chartsStandBesideEachOther() throws {
    let row = ChartRow([Self.scatter("before"), Self.scatter("after")])
    #expect(row.preferredSize.width == 2 * 720 + 20)
    let canvas = try Canvas(format: .png, size: Size(1000, 300))
    try row.draw(on: canvas, in: Rect(x: 0, y: 0, width: 1000, height: 300))
    func left(_ word: String) throws -> Double {
      try #require(canvas.placedTexts.first { $0.string == word }).corners[0].x
    }
    // Each has half of the width, less half of the gap.
    #expect(try left("before") < 490 && left("after") > 510)
    #expect(abs(try left("after") - left("before") - 510) < 1)
  }

  @Test func refusesNothing() throws {
    #expect(throws: PlotError.self) { try ChartRow([]).encoded(as: .png, size: Size(100, 100)) }
  }
}
