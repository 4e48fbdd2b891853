import CPNG

/// Reads PNG by the simplified interface of libpng, which catches its own errors.
enum PNGDecoder {
  /// - Throws: ``FormatError``.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, path: String, pixelLimit: Int
  ) throws -> Picture {
    let header = try PNGChunks.check(bytes, path: path)
    try Picture.require(
      width: header.width, height: header.height, within: pixelLimit, path: path)
    let png = PNGImage()
    func refuse() -> FormatError {
      .damaged(path: path, byte: 0, problem: "libpng cannot read the picture (\(png.message))")
    }
    guard png_image_begin_read_from_memory(png.state, bytes.baseAddress, bytes.count) != 0 else {
      throw refuse()
    }
    let layout = Picture.Layout(format: png.state.pointee.format)
    png.state.pointee.format = layout.format
    // Files of sixteen bits that do not state a gamma hold sRGB, as those of eight bits do.
    png.state.pointee.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
    let count = header.width * header.height * layout.channels
    let samples = try [UInt8](unsafeUninitializedCapacity: count) { target, filled in
      guard png_image_finish_read(png.state, nil, target.baseAddress, 0, nil) != 0 else {
        throw refuse()
      }
      filled = count
    }
    return Picture(
      width: header.width, height: header.height, layout: layout, samples: samples)
  }
}

/// The state of libpng's simplified interface. libpng keeps a pointer to it, so it must stay where
/// it is.
final class PNGImage {
  let state = UnsafeMutablePointer<png_image>.allocate(capacity: 1)

  init() {
    state.initialize(to: png_image())
    state.pointee.version = png_uint_32(PNG_IMAGE_VERSION)
  }

  deinit {
    png_image_free(state)
    state.deallocate()
  }

  /// What libpng says of its last failure.
  var message: String {
    withUnsafeBytes(of: &state.pointee.message) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}

extension Picture.Layout {
  /// The layout that holds all that a file of libpng's `format` does, but for depth.
  fileprivate init(format: png_uint_32) {
    let hasColor = format & PNG_FORMAT_FLAG_COLOR != 0
    let hasAlpha = format & PNG_FORMAT_FLAG_ALPHA != 0
    self = hasColor ? (hasAlpha ? .rgba : .rgb) : (hasAlpha ? .greyAlpha : .grey)
  }

  /// How libpng calls this layout.
  var format: png_uint_32 {
    switch self {
    case .grey: 0
    case .greyAlpha: PNG_FORMAT_FLAG_ALPHA
    case .rgb: PNG_FORMAT_FLAG_COLOR
    case .rgba: PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA
    }
  }
}
