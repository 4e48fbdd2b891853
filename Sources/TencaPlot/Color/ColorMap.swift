/// Colours for numbers: a table that runs from the colour of the lowest to that of the highest.
public struct ColorMap: Sendable, Equatable {
  /// The colours, evenly spaced, at least two.
  public let colors: [Color]

  /// Makes a map from evenly spaced colours.
  ///
  /// - Precondition: There are at least two.
  public init(_ colors: [Color]) {
    precondition(colors.count >= 2, "a colour map of \(colors.count) colours")
    self.colors = colors
  }

  /// The colour at `fraction` of the way, clipped to 0…1; ``Color/missing`` for NaN.
  ///
  /// - Complexity: O(1).
  public subscript(fraction: Double) -> Color {
    if fraction.isNaN { return .missing }
    return colors[Int((min(max(fraction, 0), 1) * Double(colors.count - 1)).rounded())]
  }

  /// Evenly spaced colours through evenly spaced `stops`, straight in lightness, chroma and hue.
  private static func blend(_ stops: [OKLCh], count: Int) -> [Color] {
    (0..<count).map { index in
      let place = Double(index) / Double(count - 1) * Double(stops.count - 1)
      let first = min(Int(place), stops.count - 2)
      let (a, b, t) = (stops[first], stops[first + 1], place - Double(first))
      return OKLCh(
        lightness: a.lightness + t * (b.lightness - a.lightness),
        chroma: a.chroma + t * (b.chroma - a.chroma), hue: a.hue + t * (b.hue - a.hue)
      ).color
    }
  }

  /// From night blue through violet, rose and amber to pale yellow, for spectrograms and other
  /// magnitudes. Lightness rises linearly, so equal steps look equal, in grey print too.
  public static let dawn = ColorMap(
    blend(
      [
        OKLCh(lightness: 0.13, chroma: 0.05, hue: 275),
        OKLCh(lightness: 0.335, chroma: 0.15, hue: 302),
        OKLCh(lightness: 0.54, chroma: 0.19, hue: 360),
        OKLCh(lightness: 0.745, chroma: 0.165, hue: 410),
        OKLCh(lightness: 0.95, chroma: 0.10, hue: 465),
      ], count: 256))

  /// From a breath of blue on white to deep blue, for counts and shares. Lightness falls linearly.
  public static let tide = ColorMap(
    blend(
      [
        OKLCh(lightness: 0.975, chroma: 0.007, hue: 225),
        OKLCh(lightness: 0.8, chroma: 0.085, hue: 235),
        OKLCh(lightness: 0.625, chroma: 0.13, hue: 248),
        OKLCh(lightness: 0.45, chroma: 0.125, hue: 257),
        OKLCh(lightness: 0.275, chroma: 0.08, hue: 265),
      ], count: 256))

  /// From the pale blue of a calm sky through sand and orange to a deep red, for groups in an order, as
  /// areas under a dark line. Lightness falls linearly, so that the order shows in grey print too.
  public static let weather = ColorMap(
    blend(
      [
        OKLCh(lightness: 0.94, chroma: 0.03, hue: 235),
        OKLCh(lightness: 0.813, chroma: 0.12, hue: 85),
        OKLCh(lightness: 0.687, chroma: 0.16, hue: 50),
        OKLCh(lightness: 0.56, chroma: 0.17, hue: 22),
      ], count: 256))

  /// From blue through near-white to red, for differences about a middle. Both arms are equally
  /// dark at equal distance from it.
  public static let balance: ColorMap = {
    // The arms are made apart, so that hues do not run from blue to red through green.
    func arm(_ dark: OKLCh, _ mid: OKLCh) -> [Color] {
      blend([dark, mid, OKLCh(lightness: 0.98, chroma: 0, hue: mid.hue)], count: 129)
    }
    let low = arm(
      OKLCh(lightness: 0.38, chroma: 0.13, hue: 258), OKLCh(lightness: 0.68, chroma: 0.12, hue: 248)
    )
    let high = arm(
      OKLCh(lightness: 0.38, chroma: 0.13, hue: 25), OKLCh(lightness: 0.68, chroma: 0.12, hue: 40))
    return ColorMap(low + high.dropLast().reversed())
  }()
}
