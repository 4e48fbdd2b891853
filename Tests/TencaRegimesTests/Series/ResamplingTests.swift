import TencaNumerics
import Testing

@testable import TencaRegimes

@Suite struct ResamplingTests {
  private func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

  private func series(
    _ rows: [(String, Double)], exogenous: [Double]? = nil
  ) throws -> DatedSeries {
    try DatedSeries(
      name: "p.csv", dates: rows.map { try date($0.0) }, columns: ["Close"],
      values: NDArray(rows.map(\.1), shape: [rows.count, 1]),
      exogenousColumns: exogenous == nil ? [] : ["x"],
      exogenous: exogenous.map { NDArray($0, shape: [rows.count, 1]) })
  }

  /// Thursday 28 December 2017 to Tuesday 9 January 2018: the week of 1 January ends on Sunday the 7th.
  private let daily = [
    ("2017-12-28", 1.0), ("2017-12-29", 2), ("2018-01-02", 3), ("2018-01-05", 4), ("2018-01-07", 5),
    ("2018-01-08", 6), ("2018-01-09", 7),
  ]

  @Test(arguments: [
    (Resampling.weekly, ["2017-12-29", "2018-01-07", "2018-01-09"], [2.0, 5, 7]),
    (.monthly, ["2017-12-29", "2018-01-09"], [2, 7]),
    (.quarterly, ["2017-12-29", "2018-01-09"], [2, 7]),
    (.yearly, ["2017-12-29", "2018-01-09"], [2, 7]),
  ])
  func takesTheLast(resampling: Resampling, dates: [String], values: [Double]) throws {
    let result = try series(daily).resampled(resampling)
    #expect(result.dates == (try dates.map(date)))
    #expect(result.values.elements == values)
    #expect(result.levels.elements == values)
    #expect(result.report.notes.last?.count == 7)
  }

  @Test func tellsQuartersOfYearsApart() throws {
    let rows = [("2017-03-31", 1.0), ("2017-04-01", 2), ("2017-06-30", 3), ("2018-06-01", 4)]
    #expect(try series(rows).resampled(.quarterly).values.elements == [1, 3, 4])
    #expect(try series(rows).resampled(.yearly).values.elements == [3, 4])
    #expect(try series(rows).resampled(.monthly).values.elements == [1, 2, 3, 4])
  }

  /// ISO weeks run over New Year: Monday 31 December 2018 and Wednesday 2 January 2019 share one.
  @Test func weeksRunOverNewYear() throws {
    let rows = [("2018-12-28", 1.0), ("2018-12-31", 2), ("2019-01-02", 3), ("2019-01-07", 4)]
    #expect(try series(rows).resampled(.weekly).values.elements == [1, 3, 4])
  }

  @Test func passesOverMissingCells() throws {
    let rows = [("2018-01-02", 1.0), ("2018-01-03", 2), ("2018-01-05", .nan), ("2018-01-08", .nan)]
    let result = try series(rows, exogenous: [7, .nan, 9, .nan]).resampled(.weekly)
    #expect(result.values[0, 0] == 2)
    #expect(result.values[1, 0].isNaN)
    #expect(result.exogenous[0, 0] == 9)
    #expect(result.exogenous[1, 0].isNaN)
    #expect(result.dates == (try [date("2018-01-03"), date("2018-01-08")]))
  }

  @Test func refusesRowsWithoutDatesAndReturns() throws {
    let numbered = try DatedSeries(
      name: "p.csv", dates: nil, columns: ["a"], values: NDArray(rows: [[1], [2]]))
    let error = try #require(throws: RegimesError.self) { try numbered.resampled(.weekly) }
    #expect(error.description.hasPrefix("p.csv: weekly rows need dates"))
    let returns = try series(daily).returns(.log)
    #expect(throws: RegimesError.self) { try returns.resampled(.monthly) }
  }
}
