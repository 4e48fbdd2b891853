import TencaNumerics
import Testing

@Suite struct MatrixProductTests {
  /// Ways to lay out one matrix in memory.
  static func layouts<Scalar: NumericScalar>(_ a: NDArray<Scalar>) -> [(String, NDArray<Scalar>)] {
    let wide = NDArray.concatenated([a, a * 7, a], axis: 1)
    let tall = NDArray.concatenated([a * 3, a], axis: 0)
    let (rows, columns) = (a.rows, a.columns)
    let cube = NDArray.concatenated(
      [a.reshaped([rows, columns, 1]), a.reshaped([rows, columns, 1])], axis: 2)
    return [
      ("plain", a), ("transposed", a.transposed().contiguous().transposed()),
      ("columns of wider", wide.columns(0..<columns)),
      ("last columns of wider", wide.columns(2 * columns..<3 * columns)),
      ("rows of taller", tall.rows(rows..<2 * rows)),
      ("rows of transposed", wide.transposed().contiguous().transposed().columns(0..<columns)),
      ("every second", cube.select(axis: 2, 1)),
    ]
  }

  @Test(arguments: [
    [1, 1, 1], [2, 3, 4], [5, 1, 3], [1, 6, 1], [3, 5, 1], [17, 33, 9], [0, 3, 2], [3, 0, 2],
    [2, 3, 0],
  ]) func agreesWithTheDefinitionInEveryLayout(_ sizes: [Int]) {
    let a: NDArray<Double> = randomMatrix(sizes[0], sizes[1], seed: 1)
    let b: NDArray<Double> = randomMatrix(sizes[1], sizes[2], seed: 2)
    let expected = plainProduct(a, b)
    for (left, x) in Self.layouts(a) {
      for (right, y) in Self.layouts(b) {
        #expect(x == a && y == b, "\(left), \(right)")
        #expect(
          largestDifference(matrixProduct(x, y), expected) < 1e-12, "\(sizes) \(left), \(right)")
      }
    }
    let single = matrixProduct(a.converted(to: Float.self), b.converted(to: Float.self))
    #expect(largestDifference(single.converted(), expected) < 1e-4)
  }

  @Test func accumulates() {
    let a: NDArray<Double> = randomMatrix(4, 3, seed: 3)
    let b: NDArray<Double> = randomMatrix(3, 5, seed: 4)
    var c: NDArray<Double> = randomMatrix(4, 5, seed: 5)
    let before = c
    matrixProduct(a, b, into: &c, alpha: 2, beta: -0.5)
    #expect(largestDifference(c, plainProduct(a, b) * 2 + before * -0.5) < 1e-12)
    var empty = before
    matrixProduct(a.columns(0..<0), b.rows(0..<0), into: &empty, beta: 3)
    #expect(empty == before * 3)
  }

  @Test func overwritesWhateverWasThere() {
    let a: NDArray<Float> = randomMatrix(4, 3, seed: 3)
    var c = NDArray<Float>(repeating: .nan, shape: [4, 4])
    matrixProduct(a, a.transposed(), into: &c)
    #expect(largestDifference(c, plainProduct(a, a.transposed())) < 1e-5)
  }

  @Test func theTargetMayBeAnOperand() {
    let a: NDArray<Double> = randomMatrix(4, 4, seed: 6)
    var c = a
    matrixProduct(c, c, into: &c)
    #expect(largestDifference(c, plainProduct(a, a)) < 1e-12)
  }

  @Test func dotAndAxpyTakeViews() {
    let a: NDArray<Double> = randomMatrix(6, 4, seed: 7)
    let expected = (0..<6).reduce(0.0) { $0 + a[$1, 1] * a[$1, 3] }
    #expect(abs(dot(a.column(1), a.column(3)) - expected) < 1e-13)
    #expect(dot(NDArray<Float>([]), NDArray<Float>([])) == 0)
    var y = a.column(0)
    axpy(2, a.column(2), into: &y)
    for i in 0..<6 { #expect(abs(y[i] - (a[i, 0] + 2 * a[i, 2])) < 1e-14) }
  }
}
