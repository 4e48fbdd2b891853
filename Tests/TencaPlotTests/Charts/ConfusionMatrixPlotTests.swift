import TencaNumerics
import Testing

@testable import TencaPlot

@Suite("Confusion matrix")
struct ConfusionMatrixPlotTests {
  @Test func sharesAreOfTheActualClass() {
    let plot = ConfusionMatrixPlot(
      NDArray<Double>(rows: [[3, 1, 0], [0, 0, 0], [1e308, 1e308, 0]]), classes: ["a", "b", "c"])
    let shares = plot.shareMatrix()
    #expect(Array(shares[0..<3]) == [0.75, 0.25, 0])
    #expect(shares[3..<6].allSatisfy { $0.isNaN })
    #expect(Array(shares[6...]) == [0.5, 0.5, 0])
  }

  @Test(arguments: [1, 2, 5, 10, 25, 60])
  func everyClassIsNamedTwiceAndCountsAreWritten(_ order: Int) throws {
    let plot = Gallery.confusion(order)
    let size = plot.preferredSize
    let canvas = try Canvas(format: .png, size: size)
    try plot.draw(on: canvas, in: page(size))
    let texts = canvas.placedTexts.map(\.string)
    for name in plot.classes { #expect(texts.count { $0 == name } == 2) }
    #expect(texts.contains("Predicted") && texts.contains("Actual"))
    let written = plot.counts.elements.filter { $0 > 0 }.map { String(Int($0)) }
    #expect(written.allSatisfy(texts.contains))
    #expect(overlaps(canvas.placedTexts).isEmpty)
  }

  @Test func darkerIsMore() throws {
    let plot = ConfusionMatrixPlot(
      NDArray<Double>(rows: [[90, 10], [40, 60]]), classes: ["a", "b"])
    let size = plot.preferredSize
    let canvas = try Canvas(format: .png, size: size, scale: 1)
    let layout = try PanelLayout(plot, on: canvas)
    let area = layout.plotArea(in: page(size), try layout.insets(in: page(size).size))
    #expect(abs(area.width - area.height) <= 1)
    let picture = try DecodedPicture(plot.encoded(as: .png, size: size, scale: 1))
    // Above the numbers, actual classes from the top, predicted ones from the left.
    func brightness(_ row: Int, _ column: Int) -> Int {
      picture.brightness(
        Int(area.x + area.width * (Double(column) + 0.5) / 2),
        Int(area.y + area.height * (Double(row) + 0.2) / 2))
    }
    #expect(brightness(0, 0) < brightness(1, 1))
    #expect(brightness(1, 1) < brightness(1, 0))
    #expect(brightness(1, 0) < brightness(0, 1))
  }

  @Test func largeCountsAreShortened() throws {
    let plot = ConfusionMatrixPlot(
      NDArray<Double>(repeating: 123_456, shape: [30, 30]), classes: (0..<30).map { "c\($0)" })
    let canvas = try Canvas(format: .png, size: plot.preferredSize)
    try plot.draw(on: canvas, in: page(plot.preferredSize))
    #expect(canvas.placedTexts.contains { $0.string == "123k" })
  }

  @Test func refusesCountsThatAreNone() {
    let bad: [ConfusionMatrixPlot] = [
      ConfusionMatrixPlot(NDArray<Double>(zeros: [0, 0]), classes: []),
      ConfusionMatrixPlot(NDArray<Double>(zeros: [2, 2]), classes: ["a"]),
      ConfusionMatrixPlot(NDArray<Double>(zeros: [2, 3]), classes: ["a", "b"]),
      ConfusionMatrixPlot(NDArray<Double>(zeros: [4]), classes: ["a"]),
      ConfusionMatrixPlot(NDArray<Double>(rows: [[-1]]), classes: ["a"]),
      ConfusionMatrixPlot(NDArray<Double>(rows: [[.nan]]), classes: ["a"]),
    ]
    for (index, plot) in bad.enumerated() {
      #expect(throws: PlotError.self, "case \(index)") { try plot.encoded(as: .png) }
    }
  }
}
