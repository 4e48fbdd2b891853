/// A day of the Gregorian calendar, also before it was in use, and a time of that day in seconds.
///
/// There is no time zone: a date is what a calendar and a clock on the wall show. Its JSON is its
/// ``description``.
public struct CalendarDate: Sendable, Hashable {
  /// 1 to 9999.
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// 1 to 31.
  public let day: Int
  /// Seconds since midnight, 0 to 86,399; 0 where only the day is known.
  public let secondOfDay: Int

  /// Makes a date; nil where the calendar has no such day, or the day no such second.
  public init?(year: Int, month: Int, day: Int, secondOfDay: Int = 0) {
    guard (1...9999).contains(year), (1...12).contains(month), (0..<86_400).contains(secondOfDay),
      day >= 1, day <= Self.days(inMonth: month, of: year)
    else { return nil }
    (self.year, self.month, self.day, self.secondOfDay) = (year, month, day, secondOfDay)
  }

  /// Makes the date that lies `dayNumber` days after 1 January 1970.
  ///
  /// From the first of March on, a leap day comes last, and 400 years have always as many days
  /// (E. M. Reingold, N. Dershowitz, "Calendrical calculations", 2018, chapter 2).
  ///
  /// - Precondition: The year is 1 to 9999, and `secondOfDay` 0 to 86,399.
  public init(dayNumber: Int, secondOfDay: Int = 0) {
    let shifted = dayNumber + Self.daysFromMarchOfYearZero
    let (era, dayOfEra) = Self.floored(shifted, by: Self.daysOfEra)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / (Self.daysOfEra - 1)) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    // Five months from March on have 153 days, as five from August have.
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    self.secondOfDay = secondOfDay
    precondition((1...9999).contains(year), "day \(dayNumber) is in year \(year), not 1 to 9999")
    precondition((0..<86_400).contains(secondOfDay), "second \(secondOfDay) of a day")
  }

  private static let daysOfEra = 146_097
  private static let daysFromMarchOfYearZero = 719_468

  private static func floored(_ value: Int, by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  /// Whether a year has a 29 February.
  public static func isLeap(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  /// The days of a month, 28 to 31.
  ///
  /// - Precondition: `month` is 1 to 12.
  public static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CalendarDate {
  /// Days since 1 January 1970, negative before.
  public var dayNumber: Int {
    let yearFromMarch = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = Self.floored(yearFromMarch, by: 400)
    let monthFromMarch = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * Self.daysOfEra + dayOfEra - Self.daysFromMarchOfYearZero
  }

  /// The day of the week, 1 for Monday to 7 for Sunday (ISO 8601).
  public var weekday: Int {
    // 1 January 1970 was a Thursday.
    Self.floored(dayNumber + 3, by: 7).remainder + 1
  }

  /// The week, from Monday to Sunday, and the year that most of its days lie in (ISO 8601).
  public var isoWeek: (year: Int, week: Int) {
    // A week belongs to the year of its Thursday.
    let thursday = dayNumber - weekday + 4
    var (year, first) = (self.year, CalendarDate(year: self.year, month: 1, day: 1)!.dayNumber)
    let length = Self.isLeap(year) ? 366 : 365
    if thursday < first {
      year -= 1
      first -= Self.isLeap(year) ? 366 : 365
    } else if thursday >= first + length {
      year += 1
      first += length
    }
    return (year, (thursday - first) / 7 + 1)
  }

  /// The quarter of the year, 1 to 4.
  public var quarter: Int { (month + 2) / 3 }

  /// The date some days later, or earlier, at the same time of day.
  ///
  /// - Precondition: The year stays within 1 to 9999.
  public func advanced(byDays days: Int) -> CalendarDate {
    CalendarDate(dayNumber: dayNumber + days, secondOfDay: secondOfDay)
  }

  /// The same day some months later, or earlier; the last of a month that is too short for it.
  ///
  /// - Precondition: The year stays within 1 to 9999.
  public func advanced(byMonths months: Int) -> CalendarDate {
    let (year, month) = Self.floored(self.year * 12 + self.month - 1 + months, by: 12)
    return CalendarDate(
      year: year, month: month + 1, day: min(day, Self.days(inMonth: month + 1, of: year)),
      secondOfDay: secondOfDay)!
  }
}

extension CalendarDate: Comparable {
  /// Whether a date is earlier.
  public static func < (first: CalendarDate, second: CalendarDate) -> Bool {
    (first.year, first.month, first.day, first.secondOfDay)
      < (second.year, second.month, second.day, second.secondOfDay)
  }
}

extension CalendarDate: CustomStringConvertible {
  /// ISO 8601: "2018-03-01", with a time of day other than midnight "2018-03-01T09:30:00".
  public var description: String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    guard secondOfDay > 0 else { return date }
    let (hour, minute) = (secondOfDay / 3600, secondOfDay / 60 % 60)
    return date + "T\(padded(hour, 2)):\(padded(minute, 2)):\(padded(secondOfDay % 60, 2))"
  }

  /// Reads a ``description``; nil for anything else.
  public init?(_ description: String) {
    let parts = description.split(separator: "T", omittingEmptySubsequences: false)
    let date = parts[0].split(separator: "-").compactMap { Int($0) }
    guard parts.count <= 2, date.count == 3 else { return nil }
    var second = 0
    if parts.count == 2 {
      let clock = parts[1].split(separator: ":").compactMap { Int($0) }
      guard clock.count == 3 else { return nil }
      second = (clock[0] * 60 + clock[1]) * 60 + clock[2]
    }
    self.init(year: date[0], month: date[1], day: date[2], secondOfDay: second)
    guard self.description == description else { return nil }
  }
}

extension CalendarDate: Codable {
  /// Writes the ``description``.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// Reads a ``description``.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let date = CalendarDate(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is no date such as 2018-03-01")
    }
    self = date
  }
}
