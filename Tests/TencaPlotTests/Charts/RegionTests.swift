import Testing

@testable import TencaPlot

@Suite("Regions of a line chart")
struct RegionTests {
  @Test func aColumnShowsWhatCoversMostOfIt() {
    let shown = visibleRegions([[0...2.4], [2.4...5]], columns: 6)
    #expect(shown == [0, 0, 1, 1, 1, nil])
  }

  /// A hundredth of a column of storm in a thousand columns of calm.
  @Test func theShortestStretchIsSeen() {
    let shown = visibleRegions([[0...499.5, 499.51...1000], [499.5...499.51]], columns: 1000)
    #expect(shown[499] == 1)
    #expect(shown.count { $0 == 1 } == 1 && shown.count { $0 == 0 } == 999)
  }

  @Test func ofSeveralShortOnesTheLastIsSeen() {
    // Column 3 holds a bit of each; two of them are seen nowhere else.
    let regions: [[ClosedRange<Double>]] = [
      [0...3, 3.9...10], [3...3.5, 10...14], [3.5...3.9],
    ]
    #expect(visibleRegions(regions, columns: 14)[3] == 2)
    // Last of all, the long region still has no claim to a column that it can do without.
    #expect(visibleRegions([regions[2], regions[1], regions[0]], columns: 14)[3] == 1)
  }

  @Test func aShortCalmWithinALongStormIsSeen() {
    let shown = visibleRegions(
      [[0...100, 120.3...120.5], [100...120.3, 120.5...140]], columns: 140)
    #expect(shown[120] == 0 && shown[119] == 1 && shown[121] == 1)
  }

  @Test func whatLiesOutsideOrHasNoWidthIsHarmless() {
    #expect(visibleRegions([[-5 ... -1, 20...30]], columns: 4) == [nil, nil, nil, nil])
    #expect(visibleRegions([[2...2]], columns: 4) == [nil, nil, 0, nil])
    #expect(visibleRegions([[4...4]], columns: 4) == [nil, nil, nil, 0])
    #expect(visibleRegions([], columns: 2) == [nil, nil])
    #expect(visibleRegions([[0...1]], columns: 0).isEmpty)
  }

  /// Twenty thousand days that change every day leave no more rectangles than columns.
  @Test func manyStretchesBecomeFewRectangles() throws {
    let days = (0..<20_000).map(Double.init)
    let regions = (0..<2).map { parity in
      LineChart.Region(
        "\(parity)",
        stretches: days.filter { Int($0) % 2 == parity }.map { $0...$0 + 1 },
        color: Palette.color(parity))
    }
    let chart = LineChart([Series(x: [0, 20_000], y: [1, 1])], regions: regions)
    #expect(try chart.encoded(as: .svg).count < 400_000)
  }

  @Test func regionsAreDrawnBehindAndNamed() throws {
    let chart = LineChart(
      [Series(x: [0, 10], y: [0, 1], color: .black)],
      regions: [
        .init("left", stretches: [0...5], color: Color(hex: 0x0000FF)),
        .init("right", stretches: [5...10], color: Color(hex: 0x00FF00)),
      ])
    let size = Size(400, 200)
    let canvas = try Canvas(format: .png, size: size, scale: 1)
    let layout = try PanelLayout(chart, on: canvas)
    let plot = layout.plotArea(in: page(size), try layout.insets(in: page(size).size))
    let picture = try DecodedPicture(chart.encoded(as: .png, size: size, scale: 1))
    let y = Int(plot.y) + 2
    #expect(picture[Int(plot.x) + 20, y] == 0x0000FF)
    #expect(picture[Int(plot.midX) + 20, y] == 0x00FF00)
    try chart.draw(on: canvas, in: page(size))
    #expect(canvas.placedTexts.map(\.string).contains("right"))
  }
}
