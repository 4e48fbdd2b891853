import Testing

@testable import TencaPlot

@Suite("Text")
struct TextTests {
  static let style = TextStyle(size: 14, color: .black)

  /// The box that layout believes in is the box of the pixels.
  @Test(
    arguments: [0.0, 30, 45, 90, 180],
    [TextAnchor(.leading, .baseline), TextAnchor(.center, .middle), TextAnchor(.trailing, .top)])
  func boxSurroundsTheLetters(_ rotation: Double, _ anchor: TextAnchor) throws {
    var box: [Point] = []
    let picture = try CanvasTests.decoded(Size(240, 240), scale: 1) { canvas in
      canvas.text(
        "Élan, g", at: Point(120, 120), Self.style, anchor: anchor, rotation: rotation)
      box = canvas.placedTexts[0].corners
    }
    let dark = (0..<240 * 240).filter { picture.brightness($0 % 240, $0 / 240) < 600 }
      .map { (x: Double($0 % 240), y: Double($0 / 240)) }
    try #require(!dark.isEmpty)
    let outside = dark.filter { pixel in
      // Inside a box that runs clockwise on the page, a point is to the right of every side.
      box.indices.contains { i in
        let (a, b) = (box[i], box[(i + 1) % 4])
        let length = ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot()
        let side =
          ((b.x - a.x) * (pixel.y + 0.5 - a.y) - (b.y - a.y) * (pixel.x + 0.5 - a.x)) / length
        return side < -1
      }
    }
    #expect(outside.isEmpty)
    if rotation.truncatingRemainder(dividingBy: 90) == 0 {
      #expect(abs(dark.map(\.x).min()! - box.map(\.x).min()!) < 1.5)
      #expect(abs(dark.map(\.x).max()! + 1 - box.map(\.x).max()!) < 1.5)
      #expect(abs(dark.map(\.y).min()! - box.map(\.y).min()!) < 1.5)
      #expect(abs(dark.map(\.y).max()! + 1 - box.map(\.y).max()!) < 1.5)
    }
  }

  @Test func anchorsMoveTheText() throws {
    let canvas = try Canvas(format: .png, size: Size(100, 100))
    let width = canvas.width(of: "HH", Self.style)
    let height = canvas.capitalHeight(Self.style)
    func box(_ anchor: TextAnchor) -> [Point] {
      canvas.text("HH", at: Point(50, 50), Self.style, anchor: anchor)
      return canvas.placedTexts.last!.corners
    }
    let leading = box(TextAnchor(.leading, .baseline))
    let trailing = box(TextAnchor(.trailing, .top))
    #expect(abs(leading[0].x - trailing[0].x - width) < 1e-6)
    #expect(abs(trailing[0].y - leading[0].y - height) < 1e-6)
    let middle = box(TextAnchor(.center, .middle))
    #expect(abs((middle[0].y + middle[2].y) / 2 - 50) < 1e-6)
  }

  @Test func shortensOnlyWhatIsTooWide() throws {
    let canvas = try Canvas(format: .png, size: Size(100, 100))
    let long = "a class with a very long name"
    #expect(canvas.shortened("dog", to: 100, Self.style) == "dog")
    let short = canvas.shortened(long, to: 100, Self.style)
    #expect(short.hasSuffix("…") && long.hasPrefix(short.dropLast()) && short.count > 5)
    #expect(canvas.width(of: short, Self.style) <= 100)
    #expect(canvas.shortened(long, to: 0, Self.style) == "…")
  }
}
