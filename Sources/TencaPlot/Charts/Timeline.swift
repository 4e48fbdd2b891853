/// Coloured segments along a time axis: windowed classification, hidden states, aligned words.
///
/// Each label has one colour wherever it occurs. A label is written into a segment that is wide
/// enough; the legend names all of them. Neighbouring segments of one label are drawn as one.
public struct Timeline: Panel {
  /// A stretch of time with a label.
  public struct Segment: Sendable, Equatable {
    /// When it begins.
    public var start: Double
    /// When it ends.
    public var end: Double
    /// What it is.
    public var label: String

    /// Makes a segment.
    public init(start: Double, end: Double, label: String) {
      self.start = start
      self.end = end
      self.label = label
    }
  }

  /// A row of segments.
  public struct Track: Sendable, Equatable {
    /// The words on the left.
    public var name: String
    /// The segments, in order of time.
    public var segments: [Segment]

    /// Makes a row.
    public init(_ name: String = "", _ segments: [Segment]) {
      self.name = name
      self.segments = segments
    }
  }

  /// The rows, from the top.
  public var tracks: [Track]
  /// The words above the plotting area.
  public var title: String?
  /// The axis of time.
  public var xAxis: Axis
  /// The axis of rows.
  public var yAxis: Axis
  /// The colours of labels; those not named here take the next of the palette.
  public var colors: [String: Color]

  /// Whether labels and colours are listed on the right.
  public var showsLegend = true

  /// Makes a timeline.
  public init(
    _ tracks: [Track], title: String? = nil, xAxis: Axis = .linear("Time (s)"),
    colors: [String: Color] = [:]
  ) {
    self.tracks = tracks
    self.title = title
    self.xAxis = xAxis
    self.colors = colors
    yAxis = Axis(kind: .categories(tracks.map(\.name)), isReversed: true)
  }

  /// High enough for every row to be read.
  public var preferredSize: Size { Size(720, 90 + 36 * Double(max(tracks.count, 1))) }

  /// The extents of the segments.
  ///
  /// - Throws: ``PlotError`` when there are none, or one is not finite or ends before it begins.
  public func dataBounds() throws -> DataBounds {
    for segment in tracks.flatMap(\.segments) {
      guard segment.start.isFinite, segment.end.isFinite, segment.end >= segment.start else {
        throw PlotError.badValue(
          chart: chartName, what: "the end of segment \"\(segment.label)\"", value: segment.end,
          requirement: "finite and not before its start, \(segment.start)")
      }
    }
    let times = tracks.flatMap(\.segments).flatMap { [$0.start, $0.end] }
    guard let x = DataBounds.range(of: times, on: xAxis) else {
      throw PlotError.noData(chart: chartName, what: "segment")
    }
    return DataBounds(x: x, y: -0.5...Double(tracks.count) - 0.5)
  }

  /// The legend of labels, in order of first appearance.
  public func aside() -> (any Aside)? {
    guard showsLegend else { return nil }
    return Legend(labelColors().map { Legend.Entry($0.label, color: $0.color) })
  }

  /// Draws the segments.
  public func drawContent(on canvas: Canvas, in area: PlotArea) {
    let colors = Dictionary(
      labelColors().map { ($0.label, $0.color) }, uniquingKeysWith: { first, _ in first })
    let slot = area.rect.height / Double(tracks.count)
    let height = slot * (tracks.count == 1 ? 1 : 0.8)
    for (row, track) in tracks.enumerated() {
      let top = canvas.snapped(area.y(Double(row)) - height / 2)
      // The shortest are drawn last, lest a neighbour cover them.
      let segments = Self.joined(track.segments)
        .sorted { $0.end - $0.start > $1.end - $1.start }
      for segment in segments {
        let left = canvas.snapped(area.x(segment.start))
        let right = canvas.snapped(area.x(segment.end))
        // However short, an event stays visible.
        let width = max(right - left, 1 / canvas.scale)
        // A thin gap tells a segment from the next, also without colours.
        let gap = width >= 4 ? 1.0 : 0
        let box = Rect(x: left, y: top, width: width - gap, height: height)
        let color = colors[segment.label] ?? .missing
        canvas.rectangle(box, fill: color)
        write(segment.label, in: box, visible: area.rect, on: color, canvas)
      }
    }
  }

  /// Writes a label into the visible part of its segment, where it fits.
  private func write(
    _ label: String, in box: Rect, visible: Rect, on color: Color, _ canvas: Canvas
  ) {
    let style = TextStyle(size: Style.legend.size, color: color.readableText)
    let left = max(box.x, visible.x)
    let right = min(box.maxX, visible.maxX)
    guard !label.isEmpty, box.height >= style.lineHeight,
      right - left >= canvas.width(of: label, style) + 8
    else { return }
    canvas.text(
      label, at: Point((left + right) / 2, box.midY), style, anchor: TextAnchor(.center, .middle))
  }

  private func labelColors() -> [(label: String, color: Color)] {
    var seen: Set<String> = []
    let labels = tracks.flatMap(\.segments).map(\.label).filter { seen.insert($0).inserted }
    return labels.enumerated().map { ($0.element, colors[$0.element] ?? Palette.color($0.offset)) }
  }

  static func joined(_ segments: [Segment]) -> [Segment] {
    segments.reduce(into: []) { result, next in
      if let last = result.last, last.label == next.label, last.end == next.start {
        result[result.count - 1].end = next.end
      } else {
        result.append(next)
      }
    }
  }
}
