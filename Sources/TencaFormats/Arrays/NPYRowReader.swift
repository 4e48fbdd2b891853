public import TencaNumerics

/// The rows of a matrix in an NPY file, read where they are needed: the file may be larger than
/// memory.
///
/// Rows are copied out of the file block by block, so that a file larger than memory can be gone
/// through. The element types are those of ``NPY``.
public struct NPYRowReader: RowSource {
  /// The number of rows.
  public let rowCount: Int
  /// The number of columns.
  public let columnCount: Int
  private let file: FileBytes
  private let header: NPYHeader
  /// Where the numbers begin.
  private let start: Int

  /// Opens the file at `path`.
  ///
  /// - Throws: ``FormatError`` for a file that is no NPY file, whose array is no matrix in row-major
  ///   order, or that does not hold what its header says.
  public init(path: String) throws {
    file = try FileBytes(path: path)
    let path = file.path
    (header, start) = try file.withBytes { span in
      try span.withUnsafeBytes { bytes in
        var reader = ByteReader(bytes, path: path)
        let header = try NPYHeader(from: &reader)
        guard header.shape.count == 2, !header.isFortranOrder else {
          throw FormatError.unsupported(
            path: path,
            problem: header.shape.count == 2
              ? "a matrix in column-major order" : "an array of shape \(header.shape)",
            remedy: "Rows are read from matrices: save numpy.ascontiguousarray of one")
        }
        return (header, try header.elements(in: &reader))
      }
    }
    (rowCount, columnCount) = (header.shape[0], header.shape[1])
  }

  /// Writes a range of rows in double precision.
  ///
  /// - Throws: ``FormatError/unreadable(path:reason:)``.
  public func readRows(_ rows: Range<Int>, into target: UnsafeMutablePointer<Double>) throws {
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= rowCount, "rows \(rows) of \(rowCount)")
    let width = columnCount * header.type.size
    try withUnsafeTemporaryAllocation(byteCount: rows.count * width, alignment: 16) { part in
      try file.copy(
        start + rows.lowerBound * width..<start + rows.upperBound * width, into: part)
      let array = header.type.array(
        UnsafeRawBufferPointer(part), shape: [rows.count, columnCount], order: header.order)
      switch array {
      case .float(let array): array.readRows(0..<rows.count, into: target)
      case .double(let array): array.readRows(0..<rows.count, into: target)
      }
    }
  }
}
