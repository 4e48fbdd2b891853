import TencaNumerics
import Testing

@testable import TencaFormats

@Suite struct CSVWriterTests {
  /// Fields as hostile as their delimiter, and how Python's `csv.writer` quotes them.
  @Test func quotesOnlyWhereNeeded() throws {
    let text = try CSVWriter.encode(columns: ["plain", "a,b"]) { writer in
      try writer.append(["a;b", "say \"hi\""])
      try writer.append(["p\nq", "p\r\nq"])
      try writer.append(["", " x "])
    }
    #expect(
      text == "plain,\"a,b\"\na;b,\"say \"\"hi\"\"\"\n\"p\nq\",\"p\r\nq\"\n, x \n")
  }

  @Test(arguments: CSVDelimiter.allCases)
  func readsBackWhatItWrites(delimiter: CSVDelimiter) throws {
    let fields = ["", "a", ",", ";", "\t", "\"", "\"\"", "\n", "\r\n", "a\"b,c;d\te\nf", "ü🐦", " "]
    let columns = ["one;two", "x\ty", "z,"]
    let rows = fields.flatMap { a in fields.map { b in [a, b, "\(a)\(b)"] } }
    let text = try CSVWriter.encode(columns: columns, delimiter: delimiter) { writer in
      for row in rows { try writer.append(row) }
    }
    let table = try CSVTable(Array(text.utf8).span.bytes, path: "", delimiter: delimiter)
    #expect(table.columns == columns)
    #expect(table.rows == rows)

    let single = try CSVWriter.encode(columns: ["x"], delimiter: delimiter) { writer in
      for field in fields { try writer.append([field]) }
    }
    let column = try CSVTable(Array(single.utf8).span.bytes, path: "", delimiter: delimiter)
    #expect(column.rows.map { $0[0] } == fields)
  }

  @Test func writesNumbersThatReadBackEqual() throws {
    let values: [Double] = [
      0.1, -1.0 / 3, 1e300, .leastNonzeroMagnitude, 0, 2, 1e16, .greatestFiniteMagnitude,
      123_456_789.125,
    ]
    let matrix = NDArray(values, shape: [3, 3])
    try withTemporaryFolder { folder in
      let path = "\(folder)/numbers.csv"
      try CSVWriter.write(to: path, columns: ["a", "b", "c"]) { writer in
        try writer.append(rowsOf: matrix)
        try writer.append(rowsOf: matrix.transposed())
      }
      let expected = NDArray.concatenated([matrix, matrix.transposed()])
      #expect(try CSVTable(path: path).matrix() == expected)
    }
    let single = try CSVWriter.encode(columns: ["name", "x"]) { writer in
      try writer.append(["a"], numbers: [Float(0.1)])
    }
    #expect(single == "name,x\na,0.1\n")
  }
}
