internal import CCairo

#if canImport(Glibc)
  internal import Glibc
#endif

extension Canvas {
  /// Draws one line of text; control characters are drawn as spaces.
  ///
  /// - Parameters:
  ///   - string: The text.
  ///   - point: Where the part named by `anchor` stands.
  ///   - style: How the text is set.
  ///   - anchor: The part of the text that stands at `point`.
  ///   - rotation: The turn about `point`, in degrees anticlockwise: 90 reads upwards.
  public func text(
    _ string: String, at point: Point, _ style: TextStyle,
    anchor: TextAnchor = TextAnchor(.leading, .baseline), rotation: Double = 0
  ) {
    let line = printable(string)
    let extents = measure(line, style)
    let dx =
      switch anchor.horizontal {
      case .leading: 0.0
      case .center: -extents.x_advance / 2
      case .trailing: -extents.x_advance
      }
    let dy =
      switch anchor.vertical {
      case .top: capitalHeight(style)
      case .middle: capitalHeight(style) / 2
      case .baseline: 0.0
      }
    let angle = -rotation * Double.pi / 180
    cairo_save(context)
    setSource(style.color)
    cairo_translate(context, point.x, point.y)
    cairo_rotate(context, angle)
    cairo_move_to(context, dx, dy)
    cairo_show_text(context, line)
    cairo_restore(context)
    cairo_new_path(context)

    let left = dx + extents.x_bearing
    let top = dy + extents.y_bearing
    let box = Rect(x: left, y: top, width: extents.width, height: extents.height)
    let corners = [
      Point(box.x, box.y), Point(box.maxX, box.y), Point(box.maxX, box.maxY),
      Point(box.x, box.maxY),
    ].map { corner in
      Point(
        point.x + corner.x * cos(angle) - corner.y * sin(angle),
        point.y + corner.x * sin(angle) + corner.y * cos(angle))
    }
    placedTexts.append(PlacedText(string: line, corners: corners))
  }

  /// How far `string` reaches along its line, in points.
  public func width(of string: String, _ style: TextStyle) -> Double {
    measure(printable(string), style).x_advance
  }

  /// The height of capitals and digits, in points.
  public func capitalHeight(_ style: TextStyle) -> Double { measure("H", style).height }

  /// `string` itself where it is no wider than `width`, otherwise its beginning and "…".
  public func shortened(_ string: String, to width: Double, _ style: TextStyle) -> String {
    guard self.width(of: string, style) > width else { return string }
    var kept = string
    while !kept.isEmpty {
      kept.removeLast()
      let candidate = kept + "…"
      if self.width(of: candidate, style) <= width { return candidate }
    }
    return "…"
  }

  /// Sets what all text on this canvas shares.
  func prepareText() {
    // Hinting would fit letters to one pixel grid, and layouts would differ between formats.
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    cairo_set_font_options(context, options)
    cairo_font_options_destroy(options)
  }

  private func measure(_ line: String, _ style: TextStyle) -> cairo_text_extents_t {
    let weight = style.isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL
    cairo_select_font_face(context, "sans-serif", CAIRO_FONT_SLANT_NORMAL, weight)
    cairo_set_font_size(context, style.size)
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, line, &extents)
    return extents
  }

  /// The text without control characters: the drawing library stops at some and shows boxes for
  /// others, and SVG forbids them.
  private func printable(_ string: String) -> String {
    guard string.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else { return string }
    return String(
      String.UnicodeScalarView(
        string.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}
