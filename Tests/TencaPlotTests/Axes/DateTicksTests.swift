import TencaNumerics
import Testing

@testable import TencaPlot

@Suite("Ticks of dates")
struct DateTicksTests {
  static func day(_ text: String) -> Double { Axis.place(of: CalendarDate(text)!) }

  static func labels(_ from: String, _ to: String, _ maximum: Int) -> [String] {
    DateTicks.ticks(day(from)...day(to), maximumCount: maximum).map(\.label)
  }

  @Test(arguments: [
    ("1950-01-03", "2018-12-31", 8, ["1950", "1960", "1970", "1980", "1990", "2000", "2010"], 1),
    ("1951-04-01", "1984-10-01", 8, ["1955", "1960", "1965", "1970", "1975", "1980"], 0),
    ("1820-05-01", "2020-05-01", 9, ["1850", "1900", "1950", "2000"], 0),
    ("2006-02-01", "2012-07-01", 8, ["2007", "2008", "2009", "2010", "2011", "2012"], 0),
    (
      "2007-12-15", "2009-03-20", 8,
      ["Jan 2008", "Apr 2008", "Jul 2008", "Oct 2008", "Jan 2009"], 0
    ),
    ("2008-01-20", "2008-05-10", 6, ["Feb 2008", "Mar 2008", "Apr 2008", "May 2008"], 0),
    ("2017-12-20", "2018-01-24", 8, ["25 Dec 2017", "1 Jan 2018", "8 Jan", "15 Jan", "22 Jan"], 0),
    ("2018-01-03", "2018-01-07", 8, ["3 Jan 2018", "4 Jan", "5 Jan", "6 Jan", "7 Jan"], 0),
    (
      "2018-01-03T06:00:00", "2018-01-04T18:00:00", 4,
      ["3 Jan 12:00", "4 Jan", "12:00"], 0
    ),
    (
      "2018-01-03T09:30:00", "2018-01-03T16:00:00", 8,
      ["3 Jan 10:00", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00"], 0
    ),
  ])
  func stepsAreThoseOfCalendars(
    _ from: String, _ to: String, _ maximum: Int, _ expected: [String], _ dropped: Int
  ) {
    // A series that begins on 3 January lacks the tick of its own first year.
    #expect(Self.labels(from, to, maximum) == Array(expected.dropFirst(dropped)))
  }

  /// From two days to two hundred years, at places all over the calendar.
  @Test(arguments: [1, 2, 5, 8, 12])
  func ticksStandAtBoundaries(_ maximum: Int) {
    let random = Gallery.noise(2000, seed: 11)
    for index in 0..<1000 {
      let start = DateTicks.allowed.lowerBound + random[2 * index] * 3_500_000
      let width = 2 * power(36_525, random[2 * index + 1])
      let range = start...start + width
      let ticks = DateTicks.ticks(range, maximumCount: maximum)
      #expect(ticks.count <= maximum, "\(range)")
      // From two days to a week is the widest of the steps.
      #expect(maximum < 8 || ticks.count >= 2, "\(range)")
      #expect(ticks.allSatisfy { range.contains($0.value) }, "\(range)")
      #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0.value < $1.value }, "\(range)")
      // Only hours come again, on the next day.
      let names = ticks.map(\.label).filter { !$0.contains(":") }
      #expect(Set(names).count == names.count, "\(range) \(ticks)")
      for tick in ticks where !tick.label.contains(":") {
        // Read back, the label names the day that the tick stands on.
        let date = CalendarDate(dayNumber: Int(tick.value))
        #expect(tick.value == Double(date.dayNumber), "\(tick)")
        let words = tick.label.split(separator: " ").map(String.init)
        switch words.count {
        case 1: #expect(words[0] == "\(date.year)" && date.month == 1 && date.day == 1, "\(tick)")
        case 2 where words[1].count > 3 || Int(words[1]) != nil:
          #expect(words[1] == "\(date.year)" && date.day == 1, "\(tick)")
        default: #expect(words[0] == "\(date.day)", "\(tick)")
        }
      }
    }
  }

  @Test func weeksBeginOnMondays() {
    let ticks = DateTicks.ticks(Self.day("2018-01-02")...Self.day("2018-02-20"), maximumCount: 8)
    #expect(ticks.count == 7)
    #expect(ticks.allSatisfy { CalendarDate(dayNumber: Int($0.value)).weekday == 1 })
  }

  @Test func theWholeCalendarHasTicks() throws {
    let ticks = DateTicks.ticks(DateTicks.allowed, maximumCount: 12)
    #expect(ticks.count > 2)
    let end = DateTicks.allowed.upperBound
    #expect(!DateTicks.ticks(end - 3...end, maximumCount: 5).isEmpty)
  }

  @Test func oneDayGetsRoomAroundIt() throws {
    let day = Self.day("2018-03-01")
    let scale = try Scale(.dates(), data: day...day, chart: "test")
    #expect(scale.range.contains(day) && !scale.ticks(maximumCount: 6).isEmpty)
  }

  @Test(arguments: [-1e6...0, 0...1e7, 5...5, 0...Double.infinity])
  func refusesWhatIsNotInTheCalendar(_ range: ClosedRange<Double>) {
    #expect(throws: PlotError.self) {
      try Scale(.dates(range: range), data: 0...1, chart: "test")
    }
  }

  @Test func datesAndRowsDoNotStack() {
    let lines = [Axis.dates(), .linear()].map {
      LineChart([Series(x: [0, 100], y: [0, 1])], xAxis: $0)
    }
    #expect(throws: PlotError.self) { try StackedChart(lines).encoded(as: .png) }
  }

  /// At any width, no label touches the next.
  @Test(arguments: [60.0, 200, 640, 1500])
  func labelsDoNotOverlap(_ length: Double) throws {
    let canvas = try Canvas(format: .png, size: Size(10, 10))
    let random = Gallery.noise(400, seed: 3)
    for index in 0..<200 {
      let start = -40_000 + 80_000 * random[2 * index]
      let range = start...start + 0.01 * power(7_000_000, random[2 * index + 1])
      let scale = try Scale(.dates(range: range), data: 0...1, chart: "test")
      let layout = TickLayout(scale, side: .bottom, length: length, on: canvas)
      let texts = TickLayoutTests.labels(layout, on: canvas)
      #expect(overlaps(texts).isEmpty, "\(range) \(layout.ticks.map(\.label))")
    }
  }
}
