import TencaNumerics

/// Kaldi's compressed matrices: integers that stand for numbers between a minimum and a maximum
/// (`CompressedMatrix` in Kaldi's `matrix/compressed-matrix.h`).
enum KaldiCompression {
  /// What precedes the integers: the smallest number, the distance to the largest, and the shape.
  private struct Header {
    let minimum: Float
    let range: Float
    let shape: [Int]

    init(from reader: inout ByteReader, _ key: String) throws {
      let part = "the header of '\(key)'"
      let start = reader.offset
      minimum = Float(bitPattern: try reader.integer(part))
      range = Float(bitPattern: try reader.integer(part))
      let rows = Int(try reader.integer(part, as: Int32.self))
      let columns = Int(try reader.integer(part, as: Int32.self))
      guard minimum.isFinite, range.isFinite, rows >= 0, columns >= 0 else {
        throw reader.damaged(
          "entry '\(key)' has \(rows) × \(columns) numbers from \(minimum) over \(range)",
          at: start)
      }
      shape = [rows, columns]
    }
  }

  /// Takes a matrix of `CM2` (16 bits a number) or `CM3` (8 bits): row by row, 0 the minimum and the
  /// largest integer the maximum.
  static func uniform(
    _ reader: inout ByteReader, _ type: ElementType, _ key: String
  ) throws -> NDArray<Float> {
    let header = try Header(from: &reader, key)
    let bytes = try reader.take(
      header.shape[0] * header.shape[1] * type.size, "entry '\(key)' of shape \(header.shape)")
    let step = header.range * (1 / Float(1 << (8 * type.size) - 1))
    return type.array(bytes, shape: header.shape, order: .little).asFloat.map {
      header.minimum + $0 * step
    }
  }

  /// Takes a matrix of `CM`: column by column, a byte a number. Each column has its minimum, its
  /// quartiles and its maximum as 16-bit integers, and the byte lies between two of these: up to 64
  /// in the lowest quarter, up to 192 in the middle half, above in the highest quarter.
  static func columnBytes(_ reader: inout ByteReader, _ key: String) throws -> NDArray<Float> {
    let header = try Header(from: &reader, key)
    let (rows, columns) = (header.shape[0], header.shape[1])
    let percentileBytes = try reader.take(columns * 8, "the percentiles of '\(key)'")
    let percentiles = ElementType.uint16
      .array(percentileBytes, shape: [columns, 4], order: .little).asFloat
      .map { header.minimum + header.range * (1 / 65535) * $0 }
    let bytes = try reader.take(rows * columns, "entry '\(key)' of shape \(header.shape)")
    let byColumn = NDArray<Float>(shape: [columns, rows]) { target in
      for column in 0..<columns {
        let p = (0..<4).map { percentiles[column, $0] }
        for row in 0..<rows {
          let byte = bytes[column * rows + row]
          let position = Float(byte)
          target[column * rows + row] =
            switch byte {
            case ...64: p[0] + (p[1] - p[0]) * position * (1 / 64)
            case ...192: p[1] + (p[2] - p[1]) * (position - 64) * (1 / 128)
            default: p[2] + (p[3] - p[2]) * (position - 192) * (1 / 63)
            }
        }
      }
    }
    return byColumn.transposed().contiguous()
  }
}
