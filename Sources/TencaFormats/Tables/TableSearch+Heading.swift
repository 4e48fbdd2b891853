extension TableSearch {
  /// What most cells of each column are.
  func columnKinds(_ width: Int) -> [CellKind] {
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

  /// Whether a line below the names tells more of them: a word stands where dates are due, or where
  /// numbers are and nothing else is as it should. Words with digits may be broken dates.
  private func isHeading(_ record: TableRecord, _ kinds: [CellKind]) -> Bool {
    let cells = telling(record, kinds)
    let dates = cells.filter { $0.column == .date }
    let places = zip(record.fields, kinds).filter { $1 == .date }.map(\.0) + [record.fields[0]]
    guard !dates.contains(where: { $0.cell == .date }),
      !places.contains(where: { $0.contains(where: \.isASCIIDigit) })
    else { return false }
    return dates.contains { $0.cell == .text }
      || (cells.contains { $0.cell == .text } && !cells.contains { $0.cell == $0.column })
  }

  /// Takes the names, and lines of units, tickers or remarks below them, off the records.
  mutating func takeHeading(_ kinds: [CellKind], comment: TableRecord?) -> TableRecord {
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
      if filled == [0], ColumnName.isLikeDates(record.fields[0]) {
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
  mutating func dropNamelessBlankColumns(_ names: inout TableRecord) {
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

  func requireDistinct(_ names: TableRecord) throws {
    var seen: Set<String> = []
    for name in names.fields where !seen.insert(name).inserted {
      throw FormatError.badRecord(
        path: path, line: names.line, problem: "two columns are named '\(name)'; rename one")
    }
  }
}
