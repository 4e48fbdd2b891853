/// A picture of numbered colours: a map of labels that is legible to people and to programs.
public struct IndexedPicture: Sendable, Equatable {
  /// The pixels in a row.
  public let width: Int
  /// The rows.
  public let height: Int
  /// The number of each pixel's colour, height × width, rows from the top.
  public let indices: [UInt8]
  /// The colours, three bytes each: red, green, blue.
  public let palette: [UInt8]

  /// Makes a picture from the numbers of its colours.
  ///
  /// - Parameters:
  ///   - width: The pixels in a row, at least 1.
  ///   - height: The rows, at least 1.
  ///   - indices: height × width numbers, rows from the top, each that of a colour.
  ///   - palette: Three bytes a colour, 1 to 256 colours.
  /// - Complexity: O(pixels).
  public init(width: Int, height: Int, indices: [UInt8], palette: [UInt8]) {
    precondition(
      width >= 1 && height >= 1 && indices.count == width * height,
      "\(indices.count) numbers do not fill \(width) × \(height) pixels")
    precondition(
      palette.count % 3 == 0 && (1...256).contains(palette.count / 3),
      "a palette of \(palette.count) bytes")
    precondition(
      Int(indices.max()!) < palette.count / 3, "a pixel without a colour in the palette")
    self.width = width
    self.height = height
    self.indices = indices
    self.palette = palette
  }
}
