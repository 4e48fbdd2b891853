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
