public import TencaNumerics

/// How the dates of a column are written, told from all its cells together.
///
/// 03/01/2018 may be 3 January or 1 March: the other cells tell, where one has a day above 12. Where
/// none has, the order is one under which the rows ascend or descend, if there is any: year first
/// (18/03/01) where the dates then span less than half the time, day first where points part the
/// numbers, else month first.
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
    guard texts.contains(where: \.hasOrders) else { return DateStyle(precision, nil) }
    if let order { return DateStyle(precision, order) }
    let readings = DateOrder.allCases.map { order in
      Reading(order: order, dates: texts.compactMap { $0.date(order) })
    }
    let most = readings.map(\.dates.count).max()!
    let possible = readings.filter { $0.dates.count == most }
    if possible.count == 1 { return DateStyle(precision, possible[0].order) }
    let usual: DateOrder = texts.allSatisfy(\.hasPoints) ? .dayFirst : .monthFirst
    // Dates that would span years tell that two digits in front, or behind, are no years.
    let spans = possible.map(\.span).sorted()
    let isSure =
      possible.count == 2 && possible.contains { $0.order == .yearFirst }
      && spans[1] > 2 * spans[0]
    return DateStyle(precision, likely(possible, usual: usual), isAmbiguous: !isSure)
  }

  /// The dates under one order.
  private struct Reading {
    let order: DateOrder
    let dates: [CalendarDate]

    var isMonotone: Bool {
      let pairs = zip(dates, dates.dropFirst())
      return pairs.allSatisfy { $0 <= $1 } || pairs.allSatisfy { $0 >= $1 }
    }

    /// Days from the first date to the last.
    var span: Int { dates.max()!.dayNumber - dates.min()!.dayNumber }
  }

  private static func likely(_ possible: [Reading], usual: DateOrder) -> DateOrder {
    let monotone = possible.filter(\.isMonotone)
    let readings = monotone.isEmpty ? possible : monotone
    let others = readings.filter { $0.order != .yearFirst }
    if let years = readings.first(where: { $0.order == .yearFirst }),
      others.allSatisfy({ $0.span > 2 * years.span })
    {
      return .yearFirst
    }
    return others.contains { $0.order == usual } ? usual : others[0].order
  }

  /// The date that `cell` is in this style; nil where it is none.
  public func date(_ cell: String) -> CalendarDate? {
    guard let text = DateText(cell), text.precision == precision else { return nil }
    return text.date(order ?? .dayFirst)
  }

  private init(_ precision: DatePrecision, _ order: DateOrder?, isAmbiguous: Bool = false) {
    (self.precision, self.order, self.isAmbiguous) = (precision, order, isAmbiguous)
  }
}
