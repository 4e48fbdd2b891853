/// Columns of text that line up on a terminal.
struct TextTable {
  /// On which side a column's text stands.
  enum Alignment { case left, right }

  private let alignments: [Alignment]
  private var rows: [[String]]

  /// Makes a table with a row of headings.
  init(_ columns: [(heading: String, alignment: Alignment)]) {
    alignments = columns.map(\.alignment)
    rows = [columns.map(\.heading)]
  }

  /// Makes a table of facts: a name and what it is in each row.
  init(facts: [(name: String, value: String)]) {
    alignments = [.left, .left]
    rows = facts.map { [$0.name, $0.value] }
  }

  /// Adds a row.
  mutating func add(_ row: [String]) {
    precondition(row.count == alignments.count, "a row of \(row.count) cells")
    rows.append(row)
  }

  /// The table's lines.
  var text: String {
    let widths = alignments.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return alignments[column] == .left ? row[column] + padding : padding + row[column]
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
