import FoundationEssentials
import TencaFormats
import TencaNumerics

/// A folder that is there while a test runs.
final class TemporaryFolder {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory.path
      + "/tenca-generative-\(UInt64.random(in: 0...UInt64.max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a text file and returns its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    try ReplacingFile.write(bytes, to: "\(path)/\(name)")
    return "\(path)/\(name)"
  }

  /// Writes an IDX file of bytes and returns its path.
  @discardableResult
  func writeIDX(_ bytes: [UInt8], shape: [Int], to name: String) throws -> String {
    try IDX.write(bytes, shape: shape, to: "\(path)/\(name)")
    return "\(path)/\(name)"
  }

  /// Writes a PNG of one colour, by default 2 × 2 and grey.
  @discardableResult
  func writePicture(
    _ pixel: [UInt8], to name: String, height: Int = 2, width: Int = 2
  ) throws -> String {
    let layout = Picture.Layout.allCases.first { $0.channels == pixel.count }!
    let samples = (0..<height * width).flatMap { _ in pixel }
    let picture = Picture(width: width, height: height, layout: layout, samples: samples)
    try picture.writePNG(to: "\(path)/\(name)")
    return "\(path)/\(name)"
  }

  /// Writes an NPY file and returns its path.
  @discardableResult
  func writeNPY(_ array: NDArray<Float>, to name: String) throws -> String {
    try NPY.write(array, to: "\(path)/\(name)")
    return "\(path)/\(name)"
  }

  /// Writes an NPZ file of single-precision arrays and returns its path.
  @discardableResult
  func writeNPZ(_ arrays: [(String, NDArray<Float>)], to name: String) throws -> String {
    try NPZ.write(to: "\(path)/\(name)") { writer in
      for (name, array) in arrays { try writer.append(array, name: name) }
    }
    return "\(path)/\(name)"
  }
}
