/// A table in a file that may hold more than the table, as programs and web sites export them.
///
/// The delimiter is whichever parts most lines alike. Left out, and noted, are lines that begin with
/// `#`, lines of fewer fields before and behind the table, lines of units or tickers between the
/// names and the numbers, rows without anything in them, and a delimiter too many at the ends of all
/// lines. A line that may be a broken row is never left out: it is an error that names it.
public struct FoundTable: Sendable {
  /// The table.
  public let table: CSVTable
  /// What was left out or made up.
  public let notes: [TableNote]
  /// What stands between fields.
  public let delimiter: CSVDelimiter

  /// Finds the table in the file at `path`; "-" is standard input.
  ///
  /// - Parameters:
  ///   - path: The file, UTF-8 with or without a byte-order mark.
  ///   - delimiter: What stands between fields; nil to find out.
  /// - Throws: ``FormatError``: for an empty file, a row that is broken, two columns of one name, an
  ///   open quote, or text that is not UTF-8.
  /// - Complexity: O(bytes), as ``CSVTable``.
  public init(path: String, delimiter: CSVDelimiter? = nil) throws {
    let file = try FileBytes(path: path)
    self = try file.withBytes { try FoundTable($0, path: file.path, delimiter: delimiter) }
  }

  /// Finds the table in `bytes`; see ``init(path:delimiter:)``.
  public init(_ bytes: RawSpan, path: String, delimiter: CSVDelimiter? = nil) throws {
    self = try bytes.withUnsafeBytes { bytes in
      let delimiter = delimiter ?? .detectByAgreement(in: bytes)
      var scanner = CSVScanner(bytes, delimiter: delimiter, path: path)
      var records: [TableRecord] = []
      while let (fields, line) = try scanner.next(fieldCount: records.last?.fields.count ?? 0) {
        records.append(TableRecord(fields: fields, line: line))
      }
      guard !records.isEmpty else { throw FormatError.empty(path: path) }
      var search = TableSearch(records, path: path)
      return FoundTable(table: try search.table(), notes: search.notes, delimiter: delimiter)
    }
  }

  private init(table: CSVTable, notes: [TableNote], delimiter: CSVDelimiter) {
    (self.table, self.notes, self.delimiter) = (table, notes, delimiter)
  }
}

/// The fields of a line, or of the lines that quotes hold together.
struct TableRecord {
  var fields: [String]
  let line: Int

  var isBlank: Bool { fields.allSatisfy { $0.trimmingSpaces.isEmpty } }
}
