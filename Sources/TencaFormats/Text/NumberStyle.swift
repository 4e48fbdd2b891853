/// How numbers are written: with a decimal point or a decimal comma.
///
/// Under either, digits may stand in groups ("1,234.5", "1.234,5", "1 234,5", "1'234.5",
/// "12,34,567"), after a plus or minus or in accountants' parentheses, with a currency or percent
/// sign. The last two change nothing: "5%" is 5.
public enum NumberStyle: String, Sendable, CaseIterable, Codable {
  /// "1234.5".
  case point
  /// "1234,5".
  case comma

  /// The finite number that `text` is, or nil.
  ///
  /// - Complexity: O(characters).
  public func number(_ text: some StringProtocol) -> Double? { NumberText(text)?.value(self) }

  /// The style that most `cells` are written in.
  ///
  /// - Parameters:
  ///   - cells: A column; cells that say that something is missing do not count.
  ///   - likely: The style of numbers beside these, for cells such as "1,234" that are numbers under
  ///     both; nil where nothing is known, and then it is ``point``.
  /// - Returns: The style, and whether the other would do as well but make other numbers.
  public static func detect(
    in cells: some Sequence<String>, likely: NumberStyle? = nil
  ) -> (style: NumberStyle, isAmbiguous: Bool) {
    var (points, commas, isAmbiguous) = (0, 0, false)
    for cell in cells where !MissingWords.contains(cell) {
      guard let text = NumberText(cell) else { continue }
      let (point, comma) = (text.value(.point), text.value(.comma))
      if point != nil { points += 1 }
      if comma != nil { commas += 1 }
      if let point, let comma, point != comma { isAmbiguous = true }
    }
    if points != commas { return (points > commas ? .point : .comma, false) }
    return (likely ?? .point, isAmbiguous)
  }
}

/// The words that say that a cell has no value.
enum MissingWords {
  private static let words: Set<String> = [
    "", "na", "n/a", "#n/a", "#na", "nan", "null", "none", "nil", ".", "..", "-", "--", "–", "—",
    "?", "nd", "missing",
  ]

  /// Whether `cell` says that there is no value: empty, "NA", "NaN", "null", ".", "-" and the like,
  /// in any case.
  static func contains(_ cell: String) -> Bool {
    let text = cell.trimmingSpaces
    return text.utf8.count <= 7 && words.contains(text.lowercased())
  }
}
