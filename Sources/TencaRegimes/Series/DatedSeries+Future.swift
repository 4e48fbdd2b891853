public import TencaNumerics

extension DatedSeries {
  /// The days from most rows to the next, as their median; 0 where rows share days, nil for rows
  /// without dates and for a single row.
  ///
  /// - Complexity: O(rows · log rows).
  public var usualStepInDays: Int? {
    guard let dates, dates.count > 1 else { return nil }
    let steps = zip(dates, dates.dropFirst()).map { $1.dayNumber - $0.dayNumber }.sorted()
    return steps[steps.count / 2]
  }

  /// The dates of the rows to come, for forecasts: rows go on as they came.
  ///
  /// The usual step goes on: in months where it has 28 days or more, else in days. Single days are
  /// weekdays only where no row is of a weekend; holidays are not known. Nil for rows without dates,
  /// for a single row, where most rows share their day with others, and where dates would be beyond
  /// the year 9999.
  ///
  /// - Precondition: `count` is 0 or more.
  public func datesAfterLast(_ count: Int) -> [CalendarDate]? {
    guard let dates, let last = dates.last, let usual = usualStepInDays else { return nil }
    // A year is some days longer than steps of its months make it, a week than its weekdays.
    let reach = Double(last.dayNumber) + 1.5 * Double(count) * Double(usual)
    guard usual > 0, reach < Double(CalendarDate(year: 9999, month: 1, day: 1)!.dayNumber) else {
      return nil
    }
    if usual >= 28 {
      let months = Int((Double(usual) / 30.4).rounded())
      return (0..<count).map { last.advanced(byMonths: months * ($0 + 1)) }
    }
    guard usual == 1 else { return (0..<count).map { last.advanced(byDays: usual * ($0 + 1)) } }
    let hasWeekends = dates.contains { $0.weekday > 5 }
    var date = last
    return (0..<count).map { _ in
      repeat { date = date.advanced(byDays: 1) } while !hasWeekends && date.weekday > 5
      return date
    }
  }
}
