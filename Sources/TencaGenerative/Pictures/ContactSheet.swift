public import TencaFormats

/// Many small pictures on one sheet.
public struct ContactSheet: Sendable, Equatable {
  /// Pictures in a row.
  public var columns: Int
  /// Pixels between pictures.
  public var gap = 2
  /// How many times larger every pixel is drawn.
  public var enlargement = 1

  /// A sheet of so many columns.
  public init(columns: Int, enlargement: Int = 1) {
    (self.columns, self.enlargement) = (max(columns, 1), max(enlargement, 1))
  }

  /// A sheet about as wide as high for `count` pictures, pixels drawn large where pictures are small.
  public init(count: Int, shape: ExampleShape) {
    var columns = 1
    while columns * columns < count { columns += 1 }
    self.init(columns: columns, enlargement: max(1, 64 / max(shape.height, shape.width)))
  }

  /// The sheet.
  ///
  /// - Parameters:
  ///   - pixels: pictures × height × width × channels, channels last; beyond 0...1 they are clipped.
  ///   - shape: The size of a picture, of 1 channel (grey) or 3 (colour); of others the first is drawn.
  /// - Complexity: O(pixels of the sheet).
  public func picture(_ pixels: [Float], shape: ExampleShape) -> Picture {
    let count = pixels.count / max(shape.count, 1)
    precondition(count > 0, "a contact sheet of nothing")
    let colours = shape.channels == 3 ? 3 : 1
    let (cellHeight, cellWidth) = (shape.height * enlargement, shape.width * enlargement)
    let rows = (count + columns - 1) / columns
    let used = min(columns, count)
    let width = used * (cellWidth + gap) + gap
    let height = rows * (cellHeight + gap) + gap
    var samples = [UInt8](repeating: 128, count: width * height * colours)
    for index in 0..<count {
      let top = gap + index / columns * (cellHeight + gap)
      let left = gap + index % columns * (cellWidth + gap)
      for y in 0..<cellHeight {
        for x in 0..<cellWidth {
          let pixel =
            ((index * shape.height + y / enlargement) * shape.width + x / enlargement)
            * shape.channels
          for colour in 0..<colours {
            let value = min(max(pixels[pixel + colour], 0), 1)
            samples[((top + y) * width + left + x) * colours + colour] = UInt8(value * 255 + 0.5)
          }
        }
      }
    }
    return Picture(
      width: width, height: height, layout: colours == 3 ? .rgb : .grey, samples: samples)
  }
}
