/// Several panels above each other over one x axis: a waveform over its spectrogram over the words
/// that were heard.
///
/// ```swift
/// try StackedChart([waveform, spectrogram, timeline], heights: [1, 3, 0.5])
///   .write(to: "recording.pdf")
/// ```
public struct StackedChart: Chart {
  /// The panels, from the top.
  public var panels: [any Panel]
  /// The heights of the plotting areas in proportion to each other; panels beyond the last have 1.
  public var heights: [Double]

  /// Makes a stack. Only the lowest panel shows the labels of x; all show the same range, which is
  /// that of the panels that name one, or else that of all data.
  public init(_ panels: [any Panel], heights: [Double] = []) {
    self.panels = panels
    self.heights = heights
  }

  /// As high as the panels need.
  public var preferredSize: Size {
    Size(720, panels.indices.reduce(90) { $0 + 30 + 130 * height($1) }.rounded())
  }

  private static let gap = 14.0

  /// Draws the stack so that it fills `rect`.
  ///
  /// - Throws: ``PlotError`` when there are no panels, x axes of unlike kinds, or a height that is
  ///   not positive; and what the panels throw.
  public func draw(on canvas: Canvas, in rect: Rect) throws {
    for place in try places(on: canvas, in: rect) {
      try place.layout.draw(in: place.slot, insets: place.insets)
    }
  }

  /// Where ``draw(on:in:)`` puts the panels' data, from the top: for programs that lay something over
  /// a picture, or read a place in it.
  ///
  /// - Throws: What ``draw(on:in:)`` throws.
  public func plotAreas(on canvas: Canvas, in rect: Rect) throws -> [PlotArea] {
    try places(on: canvas, in: rect).map { place in
      PlotArea(
        rect: place.layout.plotArea(in: place.slot, place.insets), xScale: place.layout.xScale,
        yScale: place.layout.yScale)
    }
  }

  /// A panel, the part of the stack that is its own, and the room it keeps around its data there.
  private typealias Place = (layout: PanelLayout, slot: Rect, insets: Insets)

  private func places(on canvas: Canvas, in rect: Rect) throws -> [Place] {
    let layouts = try layouts(on: canvas)
    var insets = try layouts.enumerated().map { index, layout in
      try layout.insets(in: Size(rect.width, rect.height * height(index) / totalHeight))
    }
    let left = insets.map(\.left).max() ?? 0
    let right = insets.map(\.right).max() ?? 0
    for index in insets.indices {
      insets[index].left = left
      insets[index].right = right
    }
    let taken =
      insets.reduce(0) { $0 + $1.top + $1.bottom } + Self.gap * Double(panels.count - 1)
    var top = rect.y
    return layouts.enumerated().map { index, layout in
      let plot = max(0, rect.height - taken) * height(index) / totalHeight
      let slot = Rect(
        x: rect.x, y: top, width: rect.width,
        height: insets[index].top + plot + insets[index].bottom)
      top = slot.maxY + Self.gap
      return (layout, slot, insets[index])
    }
  }

  /// The panels, each with the shared range of x.
  private func layouts(on canvas: Canvas) throws -> [PanelLayout] {
    guard let lowest = panels.last else {
      throw PlotError.noData(chart: "stack", what: "panel")
    }
    for (index, panel) in panels.enumerated() {
      guard [.linear, .logarithmic, .dates].contains(panel.xAxis.kind),
        panel.xAxis.kind == lowest.xAxis.kind
      else {
        throw PlotError.badValue(
          chart: "stack", what: "the x axis of a panel, number", value: Double(index + 1),
          requirement: "linear, logarithmic or of dates, as the lowest panel's")
      }
      guard height(index) > 0, height(index).isFinite else {
        throw PlotError.badValue(
          chart: "stack", what: "a height", value: height(index),
          requirement: "positive and finite")
      }
    }
    let named = panels.compactMap(\.xAxis.range)
    let ranges = named.isEmpty ? try panels.map { try $0.dataBounds().x } : named
    let low = ranges.map(\.lowerBound).min()!
    let high = ranges.map(\.upperBound).max()!
    return try panels.enumerated().map { index, panel in
      var panel = panel
      // A range without width stays open, to be widened like that of a single panel.
      if low < high { panel.xAxis.range = low...high }
      return try PanelLayout(panel, on: canvas, labelsX: index == panels.count - 1)
    }
  }

  private var totalHeight: Double { panels.indices.reduce(0) { $0 + height($1) } }

  private func height(_ index: Int) -> Double { index < heights.count ? heights[index] : 1 }
}
