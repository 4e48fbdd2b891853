import TencaNumerics
import Testing

@testable import TencaFormats

@Suite struct CSVTableTests {
  private func table(
    _ text: String, delimiter: CSVDelimiter? = nil, hasHeader: Bool = true
  ) throws -> CSVTable {
    try CSVTable(
      Array(text.utf8).span.bytes, path: "test.csv", delimiter: delimiter, hasHeader: hasHeader)
  }

  /// Expectations: `list(csv.reader(io.StringIO(text, newline="")))` of Python 3.11, without its
  /// empty rows.
  @Test(arguments: [
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
    ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
    ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
    ("a,b\n\n1,2\n\n\n", [["a", "b"], ["1", "2"]]),
    ("a,b\n,\n", [["a", "b"], ["", ""]]),
    ("a,b\n\"x,y\",\"p\nq\"\n", [["a", "b"], ["x,y", "p\nq"]]),
    ("a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n", [["a", "b"], ["say \"hi\"", "\""]]),
    ("a,b\n\"\",\"\"\"\"\"\"\n", [["a", "b"], ["", "\"\""]]),
    ("a,b\n5\" pipe,it's\n", [["a", "b"], ["5\" pipe", "it's"]]),
    ("a,b\n\"p\r\nq\",2", [["a", "b"], ["p\r\nq", "2"]]),
    ("a,b\n 1 ,größe 🐦\n", [["a", "b"], [" 1 ", "größe 🐦"]]),
    ("a\n\"\"\nx\n", [["a"], [""], ["x"]]),
  ])
  func readsRecords(text: String, records: [[String]]) throws {
    let table = try table(text, delimiter: .comma)
    #expect([table.columns] + table.rows == records)
    let headless = try self.table(text, delimiter: .comma, hasHeader: false)
    #expect(headless.rows == records)
    #expect(headless.columns == (1...records[0].count).map(String.init))
  }

  @Test(arguments: [
    ("a,b\n1;2,3\n", ["a", "b"]), ("a;b,c;d\n1;2;3\n", ["a", "b,c", "d"]),
    ("a\tb\n1\t2\n", ["a", "b"]), ("\"x;y;z\",b\n1,2\n", ["x;y;z", "b"]), ("a\n1\n", ["a"]),
    ("a,b;c\n1,2\n", ["a", "b;c"]), ("a|b\n1,5|2\n", ["a", "b"]),
  ])
  func detectsTheDelimiter(text: String, columns: [String]) throws {
    #expect(try table(text).columns == columns)
  }

  @Test func skipsAByteOrderMark() throws {
    #expect(try table("\u{FEFF}a,b\n1,2\n").columns == ["a", "b"])
    #expect(throws: FormatError.empty(path: "test.csv")) { try table("\u{FEFF}") }
  }

  @Test func readsNumbers() throws {
    let table = try table("name,x,y\na,1,-2.5\nb, 3e2 ,0.1\n")
    #expect(try table.column("name") == ["a", "b"])
    #expect(try table.numbers("x") == [1, 300])
    #expect(try table.matrix(["y", "x"]) == NDArray(rows: [[-2.5, 1], [0.1, 300]]))
    #expect(throws: FormatError.self) { try table.matrix() }
  }

  @Test(arguments: ["", "NA", "NaN", " "])
  func readsMissingNumbersOnlyWhenTold(field: String) throws {
    let table = try table("x,y\n1,2\n\(field),4\n")
    #expect(try table.numbers("x", missing: -1) == [1, -1])
    let error = try #require(throws: FormatError.self) { try table.numbers("x") }
    #expect(error.description.contains("line 3: column 'x' holds '\(field)'"))
  }

  @Test(arguments: ["inf", "-inf", "1,5", "1 2", "abc", "--1"])
  func neverTakesOtherTextForMissing(field: String) throws {
    let table = try table("x;y\n\(field);1\n")
    #expect(throws: FormatError.self) { try table.numbers("x", missing: 0) }
  }

  @Test(arguments: [
    ("a,b\n1,2\n3\n", "line 3: 1 fields, where the first line has 2"),
    ("a,b\n\"x\ny\",2\n\n3,4,5\n", "line 5: 3 fields"),
    ("a,b\n1,\"2\n3,4\n", "line 2: a quote opens"),
    ("a,b\n1,\"2\"3\n", "line 2: text behind the quote"),
    ("a,b,a\n1,2,3\n", "line 1: two columns are named 'a'"),
  ])
  func saysWhichLineIsWrong(text: String, complaint: String) throws {
    let error = try #require(throws: FormatError.self) { try table(text) }
    #expect(error.description.contains("test.csv, \(complaint)"), "\(error)")
  }

  @Test func namesTheColumnsThereAre() throws {
    #expect(
      throws: FormatError.noSuchColumn(path: "test.csv", name: "z", columns: ["x", "y"])
    ) { try table("x,y\n1,2\n").column("z") }
  }

  @Test(arguments: ["", "\n", "\n\n\r\n"])
  func refusesEmptyText(text: String) {
    #expect(throws: FormatError.empty(path: "test.csv")) { try table(text) }
  }

  @Test func refusesTextThatIsNotUTF8() throws {
    let bytes = Array("a,b\n1,x".utf8) + [0xE4] + Array("y\n".utf8)
    let error = try #require(throws: FormatError.self) {
      try CSVTable(bytes.span.bytes, path: "test.csv")
    }
    #expect(error.description.contains("byte 6: line 2 is not UTF-8"))
  }

  @Test func readsAFile() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/table.csv"
      #expect(throws: FormatError.self) { try CSVTable(path: path) }
      try ReplacingFile.write("x\n1\n".utf8, to: path)
      #expect(try CSVTable(path: path).numbers("x") == [1])
    }
  }

  @Test func survivesDamage() {
    let text = Array("\u{FEFF}a,\"b\"\"c\"\r\n1,\"p\nq\"\n\n3,4".utf8)
    for count in 0...text.count {
      // A shorter table may be a table too: only traps would be wrong.
      _ = try? CSVTable(Array(text[..<count]).span.bytes, path: "")
    }
    let refused = expectSurvivalOfEveryCorruption(of: text) { _ = try CSVTable($0, path: "") }
    #expect(refused > 100)
  }
}
