import CCairo
import FoundationEssentials
import Testing

@testable import TencaPlot

/// A picture read back from PNG bytes by the drawing library.
struct DecodedPicture {
  let width: Int
  let height: Int
  private let pixels: [UInt32]

  init(_ png: [UInt8]) throws {
    var source = ByteSource(bytes: png, position: 0)
    let surface = withUnsafeMutablePointer(to: &source) { pointer in
      cairo_image_surface_create_from_png_stream(
        { closure, data, length in
          let source = closure!.assumingMemoryBound(to: ByteSource.self)
          let end = source.pointee.position + Int(length)
          guard end <= source.pointee.bytes.count else { return CAIRO_STATUS_READ_ERROR }
          for i in 0..<Int(length) {
            data![i] = source.pointee.bytes[source.pointee.position + i]
          }
          source.pointee.position = end
          return CAIRO_STATUS_SUCCESS
        }, pointer)
    }
    defer { cairo_surface_destroy(surface) }
    try #require(cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS)
    width = Int(cairo_image_surface_get_width(surface))
    height = Int(cairo_image_surface_get_height(surface))
    let stride = Int(cairo_image_surface_get_stride(surface))
    let data = try #require(cairo_image_surface_get_data(surface))
    var pixels: [UInt32] = []
    for y in 0..<height {
      for x in 0..<width {
        let pixel = UnsafeRawPointer(data).load(fromByteOffset: y * stride + 4 * x, as: UInt32.self)
        pixels.append(pixel & 0xFFFFFF)
      }
    }
    self.pixels = pixels
  }

  /// The colour at a pixel as 0xRRGGBB.
  subscript(x: Int, y: Int) -> UInt32 { pixels[y * width + x] }

  /// Red, green and blue at a pixel, added up.
  func brightness(_ x: Int, _ y: Int) -> Int {
    let pixel = self[x, y]
    return Int(pixel >> 16 & 0xFF) + Int(pixel >> 8 & 0xFF) + Int(pixel & 0xFF)
  }
}

private struct ByteSource {
  var bytes: [UInt8]
  var position: Int
}

/// Calls `body` with a new folder that is removed afterwards.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("tenca-plot-\(UInt64.random(in: 0...UInt64.max))").path
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try body(folder)
}

/// The bytes of a file.
func contents(of path: String) throws -> [UInt8] {
  Array(try #require(FileManager.default.contents(atPath: path)))
}

/// The part of a page that charts are drawn in, as when they are written.
func page(_ size: Size) -> Rect { Heatmap.page(size) }
