import FoundationEssentials
import TencaNumerics
import Testing

@testable import TencaRegimes

@Suite struct DatedSeriesTests {
  private func dates(_ texts: [String]) throws -> [CalendarDate] {
    try texts.map { try #require(CalendarDate($0)) }
  }

  private func series(_ rows: [(String, [Double])]) throws -> DatedSeries {
    try DatedSeries(
      name: "p.csv", dates: dates(rows.map(\.0)), columns: rows[0].1.indices.map { "c\($0)" },
      values: NDArray(rows: rows.map(\.1)))
  }

  @Test func keepsRowsInOrder() throws {
    let result = try series([("2018-01-02", [1]), ("2018-01-03", [.nan]), ("2018-01-09", [3])])
    #expect(result.report.notes == [])
    #expect(result.rowNumbers == [1, 2, 3])
    #expect((0..<3).map(result.label) == ["2018-01-02", "2018-01-03", "2018-01-09"])
  }

  @Test func sortsRows() throws {
    let result = try series([("2018-01-03", [3]), ("2018-01-09", [9]), ("2018-01-02", [2])])
    #expect(result.values.elements == [2, 3, 9])
    #expect(result.rowNumbers == [3, 1, 2])
    let note = try #require(result.report.notes.first)
    #expect(note.kind == "sorted")
    #expect(note.description.hasSuffix("earlier than the row before: 1"))
    let reversed = try series([("2018-01-03", [3]), ("2018-01-02", [2])])
    #expect(reversed.values.elements == [2, 3])
    #expect(reversed.report.lines == ["rows were newest first; they were turned round"])
  }

  @Test func mergesRowsOfOneDate() throws {
    let result = try series([
      ("2018-01-02", [1, .nan]), ("2018-01-03", [5, 5]), ("2018-01-02", [1, .nan]),
      ("2018-01-03", [6, 5]), ("2018-01-04", [7, 7]), ("2018-01-03", [8, 5]),
    ])
    #expect(result.values.column(0).elements == [1, 8, 7])
    #expect(result.rowNumbers == [3, 6, 5])
    let notes = result.report.notes.dropFirst()
    #expect(notes.map(\.kind) == ["repeatedRows", "differingRows"])
    #expect(notes.map(\.count) == [1, 2])
    #expect(notes.map(\.place) == ["2018-01-02", "2018-01-03"])
  }

  @Test func keepsTheLastThatIsKnown() throws {
    let result = try series([("2018-01-02", [1]), ("2018-01-03", [2]), ("2018-01-03", [.nan])])
    #expect(result.values.elements == [1, 2])
    #expect(result.report.notes.map(\.kind) == ["differingRows"])
  }

  @Test func tellsTimesOfADayApart() throws {
    let result = try series([("2018-01-02T09:30:00", [1]), ("2018-01-02T09:31:00", [2])])
    #expect(result.count == 2)
    #expect(result.label(1) == "2018-01-02T09:31:00")
  }

  @Test func leavesOutRowsWithoutValues() throws {
    let whole = try series([
      ("2018-01-01", [.nan, .nan]), ("2018-01-02", [1, .nan]), ("2018-01-03", [.nan, .nan]),
      ("2018-01-04", [2, 3]),
    ])
    let known = whole.withoutMissingRows()
    #expect(known.values.column(0).elements == [1, 2])
    #expect(known.report.notes.map(\.count) == [2])
    #expect(known.report.notes[0].place == "2018-01-01")
    #expect(known.withoutMissingRows().report == known.report)
    let tail = try series([("2018-01-01", [1]), ("2018-01-02", [.nan])]).withoutMissingRows()
    #expect(tail.report.notes[0].place == "2018-01-02")
  }

  @Test func takesPartsOfItself() throws {
    let part = try series([("2018-01-01", [1]), ("2018-01-02", [2]), ("2018-01-03", [4])])
      .returns(.simple).rows(1..<2)
    #expect((part.values.elements, part.levels.elements) == ([1], [4]))
    #expect(part.rowNumbers == [3])
  }

  @Test func knowsItsUsualStep() throws {
    func step(_ texts: [String]) throws -> Int? {
      try series(texts.map { ($0, [1]) }).usualStepInDays
    }
    #expect(try step(["2018-03-01", "2018-03-02", "2018-03-05", "2018-03-06"]) == 1)
    #expect(try step(["2018-01-31", "2018-02-28", "2018-03-31"]) == 31)
    #expect(try step(["2018-03-01", "2018-03-01T09:30:00"]) == 0)
    #expect(try step(["2018-03-01"]) == nil)
  }

  @Test func goesOnAsRowsCame() throws {
    func next(_ texts: [String]) throws -> [String]? {
      try series(texts.map { ($0, [1]) }).datesAfterLast(3)?.map(\.description)
    }
    // Thursday and Friday are followed by Monday.
    #expect(
      try next(["2018-03-01", "2018-03-02"]) == ["2018-03-05", "2018-03-06", "2018-03-07"])
    #expect(
      try next(["2018-03-02", "2018-03-03"]) == ["2018-03-04", "2018-03-05", "2018-03-06"])
    // A Friday, a Thursday before a holiday, and Fridays again.
    #expect(
      try next(["2018-03-16", "2018-03-23", "2018-03-29", "2018-04-06", "2018-04-13"])
        == ["2018-04-20", "2018-04-27", "2018-05-04"])
    #expect(
      try next(["2017-11-30", "2017-12-29", "2018-01-31"])
        == ["2018-02-28", "2018-03-31", "2018-04-30"])
    #expect(try next(["2017-01-01", "2017-04-01"]) == ["2017-07-01", "2017-10-01", "2018-01-01"])
    #expect(try next(["2016-01-01", "2017-01-01"]) == ["2018-01-01", "2019-01-01", "2020-01-01"])
    #expect(try next(["2018-03-01"]) == nil)
    #expect(try next(["9990-01-01", "9997-01-01"]) == nil)
  }

  @Test func refusesWhatIsNoSeries() throws {
    func complaint(_ rows: [[Double]]) throws -> String {
      try #require(throws: RegimesError.self) {
        try DatedSeries(
          name: "p.csv", dates: nil, columns: ["a"],
          values: NDArray(rows: rows).reshaped([rows.count, 1]))
      }.description
    }
    #expect(try complaint([]).contains("no rows"))
    #expect(try complaint([[.nan], [.nan]]).contains("column 'a' has no value at all"))
    #expect(try complaint([[1], [.infinity]]).contains("p.csv, row 2: column 'a' is inf"))
  }

  @Test func writesItsReport() throws {
    let report = try series([("2018-01-03", [3]), ("2018-01-02", [2])]).report
    let json = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(SeriesReport.self, from: json) == report)
  }
}
