import Testing

@testable import TencaFormats

@Suite struct PictureOrientationTests {
  /// What lies where in an upright picture of 2 × 3 pixels, for stored rows "ab", "cd", "ef", by the
  /// words of Exif 2.3: tag 6, say, has the first row on the right and the first column on top.
  @Test(arguments: [
    (1, 2, "abcdef"), (2, 2, "badcfe"), (3, 2, "fedcba"), (4, 2, "efcdab"), (5, 3, "acebdf"),
    (6, 3, "ecafdb"), (7, 3, "fdbeca"), (8, 3, "bdface"),
  ])
  func turnsUpright(tag: Int, width: Int, upright: String) {
    let stored = Picture(width: 2, height: 3, layout: .grey, samples: Array("abcdef".utf8))
    let turned = stored.upright(from: PictureOrientation(tag: tag)!)
    #expect(turned.width == width && turned.height == 6 / width)
    #expect(String(decoding: turned.samples, as: UTF8.self) == upright)
  }

  @Test func readsBothByteOrders() {
    func orientation(_ hex: String) -> PictureOrientation? {
      bytes(hex: "457869660000 " + hex).withUnsafeBytes { PictureOrientation(exif: $0) }
    }
    let big = "4D4D002A 00000008 0001 0112 0003 00000001 0006 0000"
    let little = "49492A00 08000000 0100 1201 0300 01000000 0600 0000"
    #expect(orientation(big) == PictureOrientation(tag: 6))
    #expect(orientation(little) == PictureOrientation(tag: 6))
    #expect(orientation("4D4D002A 00000008 0001 0112 0003 00000001 0009 0000") == nil)
    #expect(orientation("4D4D002A FFFFFFFF 0001") == nil)
    #expect(orientation("4D4D002A 00000008 FFFF 0110") == nil)
    #expect(orientation("") == nil)
  }
}
