internal import TencaFormats

/// Tables of results.
enum RowOutput {
  /// Writes a table whose rows `body` appends, to a file or standard output (`-`).
  static func write(
    to path: String, columns: [String], _ body: (inout CSVWriter) throws -> Void
  ) throws {
    if path == "-" {
      try Console.write(Array(try CSVWriter.encode(columns: columns, body).utf8))
    } else {
      try CSVWriter.write(to: path, columns: columns, body)
    }
  }
}
