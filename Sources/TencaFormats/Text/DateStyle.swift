public import TencaNumerics

/// How the dates of a column are written, told from all its cells together.
///
/// 03/01/2018 may be 3 January or 1 March: the other cells tell, where one has a day above 12. Where
/// none has, the order is that under which the rows ascend or descend, if they do so under one only;
/// then day first where points part the numbers, else month first.
public struct DateStyle: Sendable, Equatable, Codable {
  /// How much each date says.
  public let precision: DatePrecision
  /// Which comes first in dates such as 03/01/2018; nil where there are none.
  public let order: DateOrder?
  /// Whether no cell tells the order for sure.
  public let isAmbiguous: Bool

  /// The style of a column.
  ///
  /// - Parameters:
  ///   - cells: The column; those that say that a date is missing do not count.
  ///   - order: Which comes first, where that is known.
  ///   - acceptsPlainNumbers: Whether digits alone, such as 199904, are dates too.
  /// - Returns: The style of most of the cells; nil where most are no dates.
  /// - Complexity: O(cells).
  public static func detect(
    in cells: some Sequence<String>, order: DateOrder? = nil, acceptsPlainNumbers: Bool = false
  ) -> DateStyle? {
    let words = cells.filter { !MissingWords.contains($0) }
    let texts = words.compactMap(DateText.init).filter {
      acceptsPlainNumbers || !$0.isPlainNumber
    }
    guard !texts.isEmpty, texts.count * 2 > words.count else { return nil }
    let counts = Dictionary(grouping: texts, by: \.precision).mapValues(\.count)
    let precision = DatePrecision.allCases.max { counts[$0, default: 0] < counts[$1, default: 0] }!
    let doubtful = texts.contains { $0.dayFirst != $0.monthFirst }
    if let order { return DateStyle(precision, doubtful ? order : nil) }
    guard doubtful else { return DateStyle(precision, nil) }
    let days = texts.compactMap(\.dayFirst)
    let months = texts.compactMap(\.monthFirst)
    if days.count != months.count {
      return DateStyle(precision, days.count > months.count ? .dayFirst : .monthFirst)
    }
    let usual: DateOrder = texts.allSatisfy(\.hasPoints) ? .dayFirst : .monthFirst
    let likely: DateOrder =
      switch (isMonotone(days), isMonotone(months)) {
      case (true, false): .dayFirst
      case (false, true): .monthFirst
      default: usual
      }
    return DateStyle(precision, likely, isAmbiguous: true)
  }

  /// The date that `cell` is in this style; nil where it is none.
  public func date(_ cell: String) -> CalendarDate? {
    guard let text = DateText(cell), text.precision == precision else { return nil }
    return order == .dayFirst ? text.dayFirst : text.monthFirst
  }

  private init(_ precision: DatePrecision, _ order: DateOrder?, isAmbiguous: Bool = false) {
    (self.precision, self.order, self.isAmbiguous) = (precision, order, isAmbiguous)
  }

  private static func isMonotone(_ dates: [CalendarDate]) -> Bool {
    let pairs = zip(dates, dates.dropFirst())
    return pairs.allSatisfy { $0 <= $1 } || pairs.allSatisfy { $0 >= $1 }
  }
}
