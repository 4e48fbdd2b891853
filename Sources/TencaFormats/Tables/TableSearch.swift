/// Tells the lines of a table from those around it.
struct TableSearch {
  var records: [TableRecord]
  let path: String
  var skipped: [(line: Int, text: String)] = []
  private var blankRows: [Int] = []
  var notes: [TableNote] = []

  init(_ records: [TableRecord], path: String) {
    (self.records, self.path) = (records, path)
  }

  /// The table, after which ``notes`` says what was left out.
  mutating func table() throws -> CSVTable {
    let comment = takeComments()
    let width = try takeTable()
    let kinds = columnKinds(width)
    var names = takeHeading(kinds, comment: comment)
    dropNamelessBlankColumns(&names)
    guard !records.isEmpty else {
      throw FormatError.unsupported(
        path: path, problem: "it has columns but no rows", remedy: "Add some rows")
    }
    try requireDistinct(names)
    writeNotes()
    return CSVTable(
      columns: names.fields, rows: records.map(\.fields), path: path, lines: records.map(\.line))
  }

  mutating func skip(_ record: TableRecord) {
    skipped.append((record.line, record.fields.joined(separator: " ")))
  }

  /// Leaves out what begins with `#`, and what Excel says of the delimiter.
  ///
  /// - Returns: The last comment before the first row, which may name the columns.
  private mutating func takeComments() -> TableRecord? {
    var (heading, hasRows) = (TableRecord?.none, false)
    records = records.filter { record in
      let first = record.fields[0]
      let isComment = first.hasPrefix("#") && !MissingWords.contains(first)
      let isNote = record.line == records[0].line && first.lowercased().hasPrefix("sep=")
      guard isComment || isNote else {
        hasRows = true
        return true
      }
      if !hasRows && isComment { heading = record }
      skip(record)
      return false
    }
    heading?.fields[0].removeFirst()
    return heading
  }

  /// Leaves only records of the table, names included, all of one width, which is returned.
  private mutating func takeTable() throws -> Int {
    blankRows = records.filter(\.isBlank).map(\.line)
    records.removeAll(where: \.isBlank)
    guard !records.isEmpty else { throw FormatError.empty(path: path) }
    let width = usualWidth()
    let first = records.firstIndex { $0.fields.count == width }!
    let last = records.lastIndex { $0.fields.count == width }!
    var start = first
    if first > 0, records[first - 1].fields.count == width - 1,
      !CellKind.isData(records[first - 1].fields[0])
    {
      // Names are one fewer than fields where rows end with a delimiter, or begin with row names.
      let rows = records[first...last]
      if rows.allSatisfy({ $0.fields.last!.trimmingSpaces.isEmpty }) {
        start = first - 1
        records[start].fields.append("")
      } else if hasRowNames(rows, below: records[first - 1]) {
        start = first - 1
        records[start].fields.insert("", at: 0)
      }
    }
    if start > 0 { try requireNames(before: start, width) }
    for (index, record) in records.enumerated() where !(start...last).contains(index) {
      // A line outside that begins as rows do may be a row that was cut, at its end too.
      let isCut = index > last && record.fields[0].trimmingSpaces.first?.isASCIIDigit == true
      if isCut || CellKind.isData(record.fields[0]) || record.fields.count > width {
        throw fieldCountError(record, width)
      }
      skip(record)
    }
    if let wrong = records[start...last].first(where: { $0.fields.count != width }) {
      throw fieldCountError(wrong, width)
    }
    records = Array(records[start...last])
    return width
  }

  /// How many fields most lines with numbers or dates have; most lines, where none has any.
  private func usualWidth() -> Int {
    func usual(_ records: [TableRecord]) -> Int? {
      let counts = Dictionary(grouping: records, by: \.fields.count).mapValues(\.count)
      return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
    }
    let width = records[0].fields.count
    if records.allSatisfy({ $0.fields.count == width }) { return width }
    return usual(records.filter { $0.fields.contains(where: CellKind.isData) }) ?? usual(records)!
  }

  /// Whether rows begin with words, dates or their numbers, and not with the whole part of a number
  /// or a date whose comma is taken for a delimiter.
  private func hasRowNames(_ rows: ArraySlice<TableRecord>, below names: TableRecord) -> Bool {
    let hasDates = names.fields.indices.allSatisfy { column in
      !ColumnName.isLikeDates(names.fields[column])
        || DateText(rows.first!.fields[column + 1]) != nil
    }
    return hasDates
      && (rows.allSatisfy { CellKind($0.fields[0]) != .number }
        || rows.enumerated().allSatisfy { $1.fields[0] == "\($0 + 1)" })
  }

  /// Names above rows that have none, too few for them, are those of fields that were cut by commas
  /// which are no delimiters, most likely.
  private func requireNames(before start: Int, _ width: Int) throws {
    let names = records[start - 1]
    if records[start].fields.allSatisfy({ CellKind($0) != .text }),
      names.fields.count > 1 || width == 2
    {
      throw fieldCountError(names, width)
    }
  }

  private func fieldCountError(_ record: TableRecord, _ width: Int) -> FormatError {
    FormatError.badRecord(
      path: path, line: record.line,
      problem:
        "\(record.fields.count) fields, where most lines have \(width); quote fields that hold "
        + "the delimiter, and complete or remove what was cut")
  }

  private mutating func writeNotes() {
    skipped.sort { $0.line < $1.line }
    if let first = skipped.first {
      let text = first.text.count > 40 ? first.text.prefix(40) + "…" : Substring(first.text)
      notes.insert(
        TableNote(
          .skippedLines, count: skipped.count, line: first.line,
          "lines left out as no rows: \(skipped.count), the first line \(first.line), '\(text)'"),
        at: 0)
    }
    if let first = blankRows.first {
      notes.append(
        TableNote(
          .blankRows, count: blankRows.count, line: first,
          "empty rows left out: \(blankRows.count), the first on line \(first)"))
    }
  }
}
