/// The segments at the beginning of a JPEG file (ITU-T T.81, annex B), looked through for where the
/// pixels start and how the camera was held.
struct JPEGSegments {
  /// Where the first compressed pixels start.
  let scanStart: Int
  /// How the stored picture must be turned to stand upright.
  let orientation: PictureOrientation

  /// Walks through the segments.
  ///
  /// - Throws: ``FormatError`` naming the byte at which the file ends or breaks the rules.
  init(_ bytes: UnsafeRawBufferPointer, path: String) throws {
    var reader = ByteReader(bytes, path: path, offset: 2)
    var orientation = PictureOrientation.upright
    while true {
      let start = reader.offset
      guard try reader.integer("a marker", as: UInt8.self) == 0xFF else {
        throw reader.damaged("a marker should stand here", at: start)
      }
      var marker = try reader.integer("a marker", as: UInt8.self)
      // Any number of 0xFF may stand before a marker.
      while marker == 0xFF { marker = try reader.integer("a marker", as: UInt8.self) }
      // The end of the picture, or what only stands inside of scans.
      guard marker >= 0xC0, !(0xD0...0xD9).contains(marker) else {
        throw reader.damaged("a marker \(marker) before any pixels", at: start)
      }
      let length = try Int(reader.integer("the length of a segment", as: UInt16.self, order: .big))
      let body = try reader.take(length - 2, "a segment")
      if marker == 0xE1, let found = PictureOrientation(exif: body) { orientation = found }
      if marker == 0xDA {
        scanStart = reader.offset
        self.orientation = orientation
        return
      }
    }
  }
}
