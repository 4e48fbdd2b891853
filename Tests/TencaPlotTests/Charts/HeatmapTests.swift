import TencaNumerics
import Testing

@testable import TencaPlot

@Suite("Heatmap")
struct HeatmapTests {
  /// A heatmap as pixels, with the rectangle of its plotting area in pixels.
  static func drawn(_ chart: Heatmap, size: Size = Size(400, 300), scale: Double = 1) throws -> (
    picture: DecodedPicture, plot: Rect
  ) {
    let canvas = try Canvas(format: .png, size: size, scale: scale)
    let layout = try PanelLayout(chart, on: canvas)
    let page = page(size)
    let plot = layout.plotArea(in: page, try layout.insets(in: page.size))
    let picture = try DecodedPicture(chart.encoded(as: .png, size: size, scale: scale))
    return (
      picture,
      Rect(
        x: plot.x * scale, y: plot.y * scale, width: plot.width * scale,
        height: plot.height * scale)
    )
  }

  /// The colour in the middle of a cell of a chart drawn with equally wide cells.
  static func color(
    _ drawn: (picture: DecodedPicture, plot: Rect), column: Int, of columns: Int, row: Int,
    of rows: Int
  ) -> UInt32 {
    let x = drawn.plot.x + (Double(column) + 0.5) / Double(columns) * drawn.plot.width
    let y = drawn.plot.y + (Double(row) + 0.5) / Double(rows) * drawn.plot.height
    return drawn.picture[Int(x), Int(y)]
  }

  static func hex(_ color: Color) -> UInt32 {
    color.bytes.reduce(0) { $0 << 8 | UInt32($1) }
  }

  @Test(arguments: [1.0, 2])
  func everyCellHasItsColorInItsPlace(_ scale: Double) throws {
    // Frames × bins: the first frame is on the left, the first bin at the bottom.
    let values = NDArray<Float>(Gallery.noise(35, seed: 3).map(Float.init), shape: [7, 5])
    let drawn = try Self.drawn(Heatmap(values, valueRange: 0...1), scale: scale)
    for t in 0..<7 {
      for b in 0..<5 {
        #expect(
          Self.color(drawn, column: t, of: 7, row: 4 - b, of: 5)
            == Self.hex(ColorMap.dawn[Double(values[t, b])]))
      }
    }
  }

  @Test func rowsDownwardIsAMatrixAsWritten() throws {
    let values = NDArray<Float>(Gallery.noise(12, seed: 5).map(Float.init), shape: [3, 4])
    let chart = Heatmap(values, orientation: .rowsDownward, valueRange: 0...1)
    let drawn = try Self.drawn(chart)
    for row in 0..<3 {
      for column in 0..<4 {
        #expect(
          Self.color(drawn, column: column, of: 4, row: row, of: 3)
            == Self.hex(ColorMap.dawn[Double(values[row, column])]))
      }
    }
  }

  @Test func nanIsGreyAndInfinitiesAreClipped() throws {
    let values = NDArray<Float>(rows: [[0, 1, .nan, .infinity, -.infinity]])
    let drawn = try Self.drawn(Heatmap(values))
    let colors = (0..<5).map { Self.color(drawn, column: 0, of: 1, row: 4 - $0, of: 5) }
    let (low, high) = (Self.hex(ColorMap.dawn[0]), Self.hex(ColorMap.dawn[1]))
    #expect(colors == [low, high, Self.hex(.missing), high, low])
  }

  @Test func aClickOfOneFrameStaysVisible() throws {
    var values = NDArray<Float>(zeros: [100_000, 4])
    values[43_210, 2] = 1
    let drawn = try Self.drawn(Heatmap(values, xExtent: 0...1))
    let bright = (Int(drawn.plot.x)..<Int(drawn.plot.maxX)).filter { x in
      drawn.picture[x, Int(drawn.plot.y + drawn.plot.height * 0.375)] == Self.hex(ColorMap.dawn[1])
    }
    #expect(bright == [Int(drawn.plot.x + 0.4321 * drawn.plot.width)])
    var mean = Heatmap(values, xExtent: 0...1, pooling: .mean)
    mean.valueRange = 0...1
    let faded = try Self.drawn(mean)
    #expect(
      faded.picture[bright[0], Int(faded.plot.y + faded.plot.height * 0.375)]
        != Self.hex(ColorMap.dawn[1]))
  }

  /// Along a logarithmic axis, every pixel shows the bin at its frequency.
  @Test func logarithmicAxisPlacesBins() throws {
    var values = NDArray<Float>(zeros: [10, 1000])
    for t in 0..<10 { values[t, 100] = 1 }
    let chart = Heatmap(
      values, yAxis: .logarithmic(range: 10...1000), yExtent: 0...1000)
    let drawn = try Self.drawn(chart)
    let bright = (Int(drawn.plot.y)..<Int(drawn.plot.maxY)).filter { y in
      drawn.picture[Int(drawn.plot.midX), y] == Self.hex(ColorMap.dawn[1])
    }
    // Bin 100 covers 100 to 101 Hz, just above the middle of the axis.
    #expect(!bright.isEmpty && bright.count <= 2)
    #expect(bright.allSatisfy { abs(Double($0) - drawn.plot.midY) <= 2 })
  }

  @Test func aNarrowerRangeShowsPartOfTheCells() throws {
    var values = NDArray<Float>(zeros: [10, 1])
    values[7, 0] = 1
    let chart = Heatmap(values, xAxis: .linear(range: 7...8), xExtent: 0...10)
    let drawn = try Self.drawn(chart)
    for column in 0..<4 {
      #expect(
        Self.color(drawn, column: column, of: 4, row: 0, of: 1) == Self.hex(ColorMap.dawn[1]))
    }
    let beyond = Heatmap(values, xAxis: .linear(range: 20...30), xExtent: 0...10)
    let empty = try Self.drawn(beyond)
    #expect(Self.color(empty, column: 0, of: 1, row: 0, of: 1) == 0xFFFFFF)
  }

  @Test func refusesWhatIsNoMatrixOfNumbers() throws {
    let square = NDArray<Float>(zeros: [2, 2])
    let bad: [Heatmap] = [
      Heatmap(NDArray<Float>(zeros: [0, 4])), Heatmap(NDArray<Float>(zeros: [4, 0])),
      Heatmap(NDArray<Float>(zeros: [4])),
      Heatmap(NDArray<Float>(repeating: .nan, shape: [2, 2])),
      Heatmap(square, xAxis: .categories(nil, ["a"])),
      Heatmap(square, yAxis: .centers(nil, [1, 2, 3])),
      Heatmap(square, valueRange: 1...1), Heatmap(square, valueRange: 0...(.infinity)),
      Heatmap(square, yAxis: .logarithmic()), Heatmap(square, xExtent: 1...1),
    ]
    for (index, chart) in bad.enumerated() {
      #expect(throws: PlotError.self, "case \(index)") { try chart.encoded(as: .png) }
    }
    let error = #expect(throws: PlotError.self) {
      try Heatmap(square, title: "x.wav", yAxis: .centers(nil, [1, 2, 3])).encoded(as: .png)
    }
    let words = try #require(error).description
    #expect(words.contains("x.wav") && words.contains("3") && words.contains("2"))
  }

  @Test func oneValueEverywhereIsDrawn() throws {
    #expect(try !Heatmap(NDArray<Double>(zeros: [3, 3])).encoded(as: .png).isEmpty)
  }
}

