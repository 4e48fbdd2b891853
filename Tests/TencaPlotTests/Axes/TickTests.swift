import Testing

@testable import TencaPlot

@Suite("Ticks")
struct TickTests {
  /// Ranges of all magnitudes, signs and widths.
  static let ranges: [ClosedRange<Double>] = {
    let random = Gallery.noise(1200, seed: 7)
    return stride(from: 0, to: 1200, by: 3).map { i in
      let width = power(10, 24 * random[i] - 12)
      // Up to a million widths away from zero.
      let low = (random[i + 1] - 0.5) * width * power(10, 6 * random[i + 2])
      return low...low + width
    } + [0...1, -1...1, 0...0.7, 0...3600, 1e-280...2e-280, -1e307...1e307]
  }()

  @Test(arguments: [1, 2, 5, 12])
  func linearTicksAreNice(_ maximum: Int) {
    for range in Self.ranges {
      let ticks = NiceTicks.linear(range, maximumCount: maximum)
      #expect(ticks.count <= maximum, "\(range)")
      // A step is at most 2.5 times too wide, so many ticks are not few.
      #expect(maximum < 5 || ticks.count >= 2, "\(range)")
      #expect(ticks.allSatisfy { range.contains($0.value) }, "\(range)")
      #expect(Set(ticks.map(\.label)).count == ticks.count, "\(range) \(ticks)")
      let steps = zip(ticks, ticks.dropFirst()).map { $1.value - $0.value }
      for step in steps {
        #expect(step > 0, "\(range)")
        let lead = leadingDigits(step)
        let tolerance = 1e-15 * max(abs(range.lowerBound), abs(range.upperBound)) / step + 1e-9
        #expect([1, 2, 5, 10].contains { abs(lead - $0) < 10 * tolerance }, "\(range) \(step)")
      }
    }
  }

  /// The number between 1 and 10 that `value` is a power of ten times.
  private func leadingDigits(_ value: Double) -> Double {
    var exponent = -330.0
    while power(10, exponent + 1) <= value * (1 + 1e-9) { exponent += 1 }
    return value / power(10, exponent)
  }

  @Test func linearTicksReachBothEnds() {
    let ticks = NiceTicks.linear(0...1, maximumCount: 6)
    #expect(ticks.map(\.label) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(ticks.map(\.value) == [0, 0.2, 0.4, 0.6, 0.8, 1])
  }

  @Test(arguments: [
    (1.0...1000.0, 6, ["1", "10", "100", "1000"]),
    (50...8000, 12, ["50", "100", "200", "500", "1000", "2000", "5000"]),
    (20...45, 6, ["20", "30", "40"]),
    (1e-6...1e6, 7, ["10⁻⁶", "10⁻⁴", "0.01", "1", "100", "10⁴", "10⁶"]),
  ])
  func logarithmicTicks(_ range: ClosedRange<Double>, maximum: Int, labels: [String]) throws {
    let scale = try Scale(.logarithmic(range: range), data: 1...2, chart: "test")
    let ticks = scale.ticks(maximumCount: maximum)
    #expect(ticks.allSatisfy { range.contains($0.value) })
    #expect(Set(ticks.map(\.value)).count == ticks.count)
    let shown = ticks.map(\.label)
    if range == 1e-6...1e6 {
      #expect(shown.count >= 4 && shown.last == "10⁶")
    } else {
      #expect(shown == labels)
    }
  }

  @Test func unevenTicksKeepTheirDistance() throws {
    let scale = try Scale(.centers(nil, Gallery.melCenters), data: 0...1, chart: "test")
    for maximum in [2, 5, 9, 20] {
      let ticks = scale.ticks(maximumCount: maximum)
      let places = ticks.map { scale.fraction(of: $0.value) }
      #expect(ticks.count >= (maximum < 5 ? 1 : 3))
      #expect(
        zip(places, places.dropFirst()).allSatisfy { $1 - $0 >= 1 / Double(maximum) - 1e-12 })
    }
  }
}

@Suite("Scales")
struct ScaleTests {
  static let axes: [Axis] = [
    .linear(range: -3...12), .logarithmic(range: 0.01...1e5), .centers(nil, Gallery.melCenters),
    .categories(nil, ["a", "b", "c"]), Axis(kind: .centers([1, 2, 4, 8]), isReversed: true),
    Axis(kind: .logarithmic, range: 1...9, isReversed: true),
  ]

  @Test(arguments: axes)
  func valueIsTheInverseOfFraction(_ axis: Axis) throws {
    let scale = try Scale(axis, data: 0...1, chart: "test")
    for step in 0...20 {
      let fraction = Double(step) / 20
      #expect(abs(scale.fraction(of: scale.value(at: fraction)) - fraction) < 1e-9)
    }
    let ends = [scale.value(at: 0), scale.value(at: 1)]
    #expect((ends[0] > ends[1]) == axis.isReversed)
  }

