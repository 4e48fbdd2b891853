import TencaNumerics
import Testing

@Suite struct SparseMatrixTests {
  private func dense(_ matrix: SparseMatrix) -> NDArray<Double> {
    var result = NDArray<Double>(zeros: [matrix.rows, matrix.columns])
    for row in 0..<matrix.rows {
      for entry in matrix.entries(ofRow: row) {
        result[row, matrix.columnIndices[entry]] = matrix.values[entry]
      }
    }
    return result
  }

  @Test func holdsItsEntries() {
    let matrix = SparseMatrix(columns: 4, rows: [[(0, 2), (3, 1)], [], [(1, 5)]])
    #expect(matrix.rows == 3 && matrix.columns == 4 && matrix.entryCount == 3)
    #expect(dense(matrix) == NDArray(rows: [[2, 0, 0, 1], [0, 0, 0, 0], [0, 5, 0, 0]]))
    #expect(matrix.transposed().transposed() == matrix)
    #expect(
      dense(matrix.transposed()) == NDArray(rows: [[2, 0, 0], [0, 0, 5], [0, 0, 0], [1, 0, 0]]))
    let empty = SparseMatrix(columns: 0, rows: [])
    #expect(empty.rows == 0 && empty.transposed() == empty)
  }

  @Test(arguments: [
    (30, 40, 5, 0.1), (1, 1, 1, 1), (200, 7, 3, 0.5), (5, 90, 120, 0.02), (4, 3, 0, 1),
  ])
  func productsMatchTheirDefinition(rows: Int, columns: Int, width: Int, density: Double) throws {
    let a = randomSparseMatrix(rows, columns, density: density, seed: 3)
    let b: NDArray<Double> = randomMatrix(columns, width, seed: 4)
    let product = try matrixProduct(a, b)
    #expect(largestDifference(product, plainProduct(dense(a), b)) < 1e-12)
    #expect(try matrixProduct(a, b, execution: Execution(threads: 3)) == product)
    let left: NDArray<Double> = randomMatrix(rows, width, seed: 5)
    #expect(
      largestDifference(
        try matrixProduct(a.transposed(), left), plainProduct(dense(a).transposed(), left)) < 1e-12)
  }
}

@Suite struct TruncatedSVDTests {
  private func dense(_ matrix: SparseMatrix) throws -> NDArray<Double> {
    try matrixProduct(matrix, NDArray.identity(matrix.columns))
  }

  @Test(arguments: [(60, 40, 5), (40, 60, 5), (20, 20, 20), (9, 50, 30), (1, 5, 2)])
  func findsTheGreatestValues(rows: Int, columns: Int, rank: Int) throws {
    let matrix = randomSparseMatrix(rows, columns, density: 0.3, seed: 6)
    let exact = try singularValueDecomposition(dense(matrix))
    // So many rounds leave nothing of the smaller values; the default's error is measured below.
    let found = try truncatedSVD(matrix, rank: rank, powerIterations: 60, seed: 1)
    let kept = min(rank, rows, columns)
    #expect(found.values.count == kept)
    #expect(largestDifference(found.values, exact.values.slice(axis: 0, 0..<kept)) < 1e-9)
    #expect(
      largestDifference(
        plainProduct(found.leftVectors.transposed(), found.leftVectors), .identity(kept)) < 1e-10)
    #expect(
      largestDifference(
        plainProduct(found.rightVectorsTransposed, found.rightVectorsTransposed.transposed()),
        .identity(kept)) < 1e-10)
    // A·v = s·u, signs included.
    let images = plainProduct(try dense(matrix), found.rightVectorsTransposed.transposed())
    for column in 0..<kept {
      for row in 0..<rows {
        let expected = found.values[column] * found.leftVectors[row, column]
        #expect(abs(images[row, column] - expected) < 1e-6)
      }
      let entries = found.rightVectorsTransposed.row(column).elements
      #expect(entries.max { $0.magnitude < $1.magnitude }! > 0)
    }
  }

  @Test func defaultsComeCloseOnValuesThatFallOffSlowly() throws {
    let matrix = randomSparseMatrix(300, 200, density: 0.05, seed: 9)
    let exact = try singularValueDecomposition(dense(matrix)).values
    let found = try truncatedSVD(matrix, rank: 20)
    for index in 0..<20 {
      #expect(found.values[index] <= exact[index] * (1 + 1e-12))
      #expect(found.values[index] > exact[index] * 0.97)
    }
    #expect(try truncatedSVD(matrix, rank: 20, execution: Execution(threads: 4)) == found)
    #expect(try truncatedSVD(matrix, rank: 20, seed: 1) != found)
  }

  @Test func copesWithRankDeficiencyAndZeros() throws {
    // Rank one: every row a multiple of the same.
    let rows = (1...12).map { factor in
      (0..<6).map { (column: $0, value: Double(factor * ($0 + 1))) }
    }
    let single = try truncatedSVD(SparseMatrix(columns: 6, rows: rows), rank: 4)
    // √(Σ factor²) · √(Σ (column + 1)²)
    #expect(abs(single.values[0] - (650.0 * 91).squareRoot()) < 1e-9)
    #expect((1..<4).allSatisfy { single.values[$0] < 1e-9 })
    let zero = try truncatedSVD(SparseMatrix(columns: 5, rows: [[], [], []]), rank: 2)
    #expect(zero.values.elements == [0, 0])
    #expect(try truncatedSVD(SparseMatrix(columns: 5, rows: []), rank: 2).values.isEmpty)
  }
}
