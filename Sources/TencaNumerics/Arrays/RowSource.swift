/// A table of numbers that is read a few rows at a time: an array, or a file larger than memory.
///
/// Learning that passes over its rows block by block takes any source, so data need never be in
/// memory at once. Several threads read at the same time, and every pass must find the same
/// numbers.
public protocol RowSource: Sendable {
  /// The number of rows.
  var rowCount: Int { get }
  /// The number of columns.
  var columnCount: Int { get }

  /// Writes a range of rows to `target`, one row after another, in double precision.
  ///
  /// - Parameters:
  ///   - rows: Within `0..<rowCount`.
  ///   - target: Room for `rows.count * columnCount` numbers.
  /// - Throws: What keeps the source from being read.
  /// - Complexity: O(rows.count · columnCount).
  func readRows(_ rows: Range<Int>, into target: UnsafeMutablePointer<Double>) throws
}

/// A matrix is a source of its rows. An array of another rank has no columns, so whoever asks for
/// rows refuses it.
extension NDArray: RowSource {
  /// The length of the first axis.
  public var rowCount: Int { shape.first ?? 0 }

  /// The length of the second axis of a matrix.
  public var columnCount: Int { rank == 2 ? shape[1] : 0 }

  /// Writes a range of rows in double precision; views cost no copy.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func readRows(_ rows: Range<Int>, into target: UnsafeMutablePointer<Double>) {
    precondition(
      rank == 2 && rows.lowerBound >= 0 && rows.upperBound <= rowCount,
      "rows \(rows) of an array with shape \(shape)")
    let width = columnCount
    withExtendedLifetime(storage) {
      if strides[1] == 1 && strides[0] == width {
        let source = storage.base + offset + rows.lowerBound * width
        Scalar._widen(source, target, rows.count * width)
        return
      }
      var output = target
      for row in rows {
        let source = storage.base + offset + row * strides[0]
        for column in 0..<width { output[column] = Double(source[column * strides[1]]) }
        output += width
      }
    }
  }
}

extension RowSource {
  /// Some rows as a matrix.
  ///
  /// - Throws: What keeps the source from being read.
  public func block(_ rows: Range<Int>) throws -> NDArray<Double> {
    try NDArray(shape: [rows.count, columnCount]) { target in
      guard let base = target.baseAddress else { return }
      try readRows(rows, into: base)
    }
  }

  /// All rows as matrices of at most `count` rows, one at a time.
  ///
  /// - Throws: What keeps the source from being read, and what `body` throws.
  public func forEachBlock(
    of count: Int = 1 << 14, _ body: (_ first: Int, NDArray<Double>) throws -> Void
  ) throws {
    for first in stride(from: 0, to: rowCount, by: count) {
      try body(first, try block(first..<min(first + count, rowCount)))
    }
  }
}
