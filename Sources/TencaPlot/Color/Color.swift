/// A colour in the sRGB space that screens use.
public struct Color: Sendable, Hashable {
  /// Red, from 0 to 1, gamma-encoded as in sRGB.
  public var red: Double
  /// Green, from 0 to 1.
  public var green: Double
  /// Blue, from 0 to 1.
  public var blue: Double
  /// How much of what lies below is covered, from 0 to 1.
  public var alpha: Double

  /// Makes a colour from its components, each from 0 to 1.
  public init(red: Double, green: Double, blue: Double, alpha: Double = 1) {
    self.red = red
    self.green = green
    self.blue = blue
    self.alpha = alpha
  }

  /// Makes the colour that is written #RRGGBB on the web.
  public init(hex: UInt32) {
    self.init(
      red: Double(hex >> 16 & 0xFF) / 255, green: Double(hex >> 8 & 0xFF) / 255,
      blue: Double(hex & 0xFF) / 255)
  }

  /// The same colour, covering less of what lies below.
  public func opacity(_ alpha: Double) -> Color {
    Color(red: red, green: green, blue: blue, alpha: alpha)
  }

  /// White.
  public static let white = Color(hex: 0xFFFFFF)
  /// Black.
  public static let black = Color(hex: 0x000000)
  /// The near-black of text.
  public static let ink = Color(hex: 0x1F2328)
  /// The grey of cells without a value.
  public static let missing = Color(hex: 0xB4B4B4)

  /// Red, green and blue as bytes; `alpha` is left out.
  var bytes: [UInt8] {
    [red, green, blue].map { UInt8((min(max($0, 0), 1) * 255).rounded()) }
  }

  /// ``ink`` or white, whichever reads better on this colour.
  public var readableText: Color {
    contrast(with: .ink) >= contrast(with: .white) ? .ink : .white
  }

  /// The contrast ratio, from 1 to 21, of the Web Content Accessibility Guidelines 2.2.
  func contrast(with other: Color) -> Double {
    let a = relativeLuminance
    let b = other.relativeLuminance
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  private var relativeLuminance: Double {
    0.2126 * linearized(red) + 0.7152 * linearized(green) + 0.0722 * linearized(blue)
  }
}
