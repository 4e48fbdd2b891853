#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A colour by CIE 1976 L*a*b* under daylight (D65): distances are about what people see.
public struct CIELab: Sendable, Equatable {
  /// From 0 (black) to 100 (white).
  public var lightness: Float
  /// From green (about -86) to red (about 98).
  public var a: Float
  /// From blue (about -108) to yellow (about 94).
  public var b: Float

  /// Makes a colour from its coordinates.
  public init(lightness: Float, a: Float, b: Float) {
    self.lightness = lightness
    self.a = a
    self.b = b
  }

  /// The colour that a screen shows for the bytes of sRGB: gamma undone (IEC 61966-2-1), seen
  /// against D65 white (CIE 15:2004). Equal bytes are grey: a* and b* are zero, without rounding.
  public init(red: UInt8, green: UInt8, blue: UInt8) {
    let r = Self.linear[Int(red)]
    if red == green && green == blue {
      self.init(lightness: 116 * Self.compressed(r) - 16, a: 0, b: 0)
      return
    }
    let g = Self.linear[Int(green)]
    let b = Self.linear[Int(blue)]
    // Rows of the matrix from linear sRGB to XYZ, each divided by its sum: white is (1, 1, 1).
    let x = Self.compressed(0.43394994 * r + 0.37620977 * g + 0.18984029 * b)
    let y = Self.compressed(0.21267288 * r + 0.71515213 * g + 0.07217499 * b)
    let z = Self.compressed(0.01775658 * r + 0.10946796 * g + 0.87277546 * b)
    self.init(lightness: 116 * y - 16, a: 500 * (x - y), b: 200 * (y - z))
  }

  /// The intensity of each byte of sRGB, from 0 to 1.
  private static let linear: [Float] = (0...255).map { byte in
    let value = Double(byte) / 255
    return Float(value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4))
  }

  /// The cube root, near black replaced by its tangent.
  private static func compressed(_ t: Float) -> Float {
    t > 216.0 / 24389 ? cbrtf(t) : (24389.0 / 27 * t + 16) / 116
  }
}
