import CPNG
import TencaNumerics

extension Picture {
  /// The picture as a PNG file.
  ///
  /// - Throws: ``FormatError/unencodable(name:problem:)`` where memory is short or a side has more
  ///   than a million pixels, libpng's limit.
  /// - Complexity: O(pixels), 1 megapixel of colour in about 0.1 s.
  public func png() throws -> [UInt8] {
    try encodePNG(
      width: width, height: height, format: layout.format, rows: samples, palette: [])
  }

  /// Replaces the file at `path` by the picture as a PNG.
  ///
  /// - Throws: As ``png()``; `ReplacingFileError`.
  public func writePNG(to path: String) throws {
    try ReplacingFile.write(png(), to: path)
  }
}

extension IndexedPicture {
  /// The picture as a PNG file with a palette, whose pixels are the numbers of colours themselves.
  ///
  /// - Throws: As ``Picture/png()``.
  /// - Complexity: O(pixels).
  public func png() throws -> [UInt8] {
    try encodePNG(
      width: width, height: height, format: PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_COLORMAP,
      rows: indices, palette: palette)
  }

  /// Replaces the file at `path` by the picture as a PNG with a palette.
  ///
  /// - Throws: As ``png()``; `ReplacingFileError`.
  public func writePNG(to path: String) throws {
    try ReplacingFile.write(png(), to: path)
  }
}

/// - Parameter palette: Three bytes a colour, empty where the rows hold colours.
private func encodePNG(
  width: Int, height: Int, format: png_uint_32, rows: [UInt8], palette: [UInt8]
) throws -> [UInt8] {
  let png = PNGImage()
  func refuse(_ problem: String) -> FormatError {
    .unencodable(name: "a PNG of \(width) × \(height) pixels", problem: problem)
  }
  guard let columns = UInt32(exactly: width), let lines = UInt32(exactly: height) else {
    throw refuse("a side is too long")
  }
  png.state.pointee.width = columns
  png.state.pointee.height = lines
  png.state.pointee.format = format
  png.state.pointee.colormap_entries = png_uint_32(palette.count / 3)
  // Noise does not compress: deflate then adds a few bytes to each block and libpng to each row.
  var capacity = rows.count + rows.count / 64 + height + palette.count + 4096
  while true {
    let room = capacity
    var status: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: room) { target, count in
      var size = room
      status = png_image_write_to_memory(
        png.state, target.baseAddress, &size, 0, rows, 0, palette.isEmpty ? nil : palette)
      count = status != 0 ? size : 0
      capacity = size
    }
    if status != 0 { return bytes }
    // Where only the room was short, libpng says how much it takes.
    guard capacity > room else { throw refuse("libpng says: \(png.message)") }
  }
}
