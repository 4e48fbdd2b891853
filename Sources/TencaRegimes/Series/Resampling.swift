internal import TencaNumerics

/// Stretches of the calendar from which one row each is taken.
public enum Resampling: String, Sendable, CaseIterable, Codable {
  /// Weeks from Monday to Sunday (ISO 8601).
  case weekly
  /// Months.
  case monthly
  /// Quarters of years.
  case quarterly
  /// Years.
  case yearly

  /// The number of the stretch that a date lies in; later ones have larger numbers.
  func stretch(of date: CalendarDate) -> Int {
    switch self {
    // The Monday of the week, counted in days.
    case .weekly: date.dayNumber - date.weekday
    case .monthly: date.year * 12 + date.month
    case .quarterly: date.year * 4 + date.quarter
    case .yearly: date.year
    }
  }

  /// What one stretch is called.
  var noun: String {
    switch self {
    case .weekly: "week"
    case .monthly: "month"
    case .quarterly: "quarter"
    case .yearly: "year"
    }
  }
}

extension DatedSeries {
  /// One row for each week, month, quarter or year that has rows: the last value known in it of each
  /// column, exogenous ones too, under the date of its last row that has a value.
  ///
  /// Stretches without rows are left out, and the last may not be over. Take returns afterwards: the
  /// last return of a week is not the return of the week.
  ///
  /// - Throws: ``RegimesError/unfitSeries(place:problem:remedy:)`` for rows without dates, and for
  ///   values that are returns already.
  /// - Complexity: O(rows · columns).
  public func resampled(_ resampling: Resampling) throws -> DatedSeries {
    guard let dates else {
      throw RegimesError.unfitSeries(
        place: name, problem: "\(resampling.rawValue) rows need dates, and no column holds any",
        remedy: "Name the column of dates, or do not resample")
    }
    guard returns == .none else {
      throw RegimesError.unfitSeries(
        place: name, problem: "its values are \(returns.rawValue) returns",
        remedy: "Resample prices, and take returns then")
    }
    var stretches: [Range<Int>] = []
    for (row, date) in dates.enumerated() {
      if let last = stretches.last,
        resampling.stretch(of: dates[last.lowerBound]) == resampling.stretch(of: date)
      {
        stretches[stretches.count - 1] = last.lowerBound..<row + 1
      } else {
        stretches.append(row..<row + 1)
      }
    }
    func last(_ matrix: NDArray<Double>) -> NDArray<Double> {
      let cells = stretches.flatMap { rows in
        (0..<matrix.columns).map { column in
          rows.last { !matrix[$0, column].isNaN }.map { matrix[$0, column] } ?? .nan
        }
      }
      return NDArray(cells, shape: [stretches.count, matrix.columns])
    }
    let places = stretches.map { rows in
      rows.last { row in !values.row(row).elements.allSatisfy(\.isNaN) } ?? rows.upperBound - 1
    }
    let note = SeriesNote(
      kind: "resampled", count: count, place: nil,
      "rows taken as the last of each \(resampling.noun): \(stretches.count) of \(count)")
    return DatedSeries(
      like: self, dates: places.map { dates[$0] }, rowNumbers: places.map { rowNumbers[$0] },
      values: last(values), exogenous: last(exogenous), notes: [note])
  }
}
