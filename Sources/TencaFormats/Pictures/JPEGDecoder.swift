import CTurboJPEG

/// Reads JPEG by the TurboJPEG interface of libjpeg-turbo, which catches its own errors.
enum JPEGDecoder {
  /// - Throws: ``FormatError``. What libjpeg would only warn of, such as missing pixels that it
  ///   fills with grey, is an error too.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, path: String, pixelLimit: Int
  ) throws -> Picture {
    let segments = try JPEGSegments(bytes, path: path)
    guard let decoder = tjInitDecompress() else {
      throw FormatError.unreadable(path: path, reason: "no memory for the decoder of JPEG")
    }
    defer { tjDestroy(decoder) }
    func refuse() -> FormatError {
      let reason = String(cString: tjGetErrorStr2(decoder))
      return .damaged(
        path: path, byte: segments.scanStart,
        problem: "the pixels that start here are cut short or damaged (libjpeg says: \(reason))")
    }
    let start = bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
    let length = UInt(bytes.count)
    var (width, height, sampling, space): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    guard
      tjDecompressHeader3(decoder, start, length, &width, &height, &sampling, &space) == 0
    else { throw refuse() }
    let (columns, rows) = (Int(width), Int(height))
    try Picture.require(width: columns, height: rows, within: pixelLimit, path: path)
    if space == TJCS_CMYK.rawValue || space == TJCS_YCCK.rawValue {
      throw FormatError.unsupported(
        path: path, problem: "it is a JPEG in colours for print (CMYK)", remedy: "Convert it to RGB"
      )
    }
    let isGrey = space == TJCS_GRAY.rawValue
    let layout: Picture.Layout = isGrey ? .grey : .rgb
    let format = isGrey ? TJPF_GRAY : TJPF_RGB
    // Without a limit on scans, a small file can keep the decoder busy for hours.
    let flags = TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS
    let count = columns * rows * layout.channels
    let samples = try [UInt8](unsafeUninitializedCapacity: count) { target, filled in
      guard
        tjDecompress2(
          decoder, start, length, target.baseAddress, width, 0, height, Int32(format.rawValue),
          flags) == 0
      else { throw refuse() }
      filled = count
    }
    return Picture(width: columns, height: rows, layout: layout, samples: samples)
      .upright(from: segments.orientation)
  }
}
