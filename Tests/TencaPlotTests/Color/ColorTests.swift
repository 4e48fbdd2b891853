import Testing

@testable import TencaPlot

@Suite("Colours")
struct ColorTests {
  /// CSS Color Module Level 4, sample conversions of sRGB primaries to oklch().
  @Test(arguments: [
    (0xFFFFFF as UInt32, 1.0, 0.0, 0.0), (0xFF0000, 0.62796, 0.25768, 29.23),
    (0x00FF00, 0.86644, 0.29483, 142.50), (0x0000FF, 0.45201, 0.31321, 264.05),
  ])
  func oklchOfPrimaries(_ hex: UInt32, lightness: Double, chroma: Double, hue: Double) {
    let color = OKLCh(Color(hex: hex))
    #expect(abs(color.lightness - lightness) < 1e-4)
    #expect(abs(color.chroma - chroma) < 1e-4)
    // The hue of white means nothing.
    let turned = color.hue < 0 ? color.hue + 360 : color.hue
    #expect(chroma == 0 || abs(turned - hue) < 0.02)
  }

  @Test func oklchComesBack() {
    for hex in stride(from: 0 as UInt32, through: 0xFFFFFF, by: 0x1357) {
      let color = Color(hex: hex)
      #expect(OKLCh(color).color.bytes == color.bytes, "\(hex)")
    }
  }

  @Test func outsideTheGamutOnlyChromaIsLost() {
    let wanted = OKLCh(lightness: 0.5, chroma: 0.5, hue: 200)
    let shown = OKLCh(wanted.color)
    #expect(abs(shown.lightness - 0.5) < 1e-4)
    #expect(abs(shown.hue + 360 - 200) < 0.1)
    #expect(shown.chroma > 0.05 && shown.chroma < 0.5)
  }

  @Test func textIsReadableOnEveryColor() {
    for hex in stride(from: 0 as UInt32, through: 0xFFFFFF, by: 0x1357) {
      let color = Color(hex: hex)
      #expect(color.contrast(with: color.readableText) > 3.9)
    }
    #expect(abs(Color.black.contrast(with: .white) - 21) < 1e-9)
  }
}

@Suite("Colour maps")
struct ColorMapTests {
  static func lightness(_ map: ColorMap) -> [Double] {
    // As bytes, the way they reach the screen.
    map.colors.map { color in
      let bytes = color.bytes
      return OKLCh(
        Color(hex: UInt32(bytes[0]) << 16 | UInt32(bytes[1]) << 8 | UInt32(bytes[2]))
      ).lightness
    }
  }

  @Test func dawnRisesEvenly() {
    let levels = Self.lightness(.dawn)
    #expect(zip(levels, levels.dropFirst()).allSatisfy { $0 < $1 })
    let (first, last) = (levels[0], levels[255])
    #expect(first < 0.15 && last > 0.94)
    for (i, level) in levels.enumerated() {
      #expect(abs(level - (first + (last - first) * Double(i) / 255)) < 0.01)
    }
  }

  @Test func tideFallsEvenly() {
    // Steps so near to white are finer than bytes.
    let levels = ColorMap.tide.colors.map { OKLCh($0).lightness }
    #expect(zip(levels, levels.dropFirst()).allSatisfy { $0 > $1 })
    let bytes = Self.lightness(.tide)
    #expect(zip(bytes, bytes.dropFirst()).allSatisfy { $0 >= $1 })
    for (i, level) in levels.enumerated() {
      #expect(abs(level - (levels[0] + (levels[255] - levels[0]) * Double(i) / 255)) < 0.01)
    }
  }

  @Test func balanceHasTwoEqualArms() {
    let levels = Self.lightness(.balance)
    #expect(levels.count % 2 == 1)
    let middle = levels.count / 2
    #expect(levels.max() == levels[middle])
    for i in 0..<middle {
      #expect(levels[i] < levels[i + 1])
      #expect(abs(levels[i] - levels[levels.count - 1 - i]) < 0.01)
    }
  }

  @Test func weatherFallsEvenly() {
    let levels = Self.lightness(.weather)
    for (i, level) in levels.enumerated() {
      #expect(abs(level - (levels[0] + (levels[255] - levels[0]) * Double(i) / 255)) < 0.01)
    }
    #expect(levels[0] > 0.93 && levels[255] < 0.57)
  }

  @Test func clipsAndMarksWhatIsMissing() {
    let map = ColorMap([.black, .white])
    #expect(map[-1] == .black && map[7] == .white && map[.infinity] == .white)
    #expect(map[.nan] == .missing)
  }
}

@Suite("Palette")
struct PaletteTests {
  /// How people with each kind of dichromacy see a linear RGB colour: G. Machado, M. Oliveira and
  /// L. Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency"
  /// (2009), severity 1.
  static let visions: [(name: String, rows: [[Double]])] = [
    ("trichromacy", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    (
      "protanopia",
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    ),
    (
      "deuteranopia",
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    ),
  ]

  @Test(arguments: visions.map(\.name))
  func baseColorsStayApart(_ vision: String) throws {
    let rows = try #require(Self.visions.first { $0.name == vision }).rows
    let seen = Palette.base.map { color -> [Double] in
      let linear = [color.red, color.green, color.blue].map(linearized)
      let mixed = rows.map { row in zip(row, linear).reduce(0) { $0 + $1.0 * $1.1 } }
      let encoded = mixed.map { value -> Double in
        // The inverse of `linearized`, by bisection.
        var (low, high) = (0.0, 1.0)
        for _ in 0..<40 {
          let middle = (low + high) / 2
          if linearized(middle) < value { low = middle } else { high = middle }
        }
        return low
      }
      let polar = OKLCh(Color(red: encoded[0], green: encoded[1], blue: encoded[2]))
      let angle = polar.hue * .pi / 180
      return [
        polar.lightness, polar.chroma * cosine(angle), polar.chroma * cosine(angle - .pi / 2),
      ]
    }
    for i in seen.indices {
      for j in 0..<i {
        let distance = zip(seen[i], seen[j]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        #expect(distance.squareRoot() > 0.06, "colours \(j) and \(i)")
      }
    }
  }

  /// In grey print, colours are their luminance: neighbours differ by 17 of 255 steps of grey or more.
  @Test(arguments: 2...6)
  func orderedColorsStayApartInGrey(_ count: Int) {
    let greys = Palette.ordered(count).map { color -> Double in
      let bytes = color.bytes.map { linearized(Double($0) / 255) }
      let luminance = 0.2126 * bytes[0] + 0.7152 * bytes[1] + 0.0722 * bytes[2]
      return 255 * OKLCh(lightness: power(luminance, 1 / 3.0), chroma: 0, hue: 0).color.red
    }
    for (lighter, darker) in zip(greys, greys.dropFirst()) {
      #expect(lighter - darker >= 17, "\(greys)")
    }
  }

  /// A thin dark line stays readable on each: the guidelines ask 3 to 1 of lines in pictures.
  @Test func aLineIsReadableOnOrderedColors() {
    for color in Palette.ordered(6) { #expect(color.contrast(with: .ink) >= 3) }
  }

  @Test func orderedColorsOfAnyNumber() {
    #expect(Palette.ordered(0).isEmpty)
    #expect(Palette.ordered(1) == [ColorMap.weather.colors[0]])
    #expect(Set(Palette.ordered(20)).count == 20)
  }

  @Test func firstGroupsDiffer() {
    #expect(Set((0..<22).map(Palette.color)).count == 22)
    #expect(Palette.color(22) == Palette.color(0))
  }
}
