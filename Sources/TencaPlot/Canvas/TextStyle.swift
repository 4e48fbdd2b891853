/// How text is set.
public struct TextStyle: Sendable, Equatable {
  /// The font size in points.
  public var size: Double
  /// The colour of the letters.
  public var color: Color
  /// Whether the letters are bold.
  public var isBold: Bool

  /// Makes a style.
  public init(size: Double, color: Color = .ink, isBold: Bool = false) {
    self.size = size
    self.color = color
    self.isBold = isBold
  }

  /// The distance from one line of text to the next, in points.
  public var lineHeight: Double { 1.25 * size }
}

/// Which part of a text stands at the point it is drawn at.
public struct TextAnchor: Sendable, Equatable {
  /// Along the line of text.
  public enum Horizontal: Sendable {
    /// The first letter begins at the point.
    case leading
    /// The middle of the text is at the point.
    case center
    /// The last letter ends at the point.
    case trailing
  }

  /// Across the line of text.
  public enum Vertical: Sendable {
    /// The tops of the capitals are at the point.
    case top
    /// The middle of the capitals is at the point.
    case middle
    /// The letters stand on the point.
    case baseline
  }

  /// The part along the line.
  public var horizontal: Horizontal
  /// The part across the line.
  public var vertical: Vertical

  /// Makes an anchor.
  public init(_ horizontal: Horizontal, _ vertical: Vertical) {
    self.horizontal = horizontal
    self.vertical = vertical
  }
}

/// A text as it stands on a canvas.
struct PlacedText: Equatable {
  let string: String
  /// The corners of the box around the letters, in order; it is turned with the text.
  let corners: [Point]
}
