import FoundationEssentials
import TencaNumerics
import Testing

@testable import TencaFormats

@Suite struct DatedColumnsTests {
  private func read(
    _ text: String, columns: [String]? = nil, date: String? = nil, exogenous: [String] = [],
    order: DateOrder? = nil, decimal: NumberStyle? = nil
  ) throws -> DatedColumns {
    var choices = DatedColumns.Choices()
    (choices.columns, choices.date, choices.exogenous) = (columns, date, exogenous)
    (choices.dateOrder, choices.decimal) = (order, decimal)
    return try DatedColumns(
      FoundTable(Array(text.utf8).span.bytes, path: "test.csv"), choices)
  }

  /// A table in the manner of a source, the column that is taken, its dates and values.
  private struct Example: CustomTestStringConvertible, Sendable {
    let source: String
    let text: String
    let column: String
    let dates: [String]?
    let values: [Double]
    var testDescription: String { source }
  }

  private static let examples = [
    Example(
      source: "Yahoo",
      text: """
        Date,Open,High,Low,Close,Adj Close,Volume
        2018-03-01,10,11,9,10.5,10.25,1000
        2018-03-02,null,null,null,null,null,null
        2018-03-05,10,11,9,10.75,10.5,1000
        """, column: "Close", dates: ["2018-03-01", "2018-03-02", "2018-03-05"],
      values: [10.5, .nan, 10.75]),
    Example(
      source: "yfinance",
      text: """
        Price,Close,High,Volume
        Ticker,SPY,SPY,SPY
        Date,,,
        2018-03-01,10.5,11,1000
        2018-03-02,10.75,11,1000
        """, column: "Close", dates: ["2018-03-01", "2018-03-02"], values: [10.5, 10.75]),
    Example(
      source: "Stooq",
      text: "Date,Open,High,Low,Close,Volume\n2018-03-01,1,2,0.5,1.5,7\n2018-03-02,1,2,0.5,1.6,7\n",
      column: "Close", dates: ["2018-03-01", "2018-03-02"], values: [1.5, 1.6]),
    Example(
      source: "Stooq, ASCII",
      text: """
        <TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>
        AA.US,5,20180301,153000,1,2,0.5,1.5,7,0
        AA.US,5,20180301,153500,1,2,0.5,1.6,7,0
        """, column: "CLOSE", dates: ["2018-03-01T15:30:00", "2018-03-01T15:35:00"],
      values: [1.5, 1.6]),
    Example(
      source: "FRED", text: "observation_date,DGS10\n2018-01-01,.\n2018-01-02,2.46\n2018-01-03,\n",
      column: "DGS10", dates: ["2018-01-01", "2018-01-02", "2018-01-03"],
      values: [.nan, 2.46, .nan]),
    Example(
      source: "German",
      text: "Datum;Schlusskurs\n01.03.2018;12.190,94\n02.03.2018;11.913,71\n",
      column: "Schlusskurs",
      dates: ["2018-03-01", "2018-03-02"], values: [12190.94, 11913.71]),
    Example(
      source: "quoted thousands",
      text: "\"Date\",\"Price\",\"Open\",\"Vol.\",\"Change %\"\n"
        + "\"Mar 02, 2018\",\"2,691.25\",\"2,658.89\",\"1.2M\",\"0.51%\"\n"
        + "\"Mar 01, 2018\",\"2,677.67\",\"2,715.22\",\"-\",\"-1.33%\"\n",
      column: "Price", dates: ["2018-03-02", "2018-03-01"], values: [2691.25, 2677.67]),
    Example(
      source: "Nasdaq",
      text: "Date,Close/Last,Volume,Open\n03/13/2018,$1.5,10,$1.4\n03/12/2018,$1.25,10,$1.2\n",
      column: "Close/Last", dates: ["2018-03-13", "2018-03-12"], values: [1.5, 1.25]),
    Example(
      source: "Bundesbank",
      text:
        "\"\";BBEX;FLAGS\n\"\";Dollar;\nunit;USD;\n2018-03-01;1,2171;\n2018-03-02;.;Kein Wert\n",
      column: "BBEX", dates: ["2018-03-01", "2018-03-02"], values: [1.2171, .nan]),
    Example(
      source: "Treasury",
      text: """
        "Series Description","Market yield"
        "Unit:","Percent:_Per_Year"
        "Multiplier:","1"
        "Currency:",NA
        "Unique Identifier: ","H15/H15/RIFLGFCY10_N.B"
        "Time Period","RIFLGFCY10_N.B"
        1962-01-02,4.06
        1962-01-03,ND
        1962-01-04,4.03
        1962-01-05,4.02
        1962-01-08,4.03
        1962-01-09,4.05
        """, column: "Market yield",
      dates: [
        "1962-01-02", "1962-01-03", "1962-01-04", "1962-01-05", "1962-01-08", "1962-01-09",
      ], values: [4.06, .nan, 4.03, 4.02, 4.03, 4.05]),
    Example(
      source: "Investing, German",
      text: "\"Datum\",\"Zuletzt\",\"Hoch\"\n\"02.03.2018\",\"11.913,71\",\"12.108,50\"\n",
      column: "Zuletzt", dates: ["2018-03-02"], values: [11913.71]),
    Example(
      source: "factors", text: "month,Mkt\n192607,2.96\n192608,-2.64\n", column: "Mkt",
      dates: ["1926-07-01", "1926-08-01"], values: [2.96, -2.64]),
    Example(
      source: "quarters", text: "Quarter,GDP\n1999Q2,\"9,526.2\"\n1999Q3,\"9,650.1\"\n",
      column: "GDP",
      dates: ["1999-04-01", "1999-07-01"], values: [9526.2, 9650.1]),
    Example(
      source: "years", text: "year\tvalue\n1999\t1\n2000\t2\n", column: "value",
      dates: ["1999-01-01", "2000-01-01"], values: [1, 2]),
    Example(
      source: "no dates", text: "rownames,DAX\n1,1628.75\n2,1613.63\n3,1606.51\n", column: "DAX",
      dates: nil, values: [1628.75, 1613.63, 1606.51]),
    Example(
      source: "no names", text: "20180301|1.5\n20180302|1.75\n", column: "2",
      dates: ["2018-03-01", "2018-03-02"], values: [1.5, 1.75]),
    Example(
      source: "bare", text: "1.5\n1.75\nNA\n", column: "1", dates: nil, values: [1.5, 1.75, .nan]),
    Example(
      source: "one column of years and more", text: "value\n1999\n2000.5\n", column: "value",
      dates: nil, values: [1999, 2000.5]),
    Example(
      source: "R",
      text: "Close Volume\n".replacing(" ", with: ",") + "2018-03-01,1.5,7\n2018-03-02,1.75,8\n",
      column: "Close", dates: ["2018-03-01", "2018-03-02"], values: [1.5, 1.75]),
  ]

