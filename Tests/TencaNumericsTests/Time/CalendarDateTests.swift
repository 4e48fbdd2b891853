import FoundationEssentials
import TencaNumerics
import Testing

@Suite struct CalendarDateTests {
  private func date(_ year: Int, _ month: Int, _ day: Int) throws -> CalendarDate {
    try #require(CalendarDate(year: year, month: month, day: day))
  }

  /// Days since 1970 and ISO weeks: `(date(y, m, d) - date(1970, 1, 1)).days` and
  /// `date(y, m, d).isocalendar()` of Python 3.13's datetime.
  @Test(
    arguments: [
      (1970, 1, 1, 0, (1970, 1, 4)),
      (1969, 12, 31, -1, (1970, 1, 3)),
      (1600, 1, 1, -135140, (1599, 52, 6)),
      (1600, 2, 29, -135081, (1600, 9, 2)),
      (1582, 10, 15, -141427, (1582, 41, 5)),
      (1752, 9, 14, -79366, (1752, 37, 4)),
      (1900, 3, 1, -25508, (1900, 9, 4)),
      (2000, 2, 29, 11016, (2000, 9, 2)),
      (2004, 12, 31, 12783, (2004, 53, 5)),
      (2005, 1, 1, 12784, (2004, 53, 6)),
      (2005, 1, 2, 12785, (2004, 53, 7)),
      (2005, 12, 31, 13148, (2005, 52, 6)),
      (2007, 12, 31, 13878, (2008, 1, 1)),
      (2008, 12, 29, 14242, (2009, 1, 1)),
      (2009, 12, 31, 14609, (2009, 53, 4)),
      (2010, 1, 3, 14612, (2009, 53, 7)),
      (2018, 3, 1, 17591, (2018, 9, 4)),
      (2020, 12, 31, 18627, (2020, 53, 4)),
      (2021, 1, 3, 18630, (2020, 53, 7)),
      (2400, 2, 29, 157113, (2400, 9, 2)),
      (2400, 12, 31, 157419, (2400, 52, 7)),
      (1, 1, 1, -719162, (1, 1, 1)),
      (9999, 12, 31, 2932896, (9999, 52, 5)),
    ] as [(Int, Int, Int, Int, (Int, Int, Int))])
  func knowsDaysAndWeeks(
    _ year: Int, _ month: Int, _ day: Int, number: Int, week: (Int, Int, Int)
  ) throws {
    let date = try date(year, month, day)
    #expect(date.dayNumber == number)
    #expect(CalendarDate(dayNumber: number) == date)
    #expect((date.isoWeek.year, date.isoWeek.week, date.weekday) == week)
  }

  /// Every day of 1600 to 2400, counted one by one as a calendar on the wall does.
  @Test func countsEveryDayFrom1600To2400() throws {
    var number = try date(1600, 1, 1).dayNumber
    #expect(number == -135_140)
    var (mismatches, weekday) = (0, try date(1600, 1, 1).weekday)
    for year in 1600...2400 {
      let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      for (index, length) in lengths.enumerated() {
        for day in 1...length {
          let date = CalendarDate(dayNumber: number)
          if (date.year, date.month, date.day) != (year, index + 1, day)
            || date.dayNumber != number || date.weekday != weekday
          {
            mismatches += 1
          }
          number += 1
          weekday = weekday % 7 + 1
        }
        #expect(CalendarDate(year: year, month: index + 1, day: length + 1) == nil)
      }
    }
    #expect(mismatches == 0)
    #expect(number == (try date(2400, 12, 31)).dayNumber + 1)
  }

  /// A new week begins on Mondays and never elsewhere, and weeks of a year count from 1 on.
  @Test func weeksBeginOnMondays() throws {
    for number in try date(1600, 1, 3).dayNumber...date(2400, 12, 31).dayNumber {
      let (date, before) = (CalendarDate(dayNumber: number), CalendarDate(dayNumber: number - 1))
      guard date.isoWeek != before.isoWeek || date.weekday == 1 else { continue }
      #expect(date.weekday == 1)
      let follows = (before.isoWeek.year, before.isoWeek.week + 1)
      let opens = (before.isoWeek.year + 1, 1)
      #expect(date.isoWeek == follows || date.isoWeek == opens)
      #expect(date.isoWeek.week < 54)
    }
  }

  @Test(arguments: [
    (2018, 2, 29), (1900, 2, 29), (2018, 4, 31), (2018, 13, 1), (2018, 0, 1), (2018, 1, 0),
    (0, 1, 1), (10_000, 1, 1),
  ])
  func refusesDaysThatNeverWere(year: Int, month: Int, day: Int) {
    #expect(CalendarDate(year: year, month: month, day: day) == nil)
  }

  @Test func addsDaysAndMonths() throws {
    #expect(try date(2000, 2, 28).advanced(byDays: 2) == date(2000, 3, 1))
    #expect(try date(2018, 3, 1).advanced(byDays: -1) == date(2018, 2, 28))
    #expect(try date(2018, 1, 31).advanced(byMonths: 1) == date(2018, 2, 28))
    #expect(try date(2019, 11, 30).advanced(byMonths: 3) == date(2020, 2, 29))
    #expect(try date(2018, 1, 31).advanced(byMonths: -2) == date(2017, 11, 30))
    #expect(try [1, 3, 4, 12].map { try date(2018, $0, 1).quarter } == [1, 1, 2, 4])
  }

  @Test(arguments: ["2018-03-01", "0001-01-01", "2018-03-01T09:30:05"])
  func writesAndReadsItself(text: String) throws {
    let date = try #require(CalendarDate(text))
    #expect(date.description == text)
    let json = try JSONEncoder().encode([date])
    #expect(String(decoding: json, as: UTF8.self) == "[\"\(text)\"]")
    #expect(try JSONDecoder().decode([CalendarDate].self, from: json) == [date])
  }

  @Test(arguments: ["", "2018", "2018-3-1", "2018-02-30", "2018-03-01T24:00:00", "2018-03-01T"])
  func readsNothingElse(text: String) { #expect(CalendarDate(text) == nil) }

  @Test func ordersDaysAndTimes() throws {
    let morning = try #require(
      CalendarDate(year: 2018, month: 3, day: 1, secondOfDay: 34_200))
    #expect(try date(2018, 3, 1) < morning)
    #expect(try morning < date(2018, 3, 2))
    #expect(try date(2017, 12, 31) < date(2018, 1, 1))
  }
}
