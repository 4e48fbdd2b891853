internal import CCairo

/// How a line is drawn.
public struct Stroke: Sendable, Equatable {
  /// The line's colour.
  public var color: Color
  /// The line's width in points.
  public var width: Double
  /// The lengths of dashes and gaps, in points; empty for a solid line.
  public var dash: [Double]

  /// Makes a stroke.
  public init(_ color: Color, width: Double = 1, dash: [Double] = []) {
    self.color = color
    self.width = width
    self.dash = dash
  }
}

/// The shape of a mark at one point.
public enum Marker: Sendable, CaseIterable {
  /// A disc.
  case circle
  /// A square on its side.
  case square
  /// A triangle that points up.
  case triangle
  /// A square on its tip.
  case diamond
}

extension Canvas {
  /// Draws a straight line.
  public func line(from start: Point, to end: Point, _ stroke: Stroke) {
    polyline([start, end], stroke)
  }

  /// Draws straight lines from each point to the next.
  public func polyline(_ points: some Collection<Point>, _ stroke: Stroke) {
    trace(points)
    apply(stroke)
  }

  /// Draws the closed shape with these corners.
  public func polygon(
    _ points: some Collection<Point>, fill: Color? = nil, stroke: Stroke? = nil
  ) {
    trace(points)
    cairo_close_path(context)
    paint(fill: fill, stroke: stroke)
  }

  /// Draws a rectangle.
  public func rectangle(_ rect: Rect, fill: Color? = nil, stroke: Stroke? = nil) {
    cairo_rectangle(context, rect.x, rect.y, rect.width, rect.height)
    paint(fill: fill, stroke: stroke)
  }

  /// Draws a mark whose disc would have the given radius; all shapes look equally large.
  public func marker(
    _ shape: Marker, at center: Point, radius: Double, fill: Color? = nil, stroke: Stroke? = nil
  ) {
    // Each shape has about the area of the disc.
    switch shape {
    case .circle:
      cairo_new_sub_path(context)
      cairo_arc(context, center.x, center.y, radius, 0, 2 * Double.pi)
      paint(fill: fill, stroke: stroke)
    case .square:
      let half = 0.89 * radius
      rectangle(
        Rect(x: center.x - half, y: center.y - half, width: 2 * half, height: 2 * half),
        fill: fill, stroke: stroke)
    case .triangle:
      let reach = 1.55 * radius
      let corners = [
        Point(center.x, center.y - reach), Point(center.x + 0.87 * reach, center.y + reach / 2),
        Point(center.x - 0.87 * reach, center.y + reach / 2),
      ]
      polygon(corners, fill: fill, stroke: stroke)
    case .diamond:
      let reach = 1.25 * radius
      let corners = [
        Point(center.x, center.y - reach), Point(center.x + reach, center.y),
        Point(center.x, center.y + reach), Point(center.x - reach, center.y),
      ]
      polygon(corners, fill: fill, stroke: stroke)
    }
  }

  /// Draws with everything outside `rect` cut away.
  public func clipped(to rect: Rect, _ draw: () throws -> Void) rethrows {
    cairo_save(context)
    defer { cairo_restore(context) }
    cairo_rectangle(context, rect.x, rect.y, rect.width, rect.height)
    cairo_clip(context)
    try draw()
  }

  /// The coordinate nearest to `coordinate` where pixels meet, so that thin lines stay sharp.
  public func snapped(_ coordinate: Double) -> Double { (coordinate * scale).rounded() / scale }

  private func trace(_ points: some Collection<Point>) {
    cairo_new_path(context)
    for point in points { cairo_line_to(context, point.x, point.y) }
  }

  private func paint(fill: Color?, stroke: Stroke?) {
    if let fill {
      setSource(fill)
      cairo_fill_preserve(context)
    }
    if let stroke { apply(stroke) }
    cairo_new_path(context)
  }

  private func apply(_ stroke: Stroke) {
    setSource(stroke.color)
    cairo_set_line_width(context, stroke.width)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    cairo_set_dash(context, stroke.dash, Int32(stroke.dash.count), 0)
    cairo_stroke(context)
  }

  func setSource(_ color: Color) {
    cairo_set_source_rgba(context, color.red, color.green, color.blue, color.alpha)
  }
}
