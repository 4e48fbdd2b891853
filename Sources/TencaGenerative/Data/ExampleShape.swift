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

  /// How often both sides can be halved while they stay whole and at least 4 pixels long.
  func halvings(atMost limit: Int) -> Int {
    var (height, width, count) = (height, width, 0)
    while count < limit, height % 2 == 0, width % 2 == 0, height >= 8, width >= 8 {
      (height, width, count) = (height / 2, width / 2, count + 1)
    }
    return count
  }

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
