import Testing

@testable import TencaFormats

@Suite struct PictureReadingTests {
  private func decode(_ bytes: [UInt8], pixelLimit: Int = 1000) throws -> Picture {
    try Picture(bytes.span.bytes, path: "test picture", pixelLimit: pixelLimit)
  }

  /// The first `channels` bytes of each pixel of the reference pictures.
  private func expected(_ channels: Int) -> [UInt8] {
    (0..<15).flatMap { pixel in
      (0..<channels).map { UInt8((4 * pixel + $0) * 37 % 256) }
    }
  }

  @Test(arguments: [
    ("grey", Picture.Layout.grey, ReferencePictures.grey),
    ("grey and opacity", .greyAlpha, ReferencePictures.greyAlpha),
    ("colour", .rgb, ReferencePictures.rgb),
    ("colour and opacity", .rgba, ReferencePictures.rgba),
    ("sixteen bits", .rgb, ReferencePictures.sixteen),
    ("interlaced", .rgb, ReferencePictures.interlaced),
  ])
  func readsPNG(name: String, layout: Picture.Layout, file: [UInt8]) throws {
    let picture = try decode(file)
    #expect(picture.width == 5 && picture.height == 3 && picture.layout == layout)
    #expect(picture.samples == expected(layout.channels))
  }

  @Test func readsPalettesAndBits() throws {
    let colors: [[UInt8]] = [[10, 20, 30], [200, 100, 0], [0, 255, 7], [90, 91, 92]]
    let opacities: [UInt8] = [255, 128, 0, 255]
    let plain = try decode(ReferencePictures.palette)
    let opaque = (0..<15).flatMap { colors[$0 % 4] }
    #expect(plain.layout == .rgb)
    #expect(plain.samples == opaque)
    let transparent = try decode(ReferencePictures.paletteAlpha)
    let faded = (0..<15).flatMap { colors[$0 % 4] + [opacities[$0 % 4]] }
    #expect(transparent.layout == .rgba)
    #expect(transparent.samples == faded)
    let bits = try decode(ReferencePictures.bits)
    #expect(bits.layout == .grey)
    // The palette of the source had four colours in turn: odd ones became white.
    let white: [UInt8] = (0..<15).map { $0 % 4 % 2 == 1 ? 255 : 0 }
    #expect(bits.samples == white)
  }

  /// Every third row and fourth column of what Pillow 13.0.0 decodes: `asarray(im)[::3, ::4]`.
  @Test(arguments: [
    ("colour", ReferencePictures.colorJPEG), ("progressive", ReferencePictures.progressiveJPEG),
  ])
  func readsJPEG(name: String, file: [UInt8]) throws {
    let expected: [UInt8] = [
      0, 2, 114, 55, 9, 118, 137, 5, 114, 196, 9, 122, 13, 69, 130, 70, 75, 133, 152, 71, 129,
      211, 75, 137, 9, 148, 125, 66, 154, 129, 148, 151, 124, 207, 155, 131, 21, 212, 135, 79,
      217, 140, 162, 216, 138, 220, 218, 143,
    ]
    let picture = try decode(file)
    #expect(picture.width == 13 && picture.height == 10 && picture.layout == .rgb)
    var samples: [UInt8] = []
    for y in stride(from: 0, to: 10, by: 3) {
      for x in stride(from: 0, to: 13, by: 4) {
        samples += picture.samples[3 * (13 * y + x)..<3 * (13 * y + x) + 3]
      }
    }
    #expect(samples == expected)
  }

  @Test func readsGreyJPEG() throws {
    let picture = try decode(ReferencePictures.greyJPEG)
    #expect(picture.width == 13 && picture.height == 10 && picture.layout == .grey)
    #expect(picture.samples.reduce(0) { $0 + Int($1) } == 14577)  // as Pillow decodes it
  }

  @Test func turnsJPEGUpright() throws {
    let stored = try decode(ReferencePictures.colorJPEG)
    let picture = try decode(ReferencePictures.turnedJPEG)
    #expect(picture.width == 10 && picture.height == 13)
    for y in 0..<13 {
      for x in 0..<10 {
        // The first stored row, the top one, becomes the right column.
        let from = 3 * ((9 - x) * 13 + y)
        let to = 3 * (10 * y + x)
        #expect(picture.samples[to..<to + 3] == stored.samples[from..<from + 3])
      }
    }
  }

