/// Some rows of a source, in the order of their indices.
public struct SelectedRows: RowSource {
  private let source: any RowSource
  private let indices: [Int]

  /// Chooses rows; one may come more than once.
  ///
  /// - Precondition: `source` has them.
  public init(_ indices: [Int], of source: any RowSource) {
    precondition(
      indices.allSatisfy { $0 >= 0 && $0 < source.rowCount }, "rows that the source has not")
    self.source = source
    self.indices = indices
  }

  /// The number of rows that were chosen.
  public var rowCount: Int { indices.count }
  /// The number of columns.
  public var columnCount: Int { source.columnCount }

  /// Writes a range of the chosen rows.
  public func readRows(_ rows: Range<Int>, into target: UnsafeMutablePointer<Double>) throws {
    var output = target
    for index in indices[rows] {
      try source.readRows(index..<index + 1, into: output)
      output += columnCount
    }
  }
}

/// Some columns of a source, in the order of their indices.
public struct SelectedColumns: RowSource {
  private let source: any RowSource
  private let indices: [Int]

  /// Chooses columns.
  ///
  /// - Precondition: `source` has them.
  public init(_ indices: [Int], of source: any RowSource) {
    precondition(
      indices.allSatisfy { $0 >= 0 && $0 < source.columnCount },
      "columns \(indices) of \(source.columnCount)")
    self.source = source
    self.indices = indices
  }

  /// The number of rows.
  public var rowCount: Int { source.rowCount }
  /// The number of columns that were chosen.
  public var columnCount: Int { indices.count }

  /// Writes the chosen columns of a range of rows.
  public func readRows(_ rows: Range<Int>, into target: UnsafeMutablePointer<Double>) throws {
    let width = source.columnCount
    try withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count * width) { buffer in
      guard let whole = buffer.baseAddress else { return }
      try source.readRows(rows, into: whole)
      for row in 0..<rows.count {
        for (column, index) in indices.enumerated() {
          target[row * indices.count + column] = whole[row * width + index]
        }
      }
    }
  }
}
