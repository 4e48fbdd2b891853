/// Tells the lines of a table from those around it.
struct TableSearch {
  private var records: [TableRecord]
  private let path: String
  private var skipped: [(line: Int, text: String)] = []
  private var blankRows: [Int] = []
  private(set) var notes: [TableNote] = []

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

  private mutating func skip(_ record: TableRecord) {
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

  /// What most cells of each column are.
  private func columnKinds(_ width: Int) -> [CellKind] {
    // Names and units come first, and hundreds of rows show what a column is.
    let sample = records.suffix(min(200, (records.count + 1) / 2))
    return (0..<width).map { column in
      let kinds = sample.map { CellKind($0.fields[column]) }.filter { $0 != .missing }
      let counts = Dictionary(grouping: kinds) { $0 }.mapValues(\.count)
      return counts.max { ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue) }?.key
        ?? .missing
    }
  }

  /// The kinds of cells, with those of their columns, where these are numbers or dates.
  private func telling(
    _ record: TableRecord, _ kinds: [CellKind]
  ) -> [(cell: CellKind, column: CellKind)] {
    zip(record.fields, kinds).filter { [.number, .date].contains($1) }.map { (CellKind($0), $1) }
  }

  /// Whether cells are of their columns' kinds, none a text in a column of numbers or dates.
  private func isRow(_ record: TableRecord, _ kinds: [CellKind]) -> Bool {
    let pairs = telling(record, kinds)
    return pairs.contains { $0.cell == $0.column } && !pairs.contains { $0.cell == .text }
  }

  /// Whether no cell is of its column's kind, and some would have to be; nor is the first a broken
  /// number or date.
  private func isHeading(_ record: TableRecord, _ kinds: [CellKind]) -> Bool {
    let pairs = telling(record, kinds)
    return pairs.contains { $0.cell == .text } && !pairs.contains { $0.cell == $0.column }
      && record.fields[0].trimmingSpaces.first?.isASCIIDigit != true
  }

  /// Takes the names, and lines of units, tickers or remarks below them, off the records.
  private mutating func takeHeading(_ kinds: [CellKind], comment: TableRecord?) -> TableRecord {
    if isRow(records[0], kinds) {
      if let comment, comment.fields.count == kinds.count {
        skipped.removeAll { $0.line == comment.line }
        return named(comment)
      }
      notes.append(
        TableNote(
          .noHeading, count: kinds.count, line: records[0].line,
          "no line names the columns; they are called 1 to \(kinds.count)"))
      return TableRecord(fields: (1...kinds.count).map(String.init), line: records[0].line)
    }
    var names = named(records.removeFirst())
    var more = 0
    while more < 12, more < records.count, isHeading(records[more], kinds) { more += 1 }
    for record in records[..<more] {
      skip(record)
      let filled = record.fields.indices.filter { !record.fields[$0].trimmingSpaces.isEmpty }
      if filled == [0] {
        // pandas writes the name of the index below the others.
        names.fields[0] = String(record.fields[0].trimmingSpaces)
      } else if Set(names.fields).count < names.fields.count {
        names.fields = zip(names.fields, record.fields).map { "\($0) \($1.trimmingSpaces)" }
      }
    }
    records.removeFirst(more)
    return names
  }

  /// Names without spaces around, or the angle brackets of some exchanges' files.
  private func named(_ record: TableRecord) -> TableRecord {
    var record = record
    record.fields = record.fields.map { field in
      var name = field.trimmingSpaces
      if name.first == "<", name.last == ">" { name = name.dropFirst().dropLast().trimmingSpaces }
      return String(name)
    }
    return record
  }

  /// Columns that a delimiter too many makes; others without a name get their number.
  private mutating func dropNamelessBlankColumns(_ names: inout TableRecord) {
    let nameless = Set(names.fields.indices.filter { names.fields[$0].isEmpty })
    guard !nameless.isEmpty else { return }
    let dropped = nameless.filter { column in
      records.allSatisfy { $0.fields[column].trimmingSpaces.isEmpty }
    }
    for column in nameless { names.fields[column] = "column \(column + 1)" }
    guard !dropped.isEmpty, dropped.count < names.fields.count else { return }
    func kept(_ fields: [String]) -> [String] {
      fields.indices.filter { !dropped.contains($0) }.map { fields[$0] }
    }
    names.fields = kept(names.fields)
    records = records.map { TableRecord(fields: kept($0.fields), line: $0.line) }
  }

  private func requireDistinct(_ names: TableRecord) throws {
    var seen: Set<String> = []
    for name in names.fields where !seen.insert(name).inserted {
      throw FormatError.badRecord(
        path: path, line: names.line, problem: "two columns are named '\(name)'; rename one")
    }
  }

  private mutating func writeNotes() {
    skipped.sort { $0.line < $1.line }
    if let first = skipped.first {
      let text = first.text.count > 40 ? first.text.prefix(40) + "…" : Substring(first.text)
      notes.insert(
        TableNote(
          .skippedLines, count: skipped.count, line: first.line,
          "\(skipped.count) lines are no rows and were left out; the first is line \(first.line), "
            + "'\(text)'"), at: 0)
    }
    if let first = blankRows.first {
      notes.append(
        TableNote(
          .blankRows, count: blankRows.count, line: first,
          "\(blankRows.count) rows without anything in them were left out; the first is line "
            + "\(first)"))
    }
  }
}

/// What a cell is, by itself.
enum CellKind: Int {
  case missing, text, number, date

  init(_ cell: String) {
    if MissingWords.contains(cell) {
      self = .missing
    } else if let date = DateText(cell), !date.isPlainNumber {
      self = .date
    } else if let text = NumberText(cell), text.value(.point) ?? text.value(.comma) != nil {
      self = .number
    } else {
      self = .text
    }
  }

  /// Whether a cell is a number or a date.
  static func isData(_ cell: String) -> Bool { [.number, .date].contains(CellKind(cell)) }
}
