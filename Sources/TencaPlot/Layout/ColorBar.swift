/// The scale of a colour map: which colour stands for which value.
public struct ColorBar: Aside, Equatable {
  /// The colours.
  public var colorMap: ColorMap
  /// The values of the first and last colours.
  public var range: ClosedRange<Double>
  /// The words beside the bar, with the unit.
  public var label: String?

  /// Makes a colour bar.
  public init(_ colorMap: ColorMap, range: ClosedRange<Double>, label: String? = nil) {
    self.colorMap = colorMap
    self.range = range
    self.label = label
  }

  private static let barWidth = 12.0

  /// The room the bar and its labels take to the right, in points.
  ///
  /// - Throws: ``PlotError`` for a range that cannot be drawn.
  public func width(on canvas: Canvas, height: Double) throws -> Double {
    let labelRoom =
      label == nil ? 0 : Style.labelGap + canvas.capitalHeight(Style.axisLabel)
    return Self.barWidth + (try ticks(height, on: canvas)).depth + labelRoom
  }

  /// Draws the bar at the left of `rect`, with its labels to the right of it.
  ///
  /// - Throws: ``PlotError`` for a range that cannot be drawn.
  public func draw(on canvas: Canvas, in rect: Rect) throws {
    let bar = Rect(x: rect.x, y: rect.y, width: Self.barWidth, height: rect.height)
    let rgb = colorMap.colors.reversed().flatMap(\.bytes)
    canvas.image(
      PixelImage(width: 1, height: colorMap.colors.count, rgb: rgb), in: bar)
    let layout = try ticks(rect.height, on: canvas)
    for tick in layout.ticks {
      let place = canvas.snapped(bar.maxY - bar.height * layout.scale.fraction(of: tick.value))
      let end = bar.maxX + Style.tickLength
      canvas.line(from: Point(bar.maxX, place), to: Point(end, place), Style.axisLine)
      canvas.text(
        tick.label, at: Point(end + Style.tickGap, place), layout.style,
        anchor: TextAnchor(.leading, .middle))
    }
    if let label {
      let style = Style.axisLabel
      canvas.text(
        canvas.shortened(label, to: rect.height, style),
        at: Point(bar.maxX + layout.depth + Style.labelGap, bar.midY), style,
        anchor: TextAnchor(.center, .top), rotation: 90)
    }
  }

  private func ticks(_ height: Double, on canvas: Canvas) throws -> TickLayout {
    let scale = try Scale(.linear(label), data: range, chart: label ?? "colour bar")
    return TickLayout(scale, side: .left, length: height, on: canvas)
  }
}
