/// The size of one example: rows, columns and the numbers of each pixel.
public struct ExampleShape: Sendable, Hashable, Codable {
  /// The rows.
  public let height: Int
  /// The pixels in a row.
  public let width: Int
  /// The numbers of a pixel: 1 for grey, 3 for red, green and blue.
  public let channels: Int

  /// Makes a shape.
  ///
  /// - Precondition: Every length is at least 1.
  public init(height: Int, width: Int, channels: Int) {
    precondition(
      height >= 1 && width >= 1 && channels >= 1,
      "no example has the shape \(height) × \(width) × \(channels)")
    (self.height, self.width, self.channels) = (height, width, channels)
  }

  /// The numbers of an example: height × width × channels.
  public var count: Int { height * width * channels }

  /// The row and column of a number of an example, counted from 0, channels last.
  func place(of index: Int) -> (row: Int, column: Int) {
    let pixel = index / channels
    return (pixel / width, pixel % width)
  }
}

extension ExampleShape: CustomStringConvertible {
  /// For example "28 × 28 × 1".
  public var description: String { "\(height) × \(width) × \(channels)" }
}
