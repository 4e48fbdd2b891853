public import TencaNumerics

/// Writes tables as text (RFC 4180, lines ended by LF): a line of column names, then rows.
///
/// Fields are quoted only where they must be. Numbers are the shortest that read back to the same
/// value.
public struct CSVWriter: ~Copyable {
  private let sink: ByteSink
  private let delimiter: CSVDelimiter
  private let columnCount: Int

  /// The text of a table whose rows `body` appends.
  public static func encode(
    columns: [String], delimiter: CSVDelimiter = .comma,
    _ body: (inout CSVWriter) throws -> Void
  ) throws -> String {
    let bytes = try ByteSink.collect { sink in
      var writer = try CSVWriter(sink: sink, columns: columns, delimiter: delimiter)
      try body(&writer)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Replaces the file at `path` by a table whose rows `body` appends; they may be more than fit in
  /// memory.
  ///
  /// - Throws: ``FormatError``, `ReplacingFileError`, and whatever `body` throws.
  public static func write<Result>(
    to path: String, columns: [String], delimiter: CSVDelimiter = .comma,
    _ body: (inout CSVWriter) throws -> Result
  ) throws -> Result {
    try ByteSink.write(to: path) { sink in
      var writer = try CSVWriter(sink: sink, columns: columns, delimiter: delimiter)
      return try body(&writer)
    }
  }

  private init(sink: ByteSink, columns: [String], delimiter: CSVDelimiter) throws {
    precondition(!columns.isEmpty, "a table without columns")
    self.sink = sink
    self.delimiter = delimiter
    columnCount = columns.count
    try append(columns)
  }

  /// Appends a row of text.
  ///
  /// - Precondition: There is one field for every column.
  /// - Throws: ``FormatError/unwritable(path:reason:)``.
  public mutating func append(_ fields: [String]) throws {
    precondition(fields.count == columnCount, "\(fields.count) fields, \(columnCount) columns")
    for (index, field) in fields.enumerated() {
      if index > 0 { try sink.put(CollectionOfOne(delimiter.byte)) }
      // A line with nothing on it would be no row.
      try sink.put(
        needsQuotes(field) || (field.isEmpty && columnCount == 1) ? quoted(field) : field)
    }
    try sink.put("\n")
  }

  /// Appends a row of numbers, behind `labels` for the first columns.
  ///
  /// - Precondition: Labels and numbers together are one for every column.
  /// - Throws: ``FormatError/unwritable(path:reason:)``.
  public mutating func append<Scalar: NumericScalar>(
    _ labels: [String] = [], numbers: some Sequence<Scalar>
  ) throws {
    try append(labels + numbers.map { "\($0)" })
  }

  /// Appends the rows of a matrix.
  ///
  /// - Precondition: The matrix has one column for every column of the table.
  /// - Throws: ``FormatError/unwritable(path:reason:)``.
  public mutating func append<Scalar: NumericScalar>(rowsOf matrix: NDArray<Scalar>) throws {
    precondition(matrix.columns == columnCount, "\(matrix.columns) of \(columnCount) columns")
    try matrix.withUnsafeBuffer { scalars in
      for row in 0..<matrix.rows {
        try append(numbers: scalars[row * columnCount..<(row + 1) * columnCount])
      }
    }
  }

  private func needsQuotes(_ field: String) -> Bool {
    field.utf8.contains { byte in
      byte == delimiter.byte || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
    }
  }

  private func quoted(_ field: String) -> String {
    "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
