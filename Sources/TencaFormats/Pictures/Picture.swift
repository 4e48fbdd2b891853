/// A picture made of pixels, eight bits a channel, encoded as sRGB.
///
/// ```swift
/// let photo = try Picture(path: "photo.jpg")
/// let pixel = photo.samples[(y * photo.width + x) * photo.layout.channels]
/// try photo.writePNG(to: "photo.png")
/// ```
public struct Picture: Sendable, Equatable {
  /// What the bytes of a pixel mean, in their order.
  public enum Layout: Sendable, CaseIterable {
    /// Brightness.
    case grey
    /// Brightness and opacity.
    case greyAlpha
    /// Red, green, blue.
    case rgb
    /// Red, green, blue, opacity.
    case rgba

    /// The bytes of a pixel.
    public var channels: Int {
      switch self {
      case .grey: 1
      case .greyAlpha: 2
      case .rgb: 3
      case .rgba: 4
      }
    }
  }

  /// The pixels in a row.
  public let width: Int
  /// The rows.
  public let height: Int
  /// What the bytes of a pixel mean.
  public let layout: Layout
  /// The bytes, height × width × channels, rows from the top. Colour is not multiplied by opacity.
  public var samples: [UInt8]

  /// The most pixels that are read unless a caller allows more: 100 million, with colour 300 MB.
  public static let defaultPixelLimit = 100_000_000

  /// Makes a picture from its bytes.
  ///
  /// - Parameters:
  ///   - width: The pixels in a row, at least 1.
  ///   - height: The rows, at least 1.
  ///   - layout: What the bytes of a pixel mean.
  ///   - samples: height × width × channels bytes, rows from the top.
  public init(width: Int, height: Int, layout: Layout, samples: [UInt8]) {
    precondition(
      width >= 1 && height >= 1 && samples.count == width * height * layout.channels,
      "\(samples.count) bytes do not fill \(width) × \(height) pixels of \(layout)")
    self.width = width
    self.height = height
    self.layout = layout
    self.samples = samples
  }

  /// The number of pixels.
  public var pixelCount: Int { width * height }

  /// The picture in red, green and blue, what is transparent laid on white: what a person sees in
  /// a viewer.
  ///
  /// - Complexity: O(pixels); the picture itself where it is so already.
  public var opaqueRGB: Picture {
    if layout == .rgb { return self }
    let step = layout.channels
    let rgb = [UInt8](unsafeUninitializedCapacity: 3 * pixelCount) { target, count in
      samples.withUnsafeBufferPointer { source in
        for pixel in 0..<pixelCount {
          let from = pixel * step
          let isColored = step >= 3
          let hasOpacity = step % 2 == 0
          let opacity = hasOpacity ? Int(source[from + step - 1]) : 255
          for channel in 0..<3 {
            let value = Int(source[isColored ? from + channel : from])
            target[3 * pixel + channel] = UInt8(
              (value * opacity + 255 * (255 - opacity) + 127) / 255)
          }
        }
      }
      count = 3 * pixelCount
    }
    return Picture(width: width, height: height, layout: .rgb, samples: rgb)
  }
}
