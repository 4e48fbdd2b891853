import FoundationEssentials
import Testing

@testable import TencaPlot

@Suite("Canvas")
struct CanvasTests {
  static func decoded(
    _ size: Size, scale: Double = 1, _ draw: (Canvas) throws -> Void
  ) throws -> DecodedPicture {
    try DecodedPicture(Canvas.encode(as: .png, size: size, scale: scale, draw))
  }

  @Test(arguments: [1.0, 2, 3])
  func drawsInPointsOnWhite(_ scale: Double) throws {
    let picture = try Self.decoded(Size(20, 10), scale: scale) { canvas in
      canvas.rectangle(Rect(x: 5, y: 2, width: 10, height: 6), fill: Color(hex: 0x123456))
    }
    #expect(picture.width == Int(20 * scale) && picture.height == Int(10 * scale))
    let edge = Int(5 * scale)
    #expect(picture[edge, Int(5 * scale)] == 0x123456)
    #expect(picture[edge - 1, Int(5 * scale)] == 0xFFFFFF)
    #expect(picture[Int(15 * scale), Int(5 * scale)] == 0xFFFFFF)
  }

  @Test func clippingEndsWithItsClosure() throws {
    let picture = try Self.decoded(Size(30, 10)) { canvas in
      canvas.clipped(to: Rect(x: 0, y: 0, width: 10, height: 10)) {
        canvas.rectangle(Rect(x: 0, y: 0, width: 20, height: 10), fill: .black)
      }
      canvas.rectangle(Rect(x: 25, y: 0, width: 5, height: 10), fill: .black)
    }
    #expect([5, 15, 27].map { picture[$0, 5] } == [0, 0xFFFFFF, 0])
  }

  @Test func nearestScalingKeepsColorsAndSmoothMixesThem() throws {
    let image = PixelImage(width: 2, height: 1, rgb: [255, 0, 0, 0, 0, 255])
    let rect = Rect(x: 0, y: 0, width: 20, height: 10)
    let nearest = try Self.decoded(Size(20, 10)) { $0.image(image, in: rect) }
    #expect([0, 9, 10, 19].map { nearest[$0, 5] } == [0xFF0000, 0xFF0000, 0xFF, 0xFF])
    let smooth = try Self.decoded(Size(20, 10)) { $0.image(image, in: rect, scaling: .smooth) }
    #expect(smooth[0, 5] == 0xFF0000 && smooth[19, 5] == 0xFF)
    let red = (0..<20).map { smooth[$0, 5] >> 16 }
    #expect(zip(red, red.dropFirst()).allSatisfy { $0 >= $1 } && Set(red).count > 5)
  }

  @Test(arguments: Marker.allCases)
  func markersHaveTheAreaOfTheirDisc(_ shape: Marker) throws {
    let picture = try Self.decoded(Size(100, 100)) {
      $0.marker(shape, at: Point(50, 50), radius: 25, fill: .black)
    }
    let dark = (0..<10000).count { picture.brightness($0 % 100, $0 / 100) < 384 }
    #expect(abs(Double(dark) / (Double.pi * 625) - 1) < 0.1)
  }

  @Test(arguments: [Size(0, 10), Size(10, -1), Size(.nan, 10), Size(1e9, 10), Size(10, .infinity)])
  func refusesSizesItCannotDraw(_ size: Size) {
    for format in PictureFormat.allCases {
      #expect {
        try Canvas.encode(as: format, size: size) { _ in }
      } throws: { error in
        guard case PlotError.badSize = error else { return false }
        return true
      }
    }
  }

  @Test func reportsWhatTheLibraryCannotDraw() {
    let wide = PixelImage(width: 40000, height: 1, rgb: [UInt8](repeating: 0, count: 120_000))
    #expect {
      try Canvas.encode(as: .png, size: Size(10, 10)) {
        $0.image(wide, in: Rect(x: 0, y: 0, width: 10, height: 10))
      }
    } throws: { error in
      guard case PlotError.drawingFailed = error else { return false }
      return true
    }
  }
}

@Suite("Picture files")
struct PictureFileTests {
  @Test(arguments: [
    ("a.png", PictureFormat.png), ("dir.x/b.SVG", .svg), ("c.tar.Pdf", .pdf),
  ])
  func formatFollowsExtension(_ path: String, _ format: PictureFormat) throws {
    #expect(try PictureFormat(path: path) == format)
  }

  @Test(arguments: ["a.gif", "picture", "dir.png/file", "", "png", "a."])
  func unknownExtensionNamesTheKnownOnes(_ path: String) throws {
    let error = #expect(throws: PlotError.unknownFormat(path: path)) {
      try Canvas.render(to: path, width: 10, height: 10) { _ in }
    }
    let words = try #require(error).description
    #expect([path, ".png", ".svg", ".pdf"].allSatisfy(words.contains) || path.isEmpty)
  }

  @Test func unwritablePathIsNamed() throws {
    try withTemporaryFolder { folder in
      let file = folder + "/file"
      try Canvas.render(to: file + ".png", width: 10, height: 10) { _ in }
      try FileManager.default.createDirectory(
        atPath: folder + "/taken.png", withIntermediateDirectories: true)
      for path in [file + ".png/under.png", folder + "/taken.png"] {
        let error = #expect(throws: PlotError.self) {
          try Canvas.render(to: path, width: 10, height: 10) { _ in }
        }
        guard case .unwritable(path, _) = try #require(error) else {
          Issue.record("\(path): \(String(describing: error))")
          return
        }
      }
    }
  }

  @Test func failedDrawingLeavesTheOldFile() throws {
    struct Stop: Error {}
    try withTemporaryFolder { folder in
      let path = folder + "/a.svg"
      try Canvas.render(to: path, width: 10, height: 10) { _ in }
      let before = try contents(of: path)
      #expect(throws: Stop.self) {
        try Canvas.render(to: path, width: 20, height: 20) { _ in throw Stop() }
      }
      #expect(try contents(of: path) == before)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.svg"])
    }
  }

  @Test func svgHoldsItsWords() throws {
    let bytes = try Canvas.encode(as: .svg, size: Size(200, 50)) { canvas in
      canvas.title = "R&D"
      canvas.text("a < b", at: Point(5, 20), TextStyle(size: 10))
      canvas.text("käse\u{0}\n", at: Point(5, 40), TextStyle(size: 10))
    }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("<title>R&amp;D</title>\n<desc>a &lt; b\nkäse  </desc>"))
    #expect(text.hasSuffix("</svg>\n"))
  }

  @Test func pdfHoldsItsTitle() throws {
    let bytes = try Canvas.encode(as: .pdf, size: Size(200, 50)) { $0.title = "Confusion" }
    #expect(String(decoding: bytes, as: UTF8.self).contains("/Title (Confusion)"))
  }
}
