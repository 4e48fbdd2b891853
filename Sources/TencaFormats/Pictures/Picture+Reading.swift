extension Picture {
  /// Reads the PNG or JPEG picture in the file at `path`; "-" is standard input.
  ///
  /// The contents, not the name, say which it is. Sixteen bits a channel are reduced to eight,
  /// palettes become colours, and the gamma that a PNG states is undone. A JPEG is turned upright
  /// where its camera noted how it was held.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - pixelLimit: The most pixels to read; a picture that claims more is refused before memory
  ///     is reserved for it.
  /// - Throws: ``FormatError``: for a file that cannot be read, is cut short or damaged, is neither
  ///   PNG nor JPEG, moves (APNG), is made for print (CMYK), or is too large.
  /// - Complexity: O(pixels).
  public init(path: String, pixelLimit: Int = defaultPixelLimit) throws {
    let file = try FileBytes(path: path)
    self = try file.withBytes {
      try Picture($0, path: file.path, pixelLimit: pixelLimit)
    }
  }

  /// Reads the picture in `bytes`; see ``init(path:pixelLimit:)``.
  public init(_ bytes: RawSpan, path: String, pixelLimit: Int = defaultPixelLimit) throws {
    self = try bytes.withUnsafeBytes { bytes in
      switch PictureKind(bytes) {
      case .png: try PNGDecoder.decode(bytes, path: path, pixelLimit: pixelLimit)
      case .jpeg: try JPEGDecoder.decode(bytes, path: path, pixelLimit: pixelLimit)
      case .other(let name):
        throw FormatError.unsupported(
          path: path, problem: "it is \(name), and pictures are read as PNG or JPEG",
          remedy: "Convert it to PNG")
      case .unknown:
        throw FormatError.unsupported(
          path: path,
          problem: "it is no picture that can be read: it begins with neither the "
            + "bytes of a PNG nor those of a JPEG",
          remedy: "Check the file, or convert it to PNG")
      }
    }
  }

  /// - Throws: ``FormatError/unsupported(path:problem:remedy:)`` for a picture of more pixels than
  ///   are wanted.
  static func require(width: Int, height: Int, within pixelLimit: Int, path: String) throws {
    let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
    guard !overflow, pixels <= pixelLimit else {
      throw FormatError.unsupported(
        path: path,
        problem: "it has \(width) × \(height) pixels, more than the limit of \(pixelLimit)",
        remedy: "Make the picture smaller, or raise the limit")
    }
  }
}

/// What a file of a picture is, by its first bytes.
private enum PictureKind {
  case png, jpeg
  /// A format by its name, with its article.
  case other(String)
  case unknown

  init(_ bytes: UnsafeRawBufferPointer) {
    func has(_ signature: [UInt8], at offset: Int = 0) -> Bool {
      bytes.count >= offset + signature.count
        && bytes[offset..<offset + signature.count].elementsEqual(signature)
    }
    func has(_ text: String, at offset: Int = 0) -> Bool { has(Array(text.utf8), at: offset) }
    self =
      if has([0x89, 0x50]) { .png } else if has([0xFF, 0xD8]) { .jpeg } else if has("GIF8") {
        .other("a GIF")
      } else if has("RIFF") && has("WEBP", at: 8) { .other("a WebP picture") } else if has("BM") {
        .other("a Windows bitmap")
      } else if has("II*\0") || has("MM\0*") {
        .other("a TIFF picture")
      } else if has("ftypavif", at: 4) { .other("an AVIF picture") } else if has("ftyp", at: 4) {
        .other("a HEIF picture or a film")
      } else if has("%PDF") { .other("a PDF") } else if has("<svg") || has("<?xml") {
        .other("an SVG drawing or another XML text")
      } else { .unknown }
  }
}
