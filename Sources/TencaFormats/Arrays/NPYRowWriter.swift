public import TencaNumerics

extension NPY {
  /// Replaces the file at `path` by a single-precision array whose first axis grows as rows are
  /// appended, so that an array larger than memory can be written.
  ///
  /// ```swift
  /// try NPY.writeRows(of: [13], to: "mfcc.npy") { writer in
  ///   for frames in blocks { try writer.append(frames) }     // frames × 13
  /// }
  /// ```
  ///
  /// - Parameters:
  ///   - rowShape: The shape of one row: `[coefficients]` for frames, `[]` for single numbers.
  ///   - path: The file to replace; on an error the old one stays.
  ///   - body: Appends the rows.
  /// - Throws: ``FormatError``, `ReplacingFileError`, and whatever `body` throws.
  public static func writeRows<Result>(
    of rowShape: [Int], to path: String, _ body: (inout NPYRowWriter) throws -> Result
  ) throws -> Result {
    try ByteSink.write(to: path) { sink in
      // Room for the largest count there is; the header's end is spaces anyway.
      let reserved = NPYHeader.encode(descr: "<f4", shape: [Int.max] + rowShape)
      try sink.put(reserved)
      var writer = NPYRowWriter(sink: sink, rowShape: rowShape, path: path)
      let result = try body(&writer)
      let header = NPYHeader.encode(
        descr: "<f4", shape: [writer.rowCount] + rowShape, length: reserved.count)
      try sink.patch(header, at: 0)
      return result
    }
  }
}

/// Appends rows to an array on disk; see ``NPY/writeRows(of:to:_:)``.
public struct NPYRowWriter: ~Copyable {
  private let sink: ByteSink
  private let rowShape: [Int]
  private let path: String
  /// The rows appended so far.
  public private(set) var rowCount = 0

  init(sink: ByteSink, rowShape: [Int], path: String) {
    self.sink = sink
    self.rowShape = rowShape
    self.path = path
  }

  /// Appends rows.
  ///
  /// - Parameter rows: An array of shape [rows] + row shape.
  /// - Throws: ``FormatError/unencodable(name:problem:)`` when the shape is another, and
  ///   ``FormatError/unwritable(path:reason:)``.
  public mutating func append(_ rows: NDArray<Float>) throws {
    guard rows.rank > 0, Array(rows.shape.dropFirst()) == rowShape else {
      throw FormatError.unencodable(
        name: path,
        problem: "an array of shape \(rows.shape) was appended to rows of shape \(rowShape)")
    }
    try sink.put(rows)
    rowCount += rows.rows
  }
}
