public import TencaNumerics

/// A table of text: named columns and rows of fields.
public struct CSVTable: Sendable {
  /// The columns' names.
  public let columns: [String]
  /// The rows, each with one field for every column.
  public let rows: [[String]]
  /// What messages call the table: the file it came from.
  public let path: String
  /// The line of the file on which each row starts, from 1.
  public let lines: [Int]

  /// A table of records that are there already.
  init(columns: [String], rows: [[String]], path: String, lines: [Int]) {
    (self.columns, self.rows, self.path, self.lines) = (columns, rows, path, lines)
  }

  /// Reads the table in the file at `path`; "-" is standard input.
  ///
  /// - Parameters:
  ///   - path: The file, UTF-8 with or without a byte-order mark.
  ///   - delimiter: What stands between fields; by default whichever of comma, semicolon, tab and
  ///     vertical bar is most frequent on the first line.
  ///   - hasHeader: Whether the first line names the columns; else they are named "1", "2" and so
  ///     on.
  /// - Throws: ``FormatError``: for an empty file, a row with more or fewer fields than columns, two
  ///   columns of one name, an open quote, or text that is not UTF-8.
  /// - Complexity: O(bytes), 10 MB in about 0.15 s.
  public init(path: String, delimiter: CSVDelimiter? = nil, hasHeader: Bool = true) throws {
    let file = try FileBytes(path: path)
    self = try file.withBytes {
      try CSVTable($0, path: file.path, delimiter: delimiter, hasHeader: hasHeader)
    }
  }

  /// Reads the table in `bytes`; see ``init(path:delimiter:hasHeader:)``.
  public init(
    _ bytes: RawSpan, path: String, delimiter: CSVDelimiter? = nil, hasHeader: Bool = true
  ) throws {
    self = try bytes.withUnsafeBytes { bytes in
      var scanner = CSVScanner(bytes, delimiter: delimiter ?? .detect(in: bytes), path: path)
      return try CSVTable(from: &scanner, path: path, hasHeader: hasHeader)
    }
  }

  private init(from scanner: inout CSVScanner, path: String, hasHeader: Bool) throws {
    guard let first = try scanner.next(fieldCount: 0) else { throw FormatError.empty(path: path) }
    let columns = hasHeader ? first.fields : (1...first.fields.count).map(String.init)
    var names: Set<String> = []
    for name in columns where !names.insert(name).inserted {
      throw FormatError.badRecord(
        path: path, line: first.line, problem: "two columns are named '\(name)'; rename one")
    }
    var rows = hasHeader ? [] : [first.fields]
    var lines = hasHeader ? [] : [first.line]
    while let (fields, line) = try scanner.next(fieldCount: columns.count) {
      guard fields.count == columns.count else {
        throw FormatError.badRecord(
          path: path, line: line,
          problem: "\(fields.count) fields, where the first line has \(columns.count)")
      }
      rows.append(fields)
      lines.append(line)
    }
    self.columns = columns
    self.rows = rows
    self.path = path
    self.lines = lines
  }
}

extension CSVTable {
  /// The position of the column called `name`.
  ///
  /// - Throws: ``FormatError/noSuchColumn(path:name:columns:)``.
  public func index(of name: String) throws -> Int {
    guard let index = columns.firstIndex(of: name) else {
      throw FormatError.noSuchColumn(path: path, name: name, columns: columns)
    }
    return index
  }

  /// The fields of the column called `name`.
  ///
  /// - Throws: ``FormatError/noSuchColumn(path:name:columns:)``.
  public func column(_ name: String) throws -> [String] {
    let index = try index(of: name)
    return rows.map { $0[index] }
  }

  /// The column called `name` as finite numbers.
  ///
  /// - Parameters:
  ///   - name: The column.
  ///   - missing: Stands for fields that are empty, "NA" or "NaN"; by default they are an error.
  ///     Spaces around numbers do not count.
  /// - Throws: ``FormatError`` naming the line whose field is not a finite number.
  public func numbers(_ name: String, missing: Double? = nil) throws -> [Double] {
    let index = try index(of: name)
    return try rows.indices.map { try number(row: $0, column: index, missing: missing) }
  }

  /// The columns called `names`, or all, as a matrix of finite numbers: rows × columns.
  ///
  /// - Throws: As ``numbers(_:missing:)``.
  public func matrix(_ names: [String]? = nil, missing: Double? = nil) throws -> NDArray<Double> {
    let chosen = try names.map { try $0.map(index(of:)) } ?? Array(columns.indices)
    var numbers: [Double] = []
    numbers.reserveCapacity(rows.count * chosen.count)
    for row in rows.indices {
      for column in chosen {
        numbers.append(try number(row: row, column: column, missing: missing))
      }
    }
    return NDArray(numbers, shape: [rows.count, chosen.count])
  }

  private func number(row: Int, column: Int, missing: Double?) throws -> Double {
    let field = rows[row][column]
    let value = Double(field) ?? Double(field.trimmingSpaces)
    if let value, value.isFinite { return value }
    if let missing, ["", "NA"].contains(field.trimmingSpaces) || value?.isNaN == true {
      return missing
    }
    throw FormatError.badRecord(
      path: path, line: lines[row],
      problem: "column '\(columns[column])' holds '\(field)', which is not a finite number")
  }
}
