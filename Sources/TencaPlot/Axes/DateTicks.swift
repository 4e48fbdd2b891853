internal import TencaNumerics

/// Places on an axis of dates where a calendar turns a page: days, Mondays, months, years.
enum DateTicks {
  /// The distance from tick to tick.
  enum Step: Equatable {
    /// Seconds that divide a day, counted from midnight.
    case seconds(Int)
    /// Days, counted from a Monday.
    case days(Int)
    /// Months, counted from a January: 12 of them are a year.
    case months(Int)
  }

  /// The steps that people know, from the shortest. Months lie between two weeks and four thousand
  /// years, which is more than an axis holds at twelve ticks.
  static let steps: [Step] =
    [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200].map { .seconds($0) }
    + [1, 2, 7, 14].map { .days($0) }
    + [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000, 48_000].map { .months($0) }

  /// The days that have a place: those of the years 1 to 9999.
  static let allowed =
    Double(
      CalendarDate(year: 1, month: 1, day: 1)!.dayNumber)...Double(
      CalendarDate(year: 9999, month: 12, day: 31)!.dayNumber + 1)

  /// Ticks at one step inside `range`, as many as possible up to `maximumCount`; none where the range
  /// holds no second.
  ///
  /// - Parameters:
  ///   - range: Days since 1 January 1970, within ``allowed``.
  ///   - maximumCount: At least 1.
  /// - Complexity: O(`maximumCount`).
  static func ticks(_ range: ClosedRange<Double>, maximumCount: Int) -> [Tick] {
    for step in steps {
      // Most steps are hopeless; they are not to be counted out.
      let width = range.upperBound - range.lowerBound
      guard width / longestDays(step) <= Double(maximumCount) + 1 else { continue }
      let moments = moments(step, in: range)
      if moments.count <= maximumCount { return labelled(moments, step) }
    }
    return []
  }

  /// A moment, as a day since 1 January 1970 and a second of that day.
  private typealias Moment = (day: Int, second: Int)

  private static func longestDays(_ step: Step) -> Double {
    switch step {
    case .seconds(let count): Double(count) / 86_400
    case .days(let count): Double(count)
    case .months(let count): Double(count) * 31
    }
  }

  private static func moments(_ step: Step, in range: ClosedRange<Double>) -> [Moment] {
    switch step {
    case .seconds(let count):
      return multiples(of: Double(count) / 86_400, in: range).map { index in
        let (day, part) = floored(index, by: 86_400 / count)
        return (day, part * count)
      }
    case .days(let count):
      // 5 January 1970 was a Monday.
      let monday = 4.0
      let shifted = range.lowerBound - monday...range.upperBound - monday
      return multiples(of: Double(count), in: shifted).map { ($0 * count + Int(monday), 0) }
    case .months(let count):
      let first = month(of: range.lowerBound)
      let last = month(of: range.upperBound)
      return (floored(first, by: count).quotient...floored(last, by: count).quotient)
        .compactMap { index in
          let (year, month) = floored(index * count, by: 12)
          // The year 0 is no year, and 10000 begins where the calendar ends.
          return CalendarDate(year: year, month: month + 1, day: 1).map { ($0.dayNumber, 0) }
        }
        .filter { range.contains(Double($0.day)) }
    }
  }

  /// Months since the beginning of a year 0.
  private static func month(of day: Double) -> Int {
    let date = CalendarDate(dayNumber: Int(min(day, allowed.upperBound - 1).rounded(.down)))
    return date.year * 12 + date.month - 1
  }

  private static func multiples(of step: Double, in range: ClosedRange<Double>) -> [Int] {
    // A millionth of a step outside is rounding.
    let first = (range.lowerBound / step - 1e-6).rounded(.up)
    let last = (range.upperBound / step + 1e-6).rounded(.down)
    return first <= last ? Array(Int(first)...Int(last)) : []
  }

  private static func floored(_ value: Int, by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

/// The words beside the ticks.
extension DateTicks {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func labelled(_ moments: [Moment], _ step: Step) -> [Tick] {
    var last: CalendarDate?
    return moments.map { moment in
      // The very last day of the calendar ends in no date.
      let day = min(moment.day, Int(allowed.upperBound) - 1)
      let date = CalendarDate(dayNumber: day)
      defer { last = date }
      return Tick(
        value: Double(moment.day) + Double(moment.second) / 86_400,
        label: label(date, second: moment.second, step, after: last))
    }
  }

  /// Says as much as is new since the tick before: a year once, a day at its midnight.
  private static func label(
    _ date: CalendarDate, second: Int, _ step: Step, after last: CalendarDate?
  ) -> String {
    let month = months[date.month - 1]
    let day = "\(date.day) \(month)"
    switch step {
    case .months(let count):
      return count.isMultiple(of: 12) ? String(date.year) : "\(month) \(date.year)"
    case .days:
      return last?.year == date.year ? day : "\(day) \(date.year)"
    case .seconds(let count):
      if second == 0 { return last == nil ? "\(day) \(date.year)" : day }
      let clock = clock(second, showsSeconds: count < 60)
      return last?.dayNumber == date.dayNumber ? clock : "\(day) \(clock)"
    }
  }

  private static func clock(_ second: Int, showsSeconds: Bool) -> String {
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    let minutes = "\(two(second / 3600)):\(two(second / 60 % 60))"
    return showsSeconds ? "\(minutes):\(two(second % 60))" : minutes
  }
}
