import TencaFormats
import TencaNumerics
import Testing

@Suite struct PictureWritingTests {
  private func noise(_ count: Int, below bound: Int = 256, seed: UInt64 = 3) -> [UInt8] {
    var random = RandomStream(seed: seed)
    return (0..<count).map { _ in UInt8(random.integer(below: bound)) }
  }

  @Test(arguments: Picture.Layout.allCases, [(1, 1), (7, 5), (300, 200), (1, 400)])
  func roundTrips(layout: Picture.Layout, size: (width: Int, height: Int)) throws {
    // Noise, which takes more room in the file than in memory.
    let picture = Picture(
      width: size.width, height: size.height, layout: layout,
      samples: noise(size.width * size.height * layout.channels))
    let bytes = try picture.png()
    #expect(try Picture(bytes.span.bytes, path: "noise") == picture)
  }

  @Test(arguments: [1, 2, 3, 16, 17, 256]) func writesPalettes(colors: Int) throws {
    let indices = noise(40 * 30, below: colors) + [UInt8(colors - 1)]
    let palette = noise(3 * colors, seed: 9)
    let picture = IndexedPicture(
      width: 1, height: indices.count, indices: indices, palette: palette)
    let bytes = try picture.png()
    #expect(bytes[25] == 3, "the colour type of a palette")
    let decoded = try Picture(bytes.span.bytes, path: "palette")
    #expect(decoded.layout == .rgb)
    let expected = indices.flatMap { palette[3 * Int($0)..<3 * Int($0) + 3] }
    #expect(decoded.samples == expected)
  }

  @Test func laysTransparencyOnWhite() {
    let rgba = Picture(
      width: 3, height: 1, layout: .rgba,
      samples: [10, 20, 30, 255, 10, 20, 30, 0, 0, 100, 255, 128])
    #expect(rgba.opaqueRGB.samples == [10, 20, 30, 255, 255, 255, 127, 177, 255])
    #expect(rgba.opaqueRGB.layout == .rgb)
    let grey = Picture(width: 2, height: 1, layout: .grey, samples: [7, 200])
    #expect(grey.opaqueRGB.samples == [7, 7, 7, 200, 200, 200])
    let faded = Picture(width: 1, height: 1, layout: .greyAlpha, samples: [0, 51])
    #expect(faded.opaqueRGB.samples == [204, 204, 204])
    let rgb = Picture(width: 1, height: 1, layout: .rgb, samples: [1, 2, 3])
    #expect(rgb.opaqueRGB == rgb)
  }
}
