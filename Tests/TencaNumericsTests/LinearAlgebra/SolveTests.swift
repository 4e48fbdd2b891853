import TencaNumerics
import Testing

/// Reference values: scipy 1.17.1, `scipy.linalg` functions named beside them.
@Suite struct SolveTests {
  @Test func solutionMatchesReference() throws {
    // solve(A, B)
    let a = NDArray<Double>(rows: [[2, -1, 0.5], [1, 3, 2], [-4, 1, 1.5]])
    let b = NDArray<Double>(rows: [[1, 0], [2, 1], [3, -1]])
    let expected = NDArray<Double>(rows: [
      [-0.19047619047619052, 0.2619047619047619], [-0.47619047619047644, 0.40476190476190477],
      [1.8095238095238098, -0.23809523809523808],
    ])
    #expect(largestDifference(try solve(a, b), expected) < 1e-14)
    #expect(largestDifference(try solve(a, b.column(1)), expected.column(1)) < 1e-14)
    let single = try solve(a.converted(to: Float.self), b.converted(to: Float.self))
    #expect(largestDifference(single.converted(), expected) < 1e-5)
  }

  @Test(arguments: [1, 3, 30]) func residualVanishes(order: Int) throws {
    let a: NDArray<Double> = randomMatrix(order, order, seed: 11)
    let b: NDArray<Double> = randomMatrix(2, order, seed: 12).transposed()
    #expect(largestDifference(matrixProduct(a, try solve(a, b)), b) < 1e-10)
  }

  @Test func triangularSolutionReadsItsHalf() throws {
    var a: NDArray<Double> = randomMatrix(6, 6, seed: 13)
    for i in 0..<6 { a[i, i] = Double(i + 2) }
    var (lower, upper) = (a, a)
    for i in 0..<6 {
      for j in 0..<i { (lower[j, i], upper[i, j]) = (0, 0) }
    }
    let b: NDArray<Double> = randomMatrix(6, 2, seed: 14)
    for (triangle, matrix) in [(Triangle.lower, lower), (.upper, upper)] {
      let x = try solveTriangular(triangle, a, b)
      #expect(largestDifference(matrixProduct(matrix, x), b) < 1e-12)
      let y = try solveTriangular(triangle, a, b, transposed: true)
      #expect(largestDifference(matrixProduct(matrix.transposed(), y), b) < 1e-12)
      let column = try solveTriangular(triangle, a, b.column(0))
      #expect(largestDifference(column, x.column(0)) < 1e-14)
    }
  }

  @Test func namesThePivotOfASingularMatrix() {
    let a = NDArray<Double>(rows: [[1, 2], [2, 4]])
    #expect(throws: LinearAlgebraError.singular(operation: "a linear solution", pivot: 1, order: 2))
    { try solve(a, NDArray([1, 2])) }
    let t = NDArray<Double>(rows: [[0, 0], [2, 4]])
    #expect(
      throws: LinearAlgebraError.singular(operation: "a triangular solution", pivot: 0, order: 2)
    ) { try solveTriangular(.lower, t, NDArray([1, 2])) }
    #expect(
      throws: LinearAlgebraError.shapeMismatch(
        operation: "a linear solution", shapes: [[2, 2], [3]])
    ) { try solve(a, NDArray([1, 2, 3])) }
  }

  @Test func leastSquaresMatchesReference() throws {
    // lstsq(A, b, lapack_driver='gelsd'); A has rank 2.
    let a = NDArray<Double>(rows: [[1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]])
    let found = try leastSquares(a, NDArray([1, 0, 2, -1]))
    let expected = [-0.7277777777777771, -0.04444444444444334, 0.6388888888888872]
    #expect(found.rank == 2)
    #expect(largestDifference(found.solution, NDArray(expected)) < 1e-13)
    #expect(abs(found.singularValues[0] - 25.46240743603639) < 1e-12)
    #expect(abs(found.singularValues[1] - 1.2906616757612335) < 1e-12)
  }

  @Test(arguments: [[8, 3], [3, 8], [5, 5], [4, 0], [0, 4]])
  func leastSquaresResidualIsOrthogonal(_ shape: [Int]) throws {
    let a: NDArray<Double> = randomMatrix(shape[0], shape[1], seed: 15)
    let b: NDArray<Double> = randomMatrix(shape[0], 2, seed: 16)
    let found = try leastSquares(a, b)
    #expect(found.solution.shape == [shape[1], 2])
    #expect(found.rank == shape.min()!)
    let residual = matrixProduct(a, found.solution) - b
    let gradient = matrixProduct(a.transposed(), residual)
    #expect(largestDifference(gradient, NDArray(zeros: gradient.shape)) < 1e-11)
    // Of least norm: within the row space of A, that is, unchanged by A⁺A.
    let back = try leastSquares(a, matrixProduct(a, found.solution)).solution
    #expect(largestDifference(back, found.solution) < 1e-11)
  }
}