  @Test func centersStandInTheMiddlesOfTheirCells() throws {
    let scale = try Scale(.centers(nil, [10, 20, 40, 80]), data: 0...1, chart: "test")
    let places = [10.0, 20, 40, 80].map { scale.fraction(of: $0) }
    #expect(zip(places, [0.125, 0.375, 0.625, 0.875]).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test(arguments: [5.0, 0, -1e-305, 1e300, -7e15, .greatestFiniteMagnitude])
  func oneValueGetsRoomAroundIt(_ value: Double) throws {
    let scale = try Scale(.linear(), data: value...value, padding: 0.05, chart: "test")
    let width = scale.range.upperBound - scale.range.lowerBound
    #expect(width > 0 && width.isFinite)
    #expect(!scale.ticks(maximumCount: 5).isEmpty)
  }

  @Test(arguments: [
    Axis.linear(range: 1...1), .linear(range: 0...Double.infinity), .logarithmic(range: 0...1),
    .logarithmic(range: -1...1), .linear(range: -1e308...1e308), .linear(range: 1e16...1e16 + 2),
    .centers(nil, [1]), .centers(nil, [1, 1]), .centers(nil, [2, 1]), .centers(nil, [0, .nan]),
  ])
  func refusesWhatHasNoPlace(_ axis: Axis) {
    #expect(throws: PlotError.self) { try Scale(axis, data: 1...2, chart: "test") }
  }
}

@Suite("Tick layout")
struct TickLayoutTests {
  static func labels(_ layout: TickLayout, on canvas: Canvas) -> [PlacedText] {
    let start = canvas.placedTexts.count
    for tick in layout.ticks {
      let place = layout.scale.fraction(of: tick.value) * layout.length
      switch (layout.side, layout.rotation) {
      case (.left, _):
        canvas.text(
          tick.label, at: Point(0, -place), layout.style, anchor: TextAnchor(.trailing, .middle))
      case (.bottom, 0):
        canvas.text(
          tick.label, at: Point(place, 0), layout.style, anchor: TextAnchor(.center, .top))
      case (.bottom, 90):
        canvas.text(
          tick.label, at: Point(place, 0), layout.style, anchor: TextAnchor(.trailing, .middle),
          rotation: 90)
      default:
        canvas.text(
          tick.label, at: Point(place, 0), layout.style, anchor: TextAnchor(.trailing, .top),
          rotation: layout.rotation)
      }
    }
    return Array(canvas.placedTexts[start...])
  }

  @Test(arguments: [40.0, 150, 400, 1200], [TickLayout.Side.bottom, .left])
  func numbersDoNotOverlap(_ length: Double, _ side: TickLayout.Side) throws {
    let canvas = try Canvas(format: .png, size: Size(10, 10))
    for range in TickTests.ranges {
      let scale = try Scale(.linear(range: range), data: 0...1, chart: "test")
      let layout = TickLayout(scale, side: side, length: length, on: canvas)
      let texts = Self.labels(layout, on: canvas)
      #expect(overlaps(texts).isEmpty, "\(range) \(layout.ticks.map(\.label))")
      #expect(!texts.isEmpty)
    }
  }

  @Test(arguments: [1, 2, 5, 10, 25, 60, 200], [TickLayout.Side.bottom, .left])
  func categoriesDoNotOverlap(_ count: Int, _ side: TickLayout.Side) throws {
    let canvas = try Canvas(format: .png, size: Size(10, 10))
    let names = (0..<count).map { $0 % 3 == 0 ? "a rather long name \($0)" : "name \($0)" }
    let scale = try Scale(.categories(nil, names), data: 0...1, chart: "test")
    for length in [100.0, 400, 900] {
      let layout = TickLayout(scale, side: side, length: length, on: canvas)
      let texts = Self.labels(layout, on: canvas)
      #expect(overlaps(texts).isEmpty)
      #expect(!texts.isEmpty && layout.style.size >= Style.smallestText)
      // Nothing reaches further than the layout says.
      let deepest = texts.flatMap(\.corners).map { side == .bottom ? $0.y : -$0.x }.max()!
      #expect(deepest <= layout.depth + 4)
      if side == .bottom {
        let xs = texts.flatMap(\.corners).map(\.x)
        #expect(-xs.min()! <= layout.overhang.left + 1)
        #expect(xs.max()! - length <= layout.overhang.right + 1)
      }
    }
  }

  @Test func fewShortNamesStayLevelAndLongOnesTurn() throws {
    let canvas = try Canvas(format: .png, size: Size(10, 10))
    func rotation(_ names: [String]) throws -> Double {
      let scale = try Scale(.categories(nil, names), data: 0...1, chart: "test")
      return TickLayout(scale, side: .bottom, length: 400, on: canvas).rotation
    }
    #expect(try rotation(["dog", "rain"]) == 0)
    #expect(try rotation((0..<10).map { "crackling fire \($0)" }) == 45)
    #expect(try rotation((0..<40).map { "crackling fire \($0)" }) == 90)
  }
}
