/// What is known of a pixel when it is put into a segment.
public enum PixelFeatures: String, Sendable, CaseIterable {
  /// Red, green and blue as stored.
  case rgb
  /// The colour as people see it (``CIELab``).
  case lab
  /// The colour and the place, so that segments hold together.
  case labPosition = "lab+xy"
  /// The colour, and how light and how rough the surroundings are at two scales.
  case texture

  /// What the numbers are, in their order.
  ///
  /// - Parameter isGrey: Whether no pixel has a colour. Grey takes one number, not three that
  ///   repeat each other.
  public func columnNames(isGrey: Bool) -> [String] {
    let color =
      switch (self, isGrey) {
      case (.rgb, false): ["red", "green", "blue"]
      case (.rgb, true): ["grey"]
      case (_, false): ["L", "a", "b"]
      case (_, true): ["L"]
      }
    switch self {
    case .rgb, .lab: return color
    case .labPosition: return color + ["x", "y"]
    case .texture:
      return color
        + Self.textureRadii.flatMap { radius in
          ["mean", "deviation", "gradient"].map { "\($0) within \(radius)" }
        }
    }
  }

  /// How far the windows of ``texture`` reach from their pixel: 7 pixels across for the grain of a
  /// surface, 19 for its pattern.
  static let textureRadii = [3, 9]
}
