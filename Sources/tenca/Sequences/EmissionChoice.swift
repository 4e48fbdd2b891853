import ArgumentParser
internal import TencaMarkov
internal import TencaNumerics

/// What states emit, as it is written: `gaussian:full`, or `step=gamma,angle=von-mises` by column.
struct EmissionChoice: ExpressibleByArgument {
  /// The kind of every column alike, or of each column by its name.
  enum Kinds {
    case all(EmissionKind)
    case byColumn([(column: String, kind: EmissionKind)])
  }

  let kinds: Kinds
  /// As it was written.
  let text: String

  init?(argument: String) {
    text = argument
    if !argument.contains("=") {
      guard let kind = EmissionKind(argument) else { return nil }
      kinds = .all(kind)
      return
    }
    var pairs: [(column: String, kind: EmissionKind)] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let sign = part.lastIndex(of: "="), sign > part.startIndex,
        let kind = EmissionKind(String(part[part.index(after: sign)...]))
      else { return nil }
      pairs.append((String(part[..<sign]), kind))
    }
    kinds = .byColumn(pairs)
  }

  var defaultValueDescription: String { text }

  /// The columns that are named; nil where all are alike.
  var columns: [String]? {
    if case .byColumn(let pairs) = kinds { return pairs.map(\.column) }
    return nil
  }

  /// Whether cells may be words.
  var isCategorical: Bool {
    if case .all(.categorical) = kinds { return true }
    return false
  }

  /// An emission that is to be learned from a table.
  ///
  /// - Throws: `MarkovError` for a kind that takes another number of columns; what the table throws.
  func emission(states: Int, for table: SequenceTable) throws -> AnyEmission {
    switch kinds {
    case .all(let kind):
      let symbols = kind == .categorical ? try symbolCount(table, column: 0) : 0
      return try kind.emission(states: states, columns: table.columns.count, symbols: symbols)
    case .byColumn(let pairs):
      return AnyEmission(
        sideBySide: try pairs.enumerated().map { column, pair in
          let symbols = pair.kind == .categorical ? try symbolCount(table, column: column) : 0
          return try pair.kind.emission(states: states, columns: 1, symbols: symbols)
        })
    }
  }

  private func symbolCount(_ table: SequenceTable, column: Int) throws -> Int {
    if let symbols = table.symbols { return symbols.count }
    var largest = 0.0
    try table.rows.forEachBlock { _, rows in
      for row in 0..<rows.rows {
        let value = rows[row, column]
        if value.isNaN { continue }
        guard value >= 0, value < 65_536, value == value.rounded() else {
          throw MarkovError.invalidOption(
            name: "emission",
            value: "categorical with \(value) in column '\(table.columns[column])'",
            limit: "words, or whole numbers from 0 to 65535")
        }
        largest = max(largest, value)
      }
    }
    return Int(largest) + 1
  }
}
