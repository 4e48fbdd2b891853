/// Why a picture could not be drawn or written, and what to do about it.
public enum PlotError: Error, CustomStringConvertible, Sendable, Equatable {
  /// The extension of `path` names no format that pictures are written in.
  case unknownFormat(path: String)
  /// A picture of no size, or of more pixels than the limit allows.
  case badSize(width: Double, height: Double, pixelLimit: Int)
  /// The file could not be written; `reason` is the system's.
  case unwritable(path: String, reason: String)
  /// The drawing library failed; `reason` is its own.
  case drawingFailed(reason: String)
  /// `chart` was given nothing to draw: no `what`.
  case noData(chart: String, what: String)
  /// Two things that belong together differ in length.
  case mismatch(chart: String, what: String, expected: Int, found: Int)
  /// A number that cannot be drawn where it stands.
  case badValue(chart: String, what: String, value: Double, requirement: String)

  /// What was wrong, where, and what to do.
  public var description: String {
    switch self {
    case .unknownFormat(let path):
      let known = PictureFormat.allCases.map { ".\($0.rawValue)" }.joined(separator: ", ")
      return "cannot tell the picture format of \(path): end the name in one of \(known)"
    case .badSize(let width, let height, let pixelLimit):
      return "a picture of \(width) by \(height) pixels: each side must lie between 1 and "
        + "\(pixelLimit); choose another size or scale"
    case .unwritable(let path, let reason):
      return "cannot write \(path): \(reason). Free space, or choose another place."
    case .drawingFailed(let reason):
      return "the picture could not be drawn: \(reason). Try a smaller picture."
    case .noData(let chart, let what):
      return "\(chart): no \(what) to draw; check that the input is not empty"
    case .mismatch(let chart, let what, let expected, let found):
      return "\(chart): \(found) \(what) where \(expected) belong; give one for each"
    case .badValue(let chart, let what, let value, let requirement):
      return "\(chart): \(what) is \(value), but must be \(requirement)"
    }
  }
}
