#if canImport(Glibc)
  internal import Glibc
#endif

/// A colour by lightness, colourfulness and hue as people see them: equal steps look equal.
///
/// The polar form of OKLab: Björn Ottosson, "A perceptual color space for image processing" (2020).
struct OKLCh: Equatable {
  /// From 0 (black) to 1 (white).
  var lightness: Double
  /// From 0 (grey) to about 0.32.
  var chroma: Double
  /// In degrees: 29 red, 110 yellow, 142 green, 264 blue.
  var hue: Double

  init(lightness: Double, chroma: Double, hue: Double) {
    self.lightness = lightness
    self.chroma = chroma
    self.hue = hue
  }

  init(_ color: Color) {
    let r = linearized(color.red)
    let g = linearized(color.green)
    let b = linearized(color.blue)
    let l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    let m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    let s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    let a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s
    let bb = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s
    chroma = (a * a + bb * bb).squareRoot()
    hue = atan2(bb, a) * 180 / Double.pi
  }

  /// The colour of this lightness and hue that a screen can show, with as much of this chroma as
  /// it can show.
  var color: Color {
    if let color = exactColor { return color }
    var low = self
    low.chroma = 0
    var high = self
    for _ in 0..<24 {
      var middle = self
      middle.chroma = (low.chroma + high.chroma) / 2
      if middle.exactColor == nil { high = middle } else { low = middle }
    }
    return low.exactColor ?? Color(red: lightness, green: lightness, blue: lightness)
  }

  /// The colour, or nil where a screen cannot show it.
  private var exactColor: Color? {
    let angle = hue * Double.pi / 180
    let a = chroma * cos(angle)
    let b = chroma * sin(angle)
    func cube(_ x: Double) -> Double { x * x * x }
    let l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b)
    let m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b)
    let s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b)
    let linear = [
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    ]
    // A millionth beyond is rounding of the published coefficients.
    guard linear.allSatisfy({ (-1e-6...1 + 1e-6).contains($0) }) else { return nil }
    let encoded = linear.map { gammaEncoded(min(max($0, 0), 1)) }
    return Color(red: encoded[0], green: encoded[1], blue: encoded[2])
  }
}

/// Light intensity of an sRGB component (IEC 61966-2-1).
func linearized(_ component: Double) -> Double {
  component <= 0.04045 ? component / 12.92 : pow((component + 0.055) / 1.055, 2.4)
}

private func gammaEncoded(_ intensity: Double) -> Double {
  intensity <= 0.0031308 ? intensity * 12.92 : 1.055 * pow(intensity, 1 / 2.4) - 0.055
}
