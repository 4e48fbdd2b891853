import TencaNumerics
import Testing

@testable import TencaPlot

@Suite("Line chart")
struct LineChartTests {
  /// Which columns of the plotting area hold pixels that are neither white nor grey.
  static func coloredColumns(_ chart: LineChart) throws -> [Bool] {
    let size = Size(300, 200)
    let canvas = try Canvas(format: .png, size: size, scale: 1)
    let layout = try PanelLayout(chart, on: canvas)
    let plot = layout.plotArea(in: page(size), try layout.insets(in: page(size).size))
    let picture = try DecodedPicture(chart.encoded(as: .png, size: size, scale: 1))
    return (Int(plot.x)..<Int(plot.maxX)).map { x in
      (Int(plot.y)..<Int(plot.maxY)).contains { y in
        let pixel = picture[x, y]
        return Int(pixel & 0xFF) - Int(pixel >> 16) > 60
      }
    }
  }

  @Test func nanIsAGap() throws {
    let x = (0...100).map(Double.init)
    let y = x.map { (40..<60).contains($0) ? Double.nan : $0 }
    let columns = try Self.coloredColumns(LineChart([Series(x: x, y: y)]))
    func share(_ range: Range<Double>) -> Double {
      let part = columns[
        Int(
          range.lowerBound * Double(columns.count))..<Int(
            range.upperBound * Double(columns.count))]
      return Double(part.count { $0 }) / Double(part.count)
    }
    #expect(share(0..<0.38) == 1 && share(0.42..<0.58) == 0 && share(0.62..<1) == 1)
  }

  @Test func infinitiesAndFarValuesAreDrawnToTheEdge() throws {
    for far in [Double.infinity, 1e300, -.infinity] {
      let chart = LineChart(
        [Series(x: [0, 1, 2], y: [0, far, 0])], yAxis: .linear(range: -1...1))
      let columns = try Self.coloredColumns(chart)
      #expect(columns.count { $0 } > 2)
    }
  }

  @Test func aLonePointIsSeen() throws {
    let chart = LineChart([Series(x: [0, 1, 2], y: [.nan, 1, .nan])])
    #expect(try Self.coloredColumns(chart).contains(true))
  }

  @Test func aLineLongerThanAStrokeHasNoBreaks() throws {
    let x = (0..<1025).map(Double.init)
    let columns = try Self.coloredColumns(LineChart([Series(x: x, y: x)]))
    #expect(columns.dropFirst().dropLast().allSatisfy { $0 })
  }

  @Test func longSeriesKeepTheirExtremes() {
    var samples = Gallery.noise(100_000, seed: 4)
    samples[77_777] = 5
    samples[12_345] = -5
    samples[50_000] = .nan
    let series = Series(evenly: NDArray<Double>(samples), start: 2, step: 0.5)
    #expect(series.x.count == series.y.count && series.x.count <= 16384)
    #expect(zip(series.x, series.x.dropFirst()).allSatisfy { $0 < $1 })
    // Every kept point is a point of the data.
    for (x, y) in zip(series.x, series.y) { #expect(samples[Int((x - 2) * 2)] == y) }
    for (index, value) in [(77_777, 5.0), (12_345, -5)] {
      #expect(series.y[series.x.firstIndex(of: 2 + Double(index) / 2)!] == value)
    }
    // Each stretch keeps its own extremes.
    for stretch in [0, 100, 8191] {
      let range = samples.count * stretch / 8192..<samples.count * (stretch + 1) / 8192
      let part = samples[range]
      #expect(series.y.contains(part.max()!) && series.y.contains(part.min()!))
    }
  }

  @Test func shortSeriesAreKeptWhole() {
    let series = Series("a", evenly: NDArray<Float>([1, 2, .nan]), start: 1, step: 2)
    #expect(series.x == [1, 3, 5])
    #expect(series.y[0...1] == [1, 2] && series.y[2].isNaN)
  }

  /// Thinned or not, a line reaches equally far up and down in every column of pixels.
  @Test func thinningKeepsTheOutline() throws {
    let noise = Gallery.noise(4000, seed: 11)
    let points = noise.indices.map { i in
      Point(5 + Double(i) / 4000 * 90, 50 + 45 * (noise[i] - 0.5) * cosine(Double(i) / 300))
    }
    let kept = thinned(points[...], columnWidth: 1)
    #expect(kept.count <= 4 * 91 && kept.first == points.first && kept.last == points.last)
    let outlines = try [points, kept].map { line in
      let picture = try CanvasTests.decoded(Size(100, 100)) { $0.polyline(line, Stroke(.black)) }
      return (6..<94).map { x in
        let dark = (0..<100).filter { picture.brightness(x, $0) < 384 }
        return (top: dark.first ?? -1, bottom: dark.last ?? -1)
      }
    }
    for (whole, thin) in zip(outlines[0], outlines[1]) {
      #expect(whole.top >= 0 && abs(whole.top - thin.top) <= 1)
      #expect(abs(whole.bottom - thin.bottom) <= 1)
    }
  }

  @Test func thinningKeepsFewPointsAsTheyAre() {
    let line = [Point(0, 1), Point(5, 2), Point(5.1, 0), Point(5.2, 3), Point(1, 1)]
    #expect(thinned(line[...], columnWidth: 1) == line)
    #expect(thinned(line[2..<3], columnWidth: 1) == [line[2]])
    #expect(thinned([], columnWidth: 1) == [])
  }

  @Test func legendNamesWhatHasNames() throws {
    let x = [0.0, 1]
    let one = LineChart([Series("only", x: x, y: x)])
    #expect(one.aside() == nil)
    let two = LineChart(
      [Series("a", x: x, y: x), Series(x: x, y: x)],
      bands: [.init("b", x: x, lower: x, upper: x)])
    #expect((two.aside() as? Legend)?.entries.map(\.name) == ["a", "b"])
  }

  @Test func refusesWhatDoesNotFitTogether() {
    let bad: [LineChart] = [
      LineChart([]), LineChart([Series(x: [], y: [])]),
      LineChart([Series("a", x: [1, 2], y: [1])]),
      LineChart([Series(x: [1], y: [.nan])]),
      LineChart([], bands: [.init(x: [1], lower: [1], upper: [])]),
      LineChart([Series(x: [1], y: [-1])], yAxis: .logarithmic()),
    ]
    for (index, chart) in bad.enumerated() {
      #expect(throws: PlotError.self, "case \(index)") { try chart.encoded(as: .png) }
    }
    #expect(throws: PlotError.mismatch(chart: "t", what: "values of a", expected: 2, found: 1)) {
      try LineChart([Series("a", x: [1, 2], y: [1])], title: "t").encoded(as: .svg)
    }
  }
}