@Suite("Pooling")
struct PoolingTests {
  static let values: NDArray<Float> = {
    var result = NDArray<Float>(Gallery.noise(13 * 9, seed: 9).map(Float.init), shape: [13, 9])
    for i in 0..<13 { result[i, i % 9] = .nan }
    for i in 3..<6 { for j in 0..<3 { result[i, j] = .nan } }
    result[8, 8] = .infinity
    result[1, 8] = -.infinity
    return result
  }()

  static let rows = [0..<3, 3..<6, 6..<13, 12..<13]
  static let columns = [0..<3, 3..<4, 4..<9]

  /// Against the definition, cell by cell.
  @Test(arguments: [Pooling.maximum, .mean])
  func agreesWithBruteForce(_ pooling: Pooling) {
    let result = pooled(Self.values, rows: Self.rows, columns: Self.columns, by: pooling)
    #expect(result.count == 12)
    var gaps = 0
    for (i, row) in Self.rows.enumerated() {
      for (j, column) in Self.columns.enumerated() {
        let known = row.flatMap { r in column.map { Self.values[r, $0] } }.filter { !$0.isNaN }
        let found = result[i * 3 + j]
        if known.isEmpty {
          gaps += 1
          #expect(found.isNaN)
        } else if pooling == .maximum {
          #expect(found == known.max())
        } else {
          let limit = Double(Float.greatestFiniteMagnitude)
          let sum = known.reduce(0) { $0 + min(max(Double($1), -limit), limit) }
          let mean = sum / Double(known.count)
          #expect(abs(Double(found) - mean) <= 1e-6 * max(1, abs(mean)))
        }
      }
    }
    #expect(gaps >= 1)
  }

  @Test func rangeIgnoresWhatIsNotFinite() {
    let values = NDArray<Float>([.nan, 2, -.infinity, -3, .infinity])
    #expect(finiteRange(of: values) == -3...2)
    #expect(finiteRange(of: NDArray<Float>([.nan, .infinity])) == nil)
  }
}

@Suite("Cells along an axis")
struct CellAxisTests {
  /// Whatever the axis, every visible cell is shown and order is kept.
  @Test(arguments: [1, 2, 7, 100, 1001], [true, false])
  func everyVisibleCellIsShown(_ count: Int, _ ascending: Bool) throws {
    let kinds: [Axis] = [
      .linear(range: 0...1), .logarithmic(range: 1e-4...1), .linear(range: -1...3),
      Axis(range: 0...1, isReversed: true),
    ]
    for axis in kinds {
      let scale = try Scale(axis, data: 0...1, chart: "test")
      let cells = CellAxis(scale: scale, extent: 0...1, count: count)
      for pixels in [1, 3, 64, 1000, 3000] {
        let sampling = try #require(cells.sampling(pixels: pixels, ascending: ascending))
        let covered = Set(sampling.cells.flatMap { Array($0) })
        #expect(covered == Set(0..<count), "\(axis) \(pixels)")
        let firsts = sampling.cells.map(\.lowerBound)
        let isForward = ascending != axis.isReversed
        #expect(isForward ? firsts == firsts.sorted() : firsts == firsts.sorted(by: >))
        #expect((sampling.start < sampling.end) == ascending)
      }
    }
  }

  @Test func fewCellsAreNotCutUp() throws {
    let scale = try Scale(.linear(range: 0...1), data: 0...1, chart: "test")
    let cells = CellAxis(scale: scale, extent: 0...1, count: 49)
    let sampling = try #require(cells.sampling(pixels: 1000, ascending: true))
    #expect(sampling.cells == (0..<49).map { $0..<$0 + 1 })
    #expect(abs(sampling.start) < 1e-12 && abs(sampling.end - 1) < 1e-12)
  }
}
