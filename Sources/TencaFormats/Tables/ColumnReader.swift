internal import TencaNumerics

/// Finds columns of a table and reads them, noting what the table does not tell for sure.
struct ColumnReader {
  let table: CSVTable
  let choices: DatedColumns.Choices
  private let delimiter: CSVDelimiter
  private let likelyDecimal: NumberStyle?
  var notes: [TableNote] = []

  init(_ found: FoundTable, _ choices: DatedColumns.Choices) {
    (table, delimiter, self.choices) = (found.table, found.delimiter, choices)
    likelyDecimal = Self.likelyDecimal(found.table)
  }

  /// The position of a column by its name, in any case where no name is quite the same.
  func index(of name: String) throws -> Int {
    if let index = table.columns.firstIndex(of: name) { return index }
    let like = table.columns.indices.filter { key(table.columns[$0]) == key(name) }
    guard like.count == 1 else {
      throw FormatError.noSuchColumn(path: table.path, name: name, columns: table.columns)
    }
    return like[0]
  }

  /// - Throws: ``FormatError/unsupported(path:problem:remedy:)`` for a column that is taken twice.
  func requireDistinct(_ columns: [Int]) throws {
    var seen: Set<Int> = []
    for column in columns where !seen.insert(column).inserted {
      throw FormatError.unsupported(
        path: table.path, problem: "column '\(table.columns[column])' is asked for twice",
        remedy: "Name every column once")
    }
  }

  func key(_ name: String) -> String { ColumnName.key(name) }

  func cells(_ column: Int) -> [String] { table.rows.map { $0[column] } }

  /// In English, German, French, Spanish and Italian, and Polish, where a large source of prices is.
  private static let valueNames = [
    "close", "closelast", "price", "last", "value", "adjclose", "schluss", "schlusskurs", "zuletzt",
    "clôture", "dernier", "cierre", "último", "chiusura", "ultimo", "zamkniecie",
  ]

  /// The columns of values: those that are named, or the one that is most likely meant.
  mutating func valueColumns(beside dates: [Int]) throws -> [Int] {
    if let names = choices.columns { return try names.map { try index(of: $0) } }
    let carried = try choices.exogenous.map { try index(of: $0) }
    let candidates = table.columns.indices.filter { column in
      !dates.contains(column) && !carried.contains(column) && holdsNumbers(column)
    }
    let keys = candidates.map { key(table.columns[$0]) }
    let usual = Self.valueNames.compactMap { keys.firstIndex(of: $0) }.first.map { candidates[$0] }
    // A column that counts the rows is no series, unless it is the only one.
    let counting = candidates.filter { !holdsRowNumbers($0) }
    let others = counting.isEmpty ? candidates : counting
    guard let column = usual ?? (others.count == 1 ? others[0] : nil) else {
      let names = (others.isEmpty ? table.columns.indices.map { $0 } : others).map {
        "'\(table.columns[$0])'"
      }
      throw FormatError.unsupported(
        path: table.path,
        problem: others.isEmpty
          ? "no column holds numbers"
          : "\(others.count) columns hold numbers, and none is named Close",
        remedy: "Name one or more of \(names.joined(separator: ", "))")
    }
    notes.append(
      TableNote(
        .chosenColumn, count: 1, line: nil, "values are those of column '\(table.columns[column])'")
    )
    return [column]
  }

  /// Whether most cells that are there are numbers; a few hundred show it.
  private func holdsNumbers(_ column: Int) -> Bool {
    let cells = table.rows.lazy.map { $0[column] }.filter { !MissingWords.contains($0) }.prefix(300)
    let kinds = cells.map(CellKind.init)
    return !kinds.isEmpty && kinds.filter { $0 == .number }.count * 2 > kinds.count
  }

  /// Whether a column counts the rows, from 0 or 1 on.
  private func holdsRowNumbers(_ column: Int) -> Bool {
    guard let first = Int(table.rows[0][column]), first == 0 || first == 1, table.rows.count > 1
    else { return false }
    return table.rows.enumerated().allSatisfy { $1[column] == "\($0 + first)" }
  }

  /// The numbers of some columns, rows × columns; NaN where a cell is missing.
  mutating func matrix(_ columns: [Int]) throws -> NDArray<Double> {
    let numbers = try columns.map { try self.numbers($0) }
    return NDArray(
      table.rows.indices.flatMap { row in numbers.map { $0[row] } },
      shape: [table.rows.count, columns.count])
  }

  private mutating func numbers(_ column: Int) throws -> [Double] {
    let name = table.columns[column]
    let (hasCommas, isSemicolon) = (
      cells(column).contains { $0.contains(",") }, delimiter == .semicolon
    )
    // Semicolons are for tables whose numbers have commas.
    let likely = likelyDecimal ?? (isSemicolon && hasCommas ? .comma : nil)
    let detected = NumberStyle.detect(in: cells(column), likely: likely)
    let style = choices.decimal ?? detected.style
    var (missing, percents, currencies) = ([Int](), 0, 0)
    var numbers: [Double] = []
    numbers.reserveCapacity(table.rows.count)
    for (row, fields) in table.rows.enumerated() {
      let cell = fields[column]
      if MissingWords.contains(cell) {
        missing.append(row)
        numbers.append(.nan)
        continue
      }
      let text = NumberText(cell)
      guard let text, let value = text.value(style) else {
        throw FormatError.badRecord(
          path: table.path, line: table.lines[row],
          problem: "column '\(name)' holds '\(cell)', which is no number with a decimal "
            + "\(style.rawValue), nor a word such as NA for a missing one")
      }
      if text.isPercent { percents += 1 }
      if text.hasCurrency { currencies += 1 }
      numbers.append(value)
    }
    let count = numbers.count - missing.count
    guard percents == 0 || percents == count else {
      throw FormatError.badRecord(
        path: table.path, line: table.lines[0],
        problem: "\(percents) of \(count) numbers in column '\(name)' have a percent sign, so that "
          + "their scales differ; write all with it or all without")
    }
    if choices.decimal == nil, detected.isAmbiguous, hasCommas || isSemicolon || style == .comma {
      let other: NumberStyle = style == .comma ? .point : .comma
      notes.append(
        TableNote(
          .decimalSign, count: count, line: table.lines[0],
          "numbers in column '\(name)' were read with a decimal \(style.rawValue), but could have a "
            + "decimal \(other.rawValue). If that is wrong, ask for decimal \(other.rawValue)"))
    }
    if percents > 0 || currencies > 0 {
      notes.append(
        TableNote(
          .signs, count: max(percents, currencies), line: table.lines[0],
          "\(percents > 0 ? "percent" : "currency") signs in column '\(name)' were left out"))
    }
    if let first = missing.first {
      notes.append(
        TableNote(
          .missingCells, count: missing.count, line: table.lines[first],
          "missing cells in column '\(name)': \(missing.count), the first on line "
            + "\(table.lines[first])"))
    }
    return numbers
  }

  /// The decimal sign of most numbers that tell, in all columns.
  private static func likelyDecimal(_ table: CSVTable) -> NumberStyle? {
    var (points, commas) = (0, 0)
    for row in table.rows.prefix(300) {
      for cell in row where DateText(cell)?.isPlainNumber != false {
        guard let text = NumberText(cell) else { continue }
        switch (text.value(.point), text.value(.comma)) {
        case (.some, nil): points += 1
        case (nil, .some): commas += 1
        default: break
        }
      }
    }
    return points == commas ? nil : points > commas ? .point : .comma
  }
}