  @Test func readsFiles() throws {
    try withTemporaryFolder { folder in
      let picture = try decode(ReferencePictures.rgba)
      try picture.writePNG(to: "\(folder)/new/picture.png")
      #expect(try Picture(path: "\(folder)/new/picture.png") == picture)
      #expect(throws: FormatError.self) { try Picture(path: "\(folder)/missing.png") }
      #expect(throws: FormatError.self) { try Picture(path: folder) }
    }
  }
}

@Suite struct RefusedPictureTests {
  private func decode(_ bytes: [UInt8]) throws -> Picture {
    try Picture(bytes.span.bytes, path: "test picture", pixelLimit: 1000)
  }

  private func message(_ bytes: [UInt8]) -> String {
    do {
      _ = try decode(bytes)
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [
    ("GIF89a\u{1}", "a GIF"), ("RIFF\u{0}\u{0}\u{0}\u{0}WEBPVP8 ", "a WebP picture"),
    ("II*\u{0}", "a TIFF picture"), ("BM", "a Windows bitmap"), ("%PDF-1.7", "a PDF"),
    ("\u{0}\u{0}\u{0}\u{18}ftypheic", "a HEIF picture"), ("<svg/>", "an SVG drawing"),
    ("a,b\n1,2\n", "no picture that can be read"), ("", "no picture that can be read"),
  ])
  func namesOtherFormats(text: String, name: String) {
    #expect(message(Array(text.utf8)).contains(name))
  }

  @Test func refusesTheEnormousUnread() {
    #expect(message(ReferencePictures.enormous).contains("60000 × 60000 pixels, more than"))
    // The size that a JPEG states in its frame header: 0xFF00 rows of 0xFF00 pixels.
    var jpeg = ReferencePictures.greyJPEG
    let frame = jpeg.indices.first { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 }!
    jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0xFF, 0, 0xFF, 0])
    #expect(message(jpeg).contains("65280 × 65280 pixels, more than"))
  }

  @Test func refusesAnimationsAndPrint() {
    #expect(message(ReferencePictures.animated).contains("an animated PNG"))
    #expect(message(ReferencePictures.printJPEG).contains("CMYK"))
  }

  @Test func namesTheDamagedByte() {
    var bytes = ReferencePictures.grey
    bytes[45] ^= 1  // in the chunk IDAT, which starts at byte 33
    #expect(
      throws: FormatError.damaged(
        path: "test picture", byte: 33, problem: "the chunk IDAT does not have its checksum")
    ) { try decode(bytes) }
  }

  @Test(arguments: [
    ("PNG", ReferencePictures.rgba), ("interlaced PNG", ReferencePictures.interlaced),
    ("palette PNG", ReferencePictures.paletteAlpha), ("JPEG", ReferencePictures.colorJPEG),
    ("progressive JPEG", ReferencePictures.progressiveJPEG),
    ("turned JPEG", ReferencePictures.turnedJPEG),
  ])
  func refusesTruncatedFiles(name: String, file: [UInt8]) {
    expectErrorForEveryTruncation(of: file) { _ = try Picture($0, path: name) }
  }

  @Test(arguments: [
    ("PNG", ReferencePictures.paletteAlpha), ("JPEG", ReferencePictures.greyJPEG),
    ("turned JPEG", ReferencePictures.turnedJPEG),
  ])
  func survivesCorruption(name: String, file: [UInt8]) {
    let refused = expectSurvivalOfEveryCorruption(of: file) {
      _ = try Picture($0, path: name, pixelLimit: 100_000)
    }
    #expect(refused > file.count)
  }

  /// Damage that the checksums of a PNG do not show reaches libpng itself.
  @Test func survivesCorruptionBehindChecksums() {
    for file in [ReferencePictures.rgba, ReferencePictures.paletteAlpha] {
      for index in 16..<file.count - 12 {
        for value in [0x00, 0x01, 0x7F, 0xFF] as [UInt8] {
          var damaged = file
          damaged[index] = value
          let bytes = withChecksumsRenewed(damaged)
          do {
            let picture = try decode(bytes)
            #expect(picture.samples.count <= 4000)
          } catch {
            #expect(error is FormatError)
          }
        }
      }
    }
  }

  private func withChecksumsRenewed(_ file: [UInt8]) -> [UInt8] {
    var bytes = file
    var start = 8
    while start + 12 <= bytes.count {
      let length = bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
      guard start + 12 + length <= bytes.count else { break }
      let sum = Array(bytes[start + 4..<start + 8 + length]).withUnsafeBytes {
        zipChecksum(0, $0)
      }
      for index in 0..<4 {
        bytes[start + 8 + length + index] = UInt8(truncatingIfNeeded: sum >> (24 - 8 * index))
      }
      start += 12 + length
    }
    return bytes
  }
}
