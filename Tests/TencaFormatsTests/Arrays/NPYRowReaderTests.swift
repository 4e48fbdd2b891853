import TencaNumerics
import Testing

@testable import TencaFormats

@Suite struct NPYRowReaderTests {
  private func read(_ source: some RowSource, _ rows: Range<Int>) throws -> [Double] {
    try [Double](unsafeUninitializedCapacity: rows.count * source.columnCount) { buffer, count in
      if let base = buffer.baseAddress { try source.readRows(rows, into: base) }
      count = rows.count * source.columnCount
    }
  }

  @Test func readsAnyRowsOfEitherPrecision() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.npy"
      let matrix = NDArray<Double>((0..<70).map { Double($0) / 8 }, shape: [10, 7])
      for array in [ArchivedArray.float(matrix.converted()), .double(matrix)] {
        try ReplacingFile.write(NPY.encode(array), to: path)
        let reader = try NPYRowReader(path: path)
        #expect(reader.rowCount == 10 && reader.columnCount == 7)
        for rows in [0..<10, 3..<4, 9..<10, 2..<8, 5..<5] {
          let expected = matrix.elements[rows.lowerBound * 7..<rows.upperBound * 7]
          #expect(try read(reader, rows) == Array(expected))
        }
      }
    }
  }

  @Test func refusesWhatHasNoRows() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.npy"
      let matrix = NDArray<Float>(zeros: [4, 3])
      let whole = NPY.encode(matrix)
      let columnMajor = NPYHeader.encode(descr: "<f4", shape: [4, 3])
      let text = String(decoding: columnMajor.dropFirst(10), as: UTF8.self)
      let swapped =
        Array(columnMajor.prefix(10))
        + Array(text.utf8).replacing(
          Array("'fortran_order': False".utf8), with: Array("'fortran_order': True ".utf8))
      for bytes in [
        NPY.encode(NDArray<Float>(zeros: [12])), NPY.encode(NDArray<Float>(zeros: [2, 2, 3])),
        Array(whole.dropLast()), whole + [0], Array("no array".utf8),
        swapped + Array(whole.suffix(48)),
      ] {
        try ReplacingFile.write(bytes, to: path)
        let error = try #require(throws: FormatError.self) { try NPYRowReader(path: path) }
        #expect(error.description.contains(path))
      }
    }
  }
}
