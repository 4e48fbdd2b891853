import ArgumentParser
import FoundationEssentials
import TencaFormats
import TencaNumerics
import TencaRegimes
import Testing

@testable import tenca

@Suite("Series on the command line")
struct SeriesArgumentsTests {
  private let table = """
    Date,Close,vix,note
    2018-03-05,121,3,c
    2018-03-01,100,1,a
    2018-03-02,110,2,b
    2018-03-06,,,holiday
    2018-03-09,242,4,d
    """

  private func series(_ arguments: [String], _ text: String? = nil) throws -> DatedSeries {
    let folder = try TemporaryFolder()
    try folder.write(text ?? table, to: "p.csv")
    return try SeriesArguments.parse(arguments).series("\(folder.path)/p.csv")
  }

  @Test("What is not said has its default")
  func defaults() throws {
    let arguments = try SeriesArguments.parse([])
    #expect(arguments.returns == .log)
    #expect(arguments.resample == nil && arguments.column == nil && arguments.exog == nil)
    let series = try series(["--column", "Close"])
    #expect(series.dates?.map(\.description) == ["2018-03-02", "2018-03-05", "2018-03-09"])
    #expect(series.returns == .log)
    #expect(series.report.notes.map(\.kind) == ["missingCells", "sorted", "missingRows"])
    #expect(series.levels.elements == [110, 121, 242])
  }

  @Test("Every option does what it says")
  func options() throws {
    let simple = try series(["--column", "close, VIX", "--returns", "simple"])
    #expect(simple.columns == ["Close", "vix"])
    #expect(simple.values.column(1).elements == [1, 0.5, 1.0 / 3])
    let weekly = try series(["--returns", "none", "--resample", "weekly", "--exog", "vix"])
    #expect(weekly.columns == ["Close"])
    #expect(weekly.values.elements == [110, 242])
    #expect(weekly.exogenous.elements == [2, 4])
    let text = "a;b\n03/01/2018;1,234\n04/01/2018;1,235\n"
    let read = try series(
      [
        "--date", "a", "--date-order", "day-first", "--decimal", "point", "--returns", "difference",
      ],
      text)
    #expect(read.dates?.map(\.description) == ["2018-01-04"])
    #expect(read.values.elements == [1])
  }

  @Test("A holiday is no step of time, a quarter without a value is one")
  func gaps() throws {
    let days = "Date,x\n2018-03-01,1.5\n2018-03-02,.\n2018-03-05,2\n"
    #expect(try series(["--returns", "none"], days).values.elements == [1.5, 2])
    let quarters = try series(["--returns", "none"], "Date,x\n1999Q1,1.5\n1999Q2,.\n1999Q3,2\n")
    #expect(quarters.count == 3)
    #expect(quarters.values[1, 0].isNaN)
  }

  @Test("A choice made for the user names the option that changes it")
  func notes() throws {
    let lines = try series([], "Date,x\n03/01/2018,1\n04/01/2018,2\n").report.lines
    #expect(lines.contains { $0.hasSuffix("ask for another order (--date-order)") })
    #expect(lines.contains("values are those of column 'x' (--column)"))
  }

  @Test("What no series is made of is refused, with the place and a remedy")
  func refusals() throws {
    for arguments in [["--column", "a,,b"], ["--exog", ""], ["--returns", "big"]] {
      #expect(throws: (any Error).self) { try SeriesArguments.parse(arguments) }
    }
    let error = try #require(throws: RegimesError.self) {
      try series([], "Date,Close\n2018-03-01,1\n2018-03-02,-37.63\n")
    }
    #expect(error.description.contains("2018-03-02 (row 2): 'Close' is -37.63"))
    #expect(error.description.contains("use returns difference or none"))
  }

  private static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
  private let weekly = "\(root)/corpora/markets/sp500-weekly.csv"

  @Test("The weekly series of the repository reads")
  func corpus() throws {
    let series = try SeriesArguments.parse([]).series(weekly)
    #expect(series.count == 1043)
    #expect(series.dates?.first?.description == "1999-01-15")
    #expect(series.lastLevel() == 2506.85)
    #expect(series.usualStepInDays == 7)
    #expect(series.report.notes.map(\.kind) == ["chosenColumn"])
  }

  /// The repository's weeks were taken by Python's calendar, and rounded to two decimals.
  @Test(
    "Weeks of the daily index are those of the repository",
    .enabled(if: corpora != nil, "needs TENCA_DATA, a folder of corpora"))
  func weeks() throws {
    let arguments = try SeriesArguments.parse(["--returns", "none", "--resample", "weekly"])
    let daily = try arguments.series("\(corpora ?? "")/finance/sp500_1999_2018_ohlcv.csv")
    let expected = try SeriesArguments.parse(["--returns", "none"]).series(weekly)
    #expect(daily.dates == expected.dates)
    let pairs = zip(daily.values.elements, expected.values.elements)
    #expect(pairs.allSatisfy { abs($0 - $1) <= 0.005 })
  }
}

/// The folder of corpora that the environment names.
private let corpora = ProcessInfo.processInfo.environment["TENCA_DATA"]
