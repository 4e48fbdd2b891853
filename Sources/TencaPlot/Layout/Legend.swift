/// A list of names with the marks that stand for them.
public struct Legend: Aside, Equatable {
  /// A name and its mark.
  public struct Entry: Sendable, Equatable {
    /// The words.
    public var name: String
    /// The mark's colour.
    public var color: Color
    /// The mark's shape.
    public var symbol: Symbol

    /// Makes an entry.
    public init(_ name: String, color: Color, symbol: Symbol = .swatch) {
      self.name = name
      self.color = color
      self.symbol = symbol
    }
  }

  /// The shape of a mark.
  public enum Symbol: Sendable, Equatable {
    /// A filled square.
    case swatch
    /// A piece of line, with dashes where there are any.
    case line(dash: [Double])
    /// A mark like those at the points.
    case marker(Marker)
  }

  /// The names, from the top.
  public var entries: [Entry]

  /// Makes a legend.
  public init(_ entries: [Entry]) {
    self.entries = entries
  }

  private static let symbolWidth = 18.0
  private static let gap = 6.0
  private static let comfortableLine = 17.0
  private static let narrowestLine = 11.5
  private static let longestName = 150.0

  /// The room the legend takes to the right, in points.
  public func width(on canvas: Canvas, height: Double) -> Double {
    guard !entries.isEmpty else { return 0 }
    let widest = entries.map { canvas.width(of: $0.name, Style.legend) }.max() ?? 0
    return Self.symbolWidth + Self.gap + min(widest, Self.longestName)
  }

  /// Draws the names from the top; those that find no room are counted in a last line.
  public func draw(on canvas: Canvas, in rect: Rect) {
    let lineHeight = min(
      max(rect.height / Double(max(entries.count, 1)), Self.narrowestLine), Self.comfortableLine)
    // A thousandth absorbs rounding where the lines fill the height exactly.
    let lines = max(1, Int(rect.height / lineHeight + 1e-3))
    let shown = entries.count <= lines ? entries.count : lines - 1
    let textLeft = rect.x + Self.symbolWidth + Self.gap
    for (index, entry) in entries.prefix(shown).enumerated() {
      let middle = rect.y + (Double(index) + 0.5) * lineHeight
      drawSymbol(
        of: entry, on: canvas, at: Point(rect.x + Self.symbolWidth / 2, middle),
        size: min(10, lineHeight - 3))
      canvas.text(
        canvas.shortened(entry.name, to: Self.longestName, Style.legend),
        at: Point(textLeft, middle), Style.legend, anchor: TextAnchor(.leading, .middle))
    }
    if shown < entries.count {
      let middle = rect.y + (Double(shown) + 0.5) * lineHeight
      canvas.text(
        "+ \(entries.count - shown)", at: Point(textLeft, middle), Style.tickLabel,
        anchor: TextAnchor(.leading, .middle))
    }
  }

  private func drawSymbol(of entry: Entry, on canvas: Canvas, at center: Point, size: Double) {
    switch entry.symbol {
    case .swatch:
      canvas.rectangle(
        Rect(x: center.x - size / 2, y: center.y - size / 2, width: size, height: size),
        fill: entry.color)
    case .line(let dash):
      let half = Self.symbolWidth / 2
      canvas.line(
        from: Point(center.x - half, center.y), to: Point(center.x + half, center.y),
        Stroke(entry.color, width: 2, dash: dash))
    case .marker(let shape):
      canvas.marker(shape, at: center, radius: 0.4 * size, fill: entry.color)
    }
  }
}
