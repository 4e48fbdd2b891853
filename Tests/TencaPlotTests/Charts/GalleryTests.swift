import FoundationEssentials
import Testing

@testable import TencaPlot

/// What must hold for every chart, shown on the examples of ``Gallery``.
@Suite("Every chart")
struct GalleryTests {
  /// Set TENCA_GALLERY to a folder to keep the pictures and look at them.
  @Test(arguments: Gallery.examples)
  func writesEveryFormat(_ example: Gallery.Example) throws {
    try withTemporaryFolder { temporary in
      let folder = ProcessInfo.processInfo.environment["TENCA_GALLERY"] ?? temporary
      let signatures: [(String, [UInt8])] = [
        ("png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        ("svg", Array("<?xml".utf8)), ("pdf", Array("%PDF-".utf8)),
      ]
      for (format, signature) in signatures {
        let path = "\(folder)/\(example.name).\(format)"
        try example.chart.write(to: path)
        #expect(try contents(of: path).starts(with: signature))
      }
    }
  }

  @Test(arguments: Gallery.examples, [0.8, 1.3])
  func textsNeitherOverlapNorLeaveThePage(_ example: Gallery.Example, _ factor: Double) throws {
    let preferred = example.chart.preferredSize
    let size = Size(preferred.width * factor, preferred.height * factor)
    let canvas = try Canvas(format: .png, size: size)
    try example.chart.draw(on: canvas, in: page(size))
    #expect(!canvas.placedTexts.isEmpty)
    #expect(overlaps(canvas.placedTexts).isEmpty)
    for text in canvas.placedTexts {
      for corner in text.corners {
        #expect(
          corner.x > 0 && corner.x < size.width && corner.y > 0 && corner.y < size.height,
          "\(text.string)")
      }
    }
  }

  @Test(arguments: Gallery.examples)
  func tinyPicturesAreDrawnToo(_ example: Gallery.Example) throws {
    for side in [1.0, 40] {
      #expect(try !example.chart.encoded(as: .png, size: Size(side, side)).isEmpty)
    }
  }

  @Test(arguments: Gallery.examples)
  func svgHoldsAllWords(_ example: Gallery.Example) throws {
    let size = example.chart.preferredSize
    let canvas = try Canvas(format: .svg, size: size)
    try example.chart.draw(on: canvas, in: page(size))
    let svg = String(decoding: try example.chart.encoded(as: .svg), as: UTF8.self)
    let description = try #require(
      svg.split(separator: "<desc>").last?.split(separator: "</").first)
    #expect(
      Set(canvas.placedTexts.map(\.string))
        == Set(description.split(separator: "\n").map(String.init)))
    #expect(canvas.placedTexts.contains { $0.string == canvas.title })
  }
}
