import TencaNumerics
import Testing

@testable import TencaFormats

@Suite struct FoundTableTests {
  private func found(_ text: String) throws -> FoundTable {
    try FoundTable(Array(text.utf8).span.bytes, path: "test.csv")
  }

  @Test(arguments: [
    ("Date,Close\n2018-03-01,1\n2018-03-02,2\n", CSVDelimiter.comma),
    ("Date;Close\n2018-03-01;1,5\n2018-03-02;2,5\n", .semicolon),
    ("2018-03-01;1,5\n2018-03-02;2,5\n", .semicolon), ("a\tb\n1,5\t2,5\n", .tab),
    ("a|b\n1|2,5\n", .pipe), ("Value\n1\n2\n", .comma),
    ("Some prices, of a bank\nDate;Close\n2018-03-01;1\n2018-03-02;2\n", .semicolon),
    ("\"a;b\",c\n1,2\n", .comma),
  ])
  func findsTheDelimiter(text: String, delimiter: CSVDelimiter) throws {
    #expect(try found(text).delimiter == delimiter)
  }

  /// Text, columns, rows, and the lines that were left out.
  @Test(arguments: [
    ("Date,Close\n2018-03-01,1\n", ["Date", "Close"], [["2018-03-01", "1"]], 0),
    (
      "# made by x\n# on y\nDate,Close\n2018-03-01,1\n", ["Date", "Close"], [["2018-03-01", "1"]],
      2
    ),
    (
      "# Date,Close\n2018-03-01,1\n2018-03-02,2\n", ["Date", "Close"],
      [["2018-03-01", "1"], ["2018-03-02", "2"]], 0
    ),
    ("sep=;\na;b\n1;2\n", ["a", "b"], [["1", "2"]], 1),
    (
      "Source: bank\n\nDate,Close,x\n2018-03-01,1,2\n2018-03-02,1,2\n\nNo warranty.\n",
      ["Date", "Close", "x"], [["2018-03-01", "1", "2"], ["2018-03-02", "1", "2"]], 2
    ),
    ("a,b,\n1,2,\n3,4,\n", ["a", "b"], [["1", "2"], ["3", "4"]], 0),
    ("a,b\n1,2,\n3,4,\n", ["a", "b"], [["1", "2"], ["3", "4"]], 0),
    (
      "x,y\n2018-03-01,1,2\n2018-03-02,3,4\n", ["column 1", "x", "y"],
      [["2018-03-01", "1", "2"], ["2018-03-02", "3", "4"]], 0
    ),
    (",Close\n2018-03-01,1\n", ["column 1", "Close"], [["2018-03-01", "1"]], 0),
    ("a,b\n1,2\n,\n3,4\n,\n", ["a", "b"], [["1", "2"], ["3", "4"]], 0),
    (
      "Price,Close,High\nTicker,SPY,SPY\nDate,,\n2018-03-01,1,2\n2018-03-02,3,4\n",
      ["Date", "Close", "High"], [["2018-03-01", "1", "2"], ["2018-03-02", "3", "4"]], 2
    ),
    (
      "Price,Close,Close\nTicker,AA,BB\nDate,,\n2018-03-01,1,2\n2018-03-02,3,4\n",
      ["Date", "Close AA", "Close BB"], [["2018-03-01", "1", "2"], ["2018-03-02", "3", "4"]], 2
    ),
    (
      "\"\",X.D.USD,FLAGS\n\"\",Dollar,\nunit,USD,\nlast update,2024-01-10 16:00:00,\n"
        + "1999-01-04,1.1789,\n1999-01-05,1.179,\n1999-01-06,.,No value\n",
      ["column 1", "X.D.USD", "FLAGS"],
      [
        ["1999-01-04", "1.1789", ""], ["1999-01-05", "1.179", ""], ["1999-01-06", ".", "No value"],
      ], 3
    ),
    (
      "Date,x\n2018-03-01,1\nOne\nof\nmany\nremarks\n", ["Date", "x"], [["2018-03-01", "1"]],
      4
    ),
    ("My prices\n2018-03-01,1\n", ["column 1", "My prices"], [["2018-03-01", "1"]], 0),
    (
      "Date,x\n2018-13-01,NA\n2018-03-02,1\n2018-03-05,2\n", ["Date", "x"],
      [["2018-13-01", "NA"], ["2018-03-02", "1"], ["2018-03-05", "2"]], 0
    ),
    ("<DATE>,<CLOSE>\n20180301,1\n", ["DATE", "CLOSE"], [["20180301", "1"]], 0),
    ("Date,2018,2019\n2018-03-01,1,2\n", ["Date", "2018", "2019"], [["2018-03-01", "1", "2"]], 0),
  ])
  func findsTheTable(text: String, columns: [String], rows: [[String]], skipped: Int) throws {
    let found = try found(text)
    #expect(found.table.columns == columns)
    #expect(found.table.rows == rows)
    let note = found.notes.first { $0.kind == .skippedLines }
    #expect(note?.count ?? 0 == skipped)
  }

