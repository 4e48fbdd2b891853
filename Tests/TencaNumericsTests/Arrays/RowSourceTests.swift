import TencaNumerics
import Testing

@Suite struct RowSourceTests {
  private func read(_ source: some RowSource, _ rows: Range<Int>) throws -> [Double] {
    try [Double](unsafeUninitializedCapacity: rows.count * source.columnCount) { buffer, count in
      if !buffer.isEmpty { try source.readRows(rows, into: buffer.baseAddress!) }
      count = rows.count * source.columnCount
    }
  }

  @Test func matricesAndTheirViewsGiveTheirRows() throws {
    let matrix = NDArray<Float>((0..<60).map { Float($0) / 4 }, shape: [10, 6])
    for view in [
      matrix, matrix.rows(2..<9), matrix.columns(1..<5), matrix.transposed(),
      matrix.columns(2..<3), matrix.rows(4..<5),
    ] {
      #expect(view.rowCount == view.rows && view.columnCount == view.columns)
      let whole = view.elements.map(Double.init)
      #expect(try read(view, 0..<view.rows) == whole)
      let part = view.rows / 2..<view.rows
      #expect(try read(view, part) == Array(whole[(view.rows / 2 * view.columns)...]))
    }
    #expect(try read(matrix.converted(to: Double.self), 3..<3).isEmpty)
  }

  @Test func otherArraysHaveNoColumns() {
    #expect(NDArray<Double>([1, 2, 3]).columnCount == 0)
    #expect(NDArray<Double>(zeros: [2, 3, 4]).columnCount == 0)
    #expect(NDArray<Double>(zeros: []).rowCount == 0)
  }
}