  @Test(arguments: examples)
  private func readsWhatPeopleHave(example: Example) throws {
    let result = try read(example.text)
    #expect(result.columns == [example.column])
    #expect(result.dates?.map(\.description) == example.dates)
    let values = result.values.elements
    #expect(values.count == example.values.count)
    #expect(zip(values, example.values).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) })
    #expect(result.notes.contains { $0.kind == .chosenColumn })
  }

  @Test func takesNamedColumnsInAnyCase() throws {
    let text = "date,Open,CLOSE,adj close\n2018-03-01,1,2,3\n2018-03-02,4,5,6\n"
    let result = try read(text, columns: ["close", "Open"], exogenous: ["Adj Close"])
    #expect(result.columns == ["CLOSE", "Open"])
    #expect(result.values == NDArray(rows: [[2, 1], [5, 4]]))
    #expect(result.exogenousColumns == ["adj close"])
    #expect(result.exogenous.elements == [3, 6])
    #expect(result.lines == [2, 3])
    let error = try #require(throws: FormatError.self) { try read(text, columns: ["Shut"]) }
    #expect(error.description.contains("no column 'Shut'. Its columns are: date, Open, CLOSE"))
  }

  @Test func takesEveryColumnOnce() throws {
    for (columns, exogenous) in [(["a", "A"], []), (["a"], ["a"])] {
      let error = try #require(throws: FormatError.self) {
        try read("a,b\n1,2\n", columns: columns, exogenous: exogenous)
      }
      #expect(error.description.contains("column 'a' is asked for twice"))
    }
  }

  @Test func survivesDamage() {
    let text = Array("# x\nDate;Close;\n01.03.2018 9:30;\"1.234,5\";\n2.3.2018 9:30;-2,5%;\n".utf8)
    let refused = expectSurvivalOfEveryCorruption(of: text) {
      _ = try DatedColumns(FoundTable($0, path: ""))
    }
    #expect(refused > 100)
  }

  @Test func prefersCloseToAdjustedClose() throws {
    #expect(try read("Date,Adj Close,Close\n2018-03-01,1,2\n").columns == ["Close"])
    #expect(try read("Date,Adj Close,Volume\n2018-03-01,1,2\n").columns == ["Adj Close"])
  }

  @Test func listsColumnsWhereNoneIsMeant() throws {
    let error = try #require(throws: FormatError.self) {
      try read("rownames,DAX,SMI,kind\n1,2,3,a\n2,3,4,b\n")
    }
    #expect(
      error.description
        == "test.csv: 2 columns hold numbers, and none is named Close. Name one or more of 'DAX', "
        + "'SMI'.")
    let words = try #require(throws: FormatError.self) { try read("a,b\nx,y\n") }
    #expect(words.description.contains("no column holds numbers"))
  }

  @Test func saysWhatItDecided() throws {
    let text = "Date,Close\n03/01/2018,\"1,234\"\n04/01/2018,\"1,250\"\n"
    let result = try read(text)
    #expect(result.notes.map(\.kind) == [.dateOrder, .chosenColumn, .decimalSign])
    #expect(result.dates?[0].description == "2018-03-01")
    #expect(result.notes[0].description.contains("read as 2018-03-01 (month-first)"))
    #expect(result.values.elements == [1234, 1250])
    let other = try read(text, order: .dayFirst, decimal: .comma)
    #expect(other.notes.map(\.kind) == [.chosenColumn])
    #expect(other.dates?[0].description == "2018-01-03")
    #expect(other.values.elements == [1.234, 1.25])
  }

  /// A column that is in doubt is read as those that are not.
  @Test func readsColumnsAlike() throws {
    let text = "Datum;Kurs;Umsatz\n01.03.2018;1,5;1.234\n02.03.2018;2,5;2.345\n"
    #expect(try read(text, columns: ["Umsatz"]).values.elements == [1234, 2345])
    let points = "Date;Rate\n2018-03-01;1.234\n2018-03-02;1.235\n"
    #expect(try read(points).values.elements == [1.234, 1.235])
    let commas = "Date;Rate\n2018-03-01;1,234\n2018-03-02;1,235\n"
    #expect(try read(commas).values.elements == [1.234, 1.235])
  }

  @Test func saysThatDatesCannotBeRead() throws {
    let result = try read("Date,x\n1. März 2018,1.5\n2. März 2018,2\n")
    #expect(result.dates == nil)
    #expect(result.notes[0].kind == .unreadDates)
    #expect(
      result.notes[0].description.contains("'Date' holds no dates that can be read, but '1. M"))
  }

  @Test func prefersTheColumnNamedDate() throws {
    let result = try read("unix,date,close\n1519948740,2018-03-01,1\n1519862400,2018-02-28,2\n")
    #expect(result.dates?.map(\.description) == ["2018-03-01", "2018-02-28"])
  }

  /// Every delimiter with every way to write numbers and dates that does not contain it, or in quotes:
  /// what was written is what is read.
  @Test(arguments: CSVDelimiter.allCases)
  func readsAllStylesBack(delimiter: CSVDelimiter) throws {
    let dates = (0..<60).map { CalendarDate(dayNumber: 17_500 + $0 * 3) }
    let values = (0..<60).map { Double(($0 * 7919) % 100_003) * 12.25 + 0.5 }
    for (dateName, write) in Self.dateWriters {
      for (numberName, number) in Self.numberWriters {
        let text = try CSVWriter.encode(columns: ["Date", "Close"], delimiter: delimiter) {
          writer in
          for (date, value) in zip(dates, values) {
            try writer.append([write(date), number(value)])
          }
        }
        let result = try read(text)
        #expect(result.dates == dates, "\(dateName), \(numberName)")
        #expect(result.values.elements == values, "\(dateName), \(numberName)")
      }
    }
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static let dateWriters: [(String, @Sendable (CalendarDate) -> String)] = [
    ("ISO", \.description), ("compact", { $0.description.replacing("-", with: "") }),
    ("slashes", { $0.description.replacing("-", with: "/") }),
    ("day first", { "\($0.day)/\($0.month)/\($0.year)" }),
    ("month first", { "\($0.month)/\($0.day)/\($0.year % 100)" }),
    ("points", { "\($0.day).\($0.month).\($0.year)" }),
    ("names", { "\(months[$0.month - 1]) \($0.day), \($0.year)" }),
    ("short names", { "\($0.day)-\(months[$0.month - 1])-\($0.year % 100)" }),
    ("time", { "\($0)T00:00:00Z" }),
  ]

  private static let numberWriters: [(String, @Sendable (Double) -> String)] = [
    ("point", { "\($0)" }), ("comma", { "\($0)".replacing(".", with: ",") }),
    ("grouped by commas", { grouped($0, ",", ".") }),
    ("grouped by points", { grouped($0, ".", ",") }),
    ("grouped by spaces", { grouped($0, " ", ",") }), ("dollars", { "$" + grouped($0, ",", ".") }),
    ("euros", { grouped($0, ".", ",") + " €" }),
  ]

  private static func grouped(_ value: Double, _ mark: String, _ point: String) -> String {
    let parts = value.formatted(decimals: 2).split(separator: ".")
    var whole = ""
    for (index, digit) in parts[0].enumerated() {
      if index > 0 && (parts[0].count - index).isMultiple(of: 3) { whole += mark }
      whole.append(digit)
    }
    return whole + point + parts[1]
  }

  @Test func notesSignsAndMissingCells() throws {
    let result = try read("Date,x\n2018-03-01,1.5%\n2018-03-02,\n2018-03-05,2%\n2018-03-06,NA\n")
    #expect(result.values[0, 0] == 1.5)
    #expect(result.notes.map(\.kind) == [.chosenColumn, .signs, .missingCells])
    #expect(result.notes.map(\.count) == [1, 2, 2])
    #expect(result.notes[2].line == 3)
  }

  @Test func notesWhatDatesStandFor() throws {
    let result = try read("month,x\n1999-04,1\n1999-05,2\n")
    #expect(result.precision == .month)
    #expect(result.notes[0].description.contains("each date in column 'month' is a month"))
  }

  @Test(arguments: [
    (
      "Date,x\n2018-03-01,1\n2018-13-02,2\n2018-03-05,3\n",
      "line 3: column 'Date' holds '2018-13-02', which is no date as '2018-03-01' is"
    ),
    ("Date,x\n2018-03-01,1\n,2\n2018-03-05,3\n", "line 3: column 'Date' holds ''"),
    (
      "Date,x\n2018-03-01,1\n2018-03-02,1.2.3\n2018-03-05,3\n",
      "line 3: column 'x' holds '1.2.3', which is no number with a decimal point"
    ),
    (
      "Date,x\n2018-03-01,1.5\n2018-03-02,\"1,5\"\n2018-03-05,2.5\n",
      "line 3: column 'x' holds '1,5'"
    ),
    ("Date,x\n2018-03-01,1%\n2018-03-02,2\n2018-03-05,3\n", "line 2: 1 of 3 numbers"),
    ("Date,x\n2018-03-01,1\n2018-03-02,inf\n2018-03-05,3\n", "line 3: column 'x' holds 'inf'"),
  ])
  func namesTheLineOfWhatCannotBeRead(text: String, complaint: String) throws {
    let error = try #require(throws: FormatError.self) { try read(text) }
    #expect(error.description.contains("test.csv, \(complaint)"), "\(error)")
  }

  @Test func takesTheDatesThatAreNamed() throws {
    let text = "made,Date,Close,n\n2018-03-01,2017-01-01,1,1999\n2018-03-02,2017-01-02,2,2000\n"
    #expect(try read(text).dates?[0].year == 2017)
    #expect(try read(text, date: "made").dates?[0].year == 2018)
    #expect(try read(text, date: "N").dates?[1].year == 2000)
    let error = try #require(throws: FormatError.self) { try read(text, date: "close") }
    #expect(error.description.contains("column 'Close' holds '1', and no dates such as 2018-03-01"))
  }

  /// Every price table of the corpora.
  @Test(
    .enabled(if: corpora != nil, "needs TENCA_DATA, a folder of corpora"),
    arguments: [
      ("sp500_1950_2018.csv", nil, 17_346, "1950-01-03"),
      ("sp500_1999_2018_ohlcv.csv", nil, 5031, "1999-01-04"),
      ("vix_2014_2018.csv", nil, 1305, "2014-01-03"),
      ("eu_stock_markets_1991_1998.csv", "DAX", 1860, nil),
    ] as [(String, String?, Int, String?)])
  func readsCorpora(file: String, column: String?, rows: Int, first: String?) throws {
    var choices = DatedColumns.Choices()
    choices.columns = column.map { [$0] }
    let result = try DatedColumns(
      FoundTable(path: "\(corpora ?? "")/finance/\(file)"), choices)
    #expect(result.values.rows == rows)
    #expect(result.dates?.first?.description == first)
    #expect(result.dates.map { zip($0, $0.dropFirst()).allSatisfy { $0 < $1 } } ?? true)
    // The same numbers as a reader of plain tables finds.
    let plain = try CSVTable(path: "\(corpora ?? "")/finance/\(file)")
    let expected = try plain.numbers(result.columns[0], missing: .nan)
    #expect(
      zip(result.values.elements, expected).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) })
  }
}

/// The folder of corpora that the environment names.
private let corpora = ProcessInfo.processInfo.environment["TENCA_DATA"]
