public import TencaNumerics

/// A stretch of rows of one regime.
public struct RegimeSpell: Sendable, Equatable {
  /// The regime.
  public let regime: Int
  /// Its rows, counted in the series.
  public let rows: Range<Int>
  /// The first and the last date; nil where rows have none.
  public let dates: ClosedRange<CalendarDate>?
  /// How the level changed from the row before the spell to its last, as a share; nil where levels are
  /// not known or not above zero.
  public let change: Double?
}

extension DatedSeries {
  /// The spells of a path.
  ///
  /// - Parameters:
  ///   - path: A regime for each row from `first` on.
  ///   - first: The row of the path's first.
  func spells(_ path: [Int], from first: Int) -> [RegimeSpell] {
    var spells: [RegimeSpell] = []
    var begin = 0
    let prices = levels.column(0).elements
    for end in 1..<path.count + 1 where end == path.count || path[end] != path[begin] {
      let rows = first + begin..<first + end
      let before = prices[..<rows.lowerBound].last { !$0.isNaN } ?? prices[rows.lowerBound]
      let last = prices[rows].last { !$0.isNaN } ?? .nan
      spells.append(
        RegimeSpell(
          regime: path[begin], rows: rows,
          dates: dates.map { $0[rows.lowerBound]...$0[rows.upperBound - 1] },
          change: returns != .none && before > 0 && last > 0 ? last / before - 1 : nil))
      begin = end
    }
    return spells
  }
}