  @Test func namesColumnsByNumberWhereNoLineDoes() throws {
    let found = try found("2018-03-01,1.5\n2018-03-02,2.5\n")
    #expect(found.table.columns == ["1", "2"])
    #expect(found.table.rows.count == 2)
    #expect(found.notes.map(\.kind) == [.noHeading])
  }

  @Test func knowsTheLinesOfRows() throws {
    let found = try found("# x\nDate,Close\n2018-03-01,1\n,\n2018-03-02,\"2\"\n")
    #expect(found.table.lines == [3, 5])
    #expect(found.notes.map(\.kind) == [.skippedLines, .blankRows])
    #expect(found.notes.map(\.line) == [1, 4])
  }

  @Test(arguments: [
    ("Date,Close,x\n2018-03-01,1,1\n2018-03-02,2\n2018-03-05,3,3\n", "line 3: 2 fields"),
    ("Date,Close,x\n2018-03-01,1,1\n2018-03-02,2,3\n2018-03-0", "line 4: 1 fields"),
    ("Date,Close,x\n2018-03-01,1,1\n2018-03-02,2,3\n2018-03-05,7", "line 4: 2 fields"),
    ("Date,Close\n2018-03-01,1\n2018-03-02,1,234\n2018-03-05,5\n", "line 3: 3 fields"),
    ("Value\n1,5\n2,25\n1,75\n", "line 1: 1 fields"),
    ("Date,Close\n2018-03-01,1,5\n2018-03-02,2,25\n", "line 1: 2 fields"),
    ("Date,Open,Close\n2018-03-01,1,5,2,5\n2018-03-02,2,25,1,5\n", "line 1: 3 fields"),
    ("a,b,a\n1,2,3\n", "line 1: two columns are named 'a'"),
  ])
  func namesBrokenRows(text: String, complaint: String) throws {
    let error = try #require(throws: FormatError.self) { try found(text) }
    #expect(error.description.contains("test.csv, \(complaint)"), "\(error)")
  }

  @Test func refusesTablesWithoutRows() throws {
    #expect(throws: FormatError.empty(path: "test.csv")) { try found("") }
    #expect(throws: FormatError.empty(path: "test.csv")) { try found(",,\n,,\n") }
    #expect(throws: FormatError.empty(path: "test.csv")) { try found("# only a remark\n") }
    let error = try #require(throws: FormatError.self) { try found("Date,Close\n") }
    #expect(error.description.contains("columns but no rows"))
  }

  @Test func survivesDamage() {
    let text = Array("# x\nDate;Close;\n2018-03-01;\"1,5\";\n,;;\n2018-03-02;2,5;\nend\n".utf8)
    for count in 0...text.count {
      // A shorter table may be a table too: only traps would be wrong.
      _ = try? FoundTable(Array(text[..<count]).span.bytes, path: "")
    }
    let refused = expectSurvivalOfEveryCorruption(of: text) { _ = try FoundTable($0, path: "") }
    #expect(refused > 100)
  }
}
