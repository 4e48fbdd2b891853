import FoundationEssentials
import Testing

@testable import TencaPlot

@Suite("Every chart")
struct GalleryTests {
  /// Set TENCA_GALLERY to a folder to look at the pictures.
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
}
