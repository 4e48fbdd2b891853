import Testing

@testable import TencaPlot

@Suite("Chart column")
struct ChartColumnTests {
  private let line = LineChart([Series(x: [0, 1], y: [0, 1])], title: "line")

  @Test func chartsFillTheirShares() throws {
    let column = ChartColumn([line, Timeline([.init("a", [.init(start: 0, end: 1, label: "x")])])])
    let size = column.preferredSize
    #expect(size == Size(720, 420 + 126 + 20))
    let slots = column.slots(in: Rect(x: 5, y: 7, width: 300, height: 566))
    #expect(slots[0] == Rect(x: 5, y: 7, width: 300, height: 420))
    #expect(slots[1] == Rect(x: 5, y: 447, width: 300, height: 126))
    let canvas = try Canvas(format: .png, size: size)
    try column.draw(on: canvas, in: page(size))
    #expect(overlaps(canvas.placedTexts).isEmpty)
    #expect(canvas.placedTexts.contains { $0.string == "line" })
  }

  @Test func refusesNothing() {
    #expect(throws: PlotError.self) { try ChartColumn([]).encoded(as: .png, size: Size(9, 9)) }
  }
}
