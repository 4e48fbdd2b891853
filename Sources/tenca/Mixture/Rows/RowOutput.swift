internal import TencaFormats
internal import TencaMixture

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

extension RowMixture {
  /// Reads a mixture of rows from disk.
  ///
  /// - Throws: `FormatError`, `MixtureError`.
  init(reading path: String) throws {
    try self.init(archive: try SafeTensors.read(path: path))
  }
}
