/// What comes first in dates such as 03/01/2018.
public enum DateOrder: String, Sendable, CaseIterable, Codable {
  /// The day: 3 January 2018.
  case dayFirst = "day-first"
  /// The month: 1 March 2018.
  case monthFirst = "month-first"
  /// The year, where it has two digits: 1 January 2003 in 03/01/01.
  case yearFirst = "year-first"
}

/// How much a date says. One that stands for a longer time is the first day of that time.
public enum DatePrecision: String, Sendable, CaseIterable, Codable {
  /// A day, or a time of a day.
  case day
  /// A month: "1999-04", "Apr 1999", "1999M04".
  case month
  /// A quarter of a year: "1999Q2".
  case quarter
  /// A year: "1999".
  case year
}
