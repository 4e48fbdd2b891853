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

  @Test func blocksTogetherAreTheWhole() throws {
    let matrix = NDArray<Double>((0..<30).map(Double.init), shape: [10, 3])
    #expect(try matrix.block(0..<10) == matrix)
    #expect(try matrix.block(4..<4).shape == [0, 3])
    var firsts: [Int] = []
    var elements: [Double] = []
    try matrix.forEachBlock(of: 4) { first, rows in
      firsts.append(first)
      elements += rows.elements
    }
    #expect(firsts == [0, 4, 8])
    #expect(elements == matrix.elements)
  }

  @Test func chosenRowsAndColumnsComeInTheirOrder() throws {
    let matrix = NDArray<Double>((0..<30).map(Double.init), shape: [10, 3])
    let rows = SelectedRows([7, 2, 2], of: matrix)
    #expect(try rows.block(0..<3).elements == [21, 22, 23, 6, 7, 8, 6, 7, 8])
    #expect(try rows.block(1..<2).elements == [6, 7, 8])
    let columns = SelectedColumns([2, 0], of: rows)
    #expect(columns.columnCount == 2 && columns.rowCount == 3)
    #expect(try columns.block(0..<2).elements == [23, 21, 8, 6])
  }
}
