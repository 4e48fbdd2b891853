import TencaNumerics
import Testing

/// Reference values: scipy 1.17.1, `scipy.linalg` functions named beside them, on the matrices
/// written out here.
@Suite struct FactorisationTests {
  private let symmetric = NDArray<Double>(rows: [
    [4, 1, 2, 0.5], [1, 3, 0, -1], [2, 0, 5, 1.5], [0.5, -1, 1.5, 6],
  ])

  // MARK: - Cholesky

  @Test func choleskyMatchesReference() throws {
    // cholesky(A, lower=True)
    let factor = try choleskyFactor(symmetric)
    let expected = NDArray<Double>(rows: [
      [2, 0, 0, 0], [0.5, 1.6583123951777, 0, 0],
      [1, -0.30151134457776363, 1.9771421064483223, 0],
      [0.25, -0.6784005252999682, 0.5287705633524583, 2.2798408757202004],
    ])
    #expect(largestDifference(factor, expected) < 1e-14)
    // numpy.linalg.slogdet(A)
    #expect(abs(logDeterminant(choleskyFactor: factor) - 5.409411414053624) < 1e-13)
    // inv(A)[0]
    let inverse = try inverseOfSymmetricPositiveDefinite(symmetric)
    let row = [
      0.35011185682326623, -0.12192393736017898, -0.13534675615212527, -0.015659955257270698,
    ]
    #expect(largestDifference(inverse.row(0), NDArray(row)) < 1e-14)
    #expect(inverse == inverse.transposed())
  }

  @Test(arguments: [1, 2, 5, 40]) func choleskyRebuildsTheMatrix(order: Int) throws {
    let a: NDArray<Double> = randomPositiveDefinite(order, seed: UInt64(order))
    let l = try choleskyFactor(a)
    let size = Double(order)
    #expect(largestDifference(matrixProduct(l, l.transposed()), a) < 1e-13 * size * size)
    for i in 0..<order { for j in i + 1..<max(order, i + 1) { #expect(l[i, j] == 0) } }
    let inverse = try inverseOfSymmetricPositiveDefinite(a)
    #expect(largestDifference(matrixProduct(inverse, a), .identity(order)) < 1e-10)
    let b: NDArray<Double> = randomMatrix(order, 3, seed: 9)
    let x = try solve(choleskyFactor: l, b)
    #expect(largestDifference(matrixProduct(a, x), b) < 1e-10)
    let single = try choleskyFactor(a.converted(to: Float.self))
    #expect(largestDifference(single.converted(), l) < 1e-3)
  }

  @Test func choleskyReadsTheLowerTriangleOnly() throws {
    var half = symmetric
    for i in 0..<4 { for j in i + 1..<4 { half[i, j] = 99 } }
    #expect(try choleskyFactor(half) == choleskyFactor(symmetric))
    #expect(try symmetricEigen(half) == symmetricEigen(symmetric))
  }

  @Test func choleskyNamesTheFailingMinor() {
    for minor in 1...4 {
      var a = symmetric
      a[minor - 1, minor - 1] = -1
      #expect(throws: LinearAlgebraError.notPositiveDefinite(leadingMinor: minor, order: 4)) {
        try choleskyFactor(a)
      }
    }
    #expect(throws: LinearAlgebraError.notPositiveDefinite(leadingMinor: 2, order: 2)) {
      try choleskyFactor(NDArray<Float>(rows: [[1, 1], [1, 1]]))
    }
  }

  // MARK: - Eigenvalues and singular values

  @Test func eigenvaluesMatchReference() throws {
    // eigh(A)[0]
    let expected = [1.8254384685922063, 2.8415405488673846, 5.502745599615793, 7.830275382924611]
    let eigen = try symmetricEigen(symmetric)
    #expect(largestDifference(eigen.values, NDArray(expected)) < 1e-13)
  }

  @Test(arguments: [0, 1, 2, 7, 60]) func eigenvectorsDiagonalise(order: Int) throws {
    let half: NDArray<Double> = randomMatrix(order, order, seed: UInt64(order))
    let a = half + half.transposed()
    let eigen = try symmetricEigen(a)
    let v = eigen.vectors
    #expect(eigen.values.elements == eigen.values.elements.sorted())
    #expect(largestDifference(matrixProduct(v.transposed(), v), .identity(order)) < 1e-12)
    var scaled = v
    for i in 0..<order { for j in 0..<order { scaled[i, j] *= eigen.values[j] } }
    #expect(largestDifference(matrixProduct(a, v), scaled) < 1e-11)
  }

  @Test func singularValuesMatchReference() throws {
    // svdvals(M)
    let m = NDArray<Double>(rows: [[1, 2, 3], [4, 5, 6], [7, 8, 10], [-1, 0.5, 2]])
    let expected = [17.453925186009013, 2.136419423191797, 0.21495964600171655]
    for matrix in [m, m.transposed()] {
      let values = try singularValueDecomposition(matrix).values
      #expect(largestDifference(values, NDArray(expected)) < 1e-13)
    }
  }

  @Test(arguments: [[1, 1], [5, 3], [3, 5], [40, 40], [50, 2], [0, 3], [3, 0]])
  func singularVectorsRebuildTheMatrix(_ shape: [Int]) throws {
    let a: NDArray<Double> = randomMatrix(shape[0], shape[1], seed: 5)
    let svd = try singularValueDecomposition(a)
    let least = shape.min()!
    #expect(svd.leftVectors.shape == [shape[0], least])
    #expect(svd.rightVectorsTransposed.shape == [least, shape[1]])
    var scaled = svd.leftVectors
    for i in 0..<shape[0] { for j in 0..<least { scaled[i, j] *= svd.values[j] } }
    #expect(largestDifference(matrixProduct(scaled, svd.rightVectorsTransposed), a) < 1e-12)
    let (u, vt) = (svd.leftVectors, svd.rightVectorsTransposed)
    #expect(largestDifference(matrixProduct(u.transposed(), u), .identity(least)) < 1e-12)
    #expect(largestDifference(matrixProduct(vt, vt.transposed()), .identity(least)) < 1e-12)
    #expect(svd.values.elements == svd.values.elements.sorted(by: >))
  }

  // MARK: - What has no answer

  @Test func refusesWhatHasNoAnswer() {
    let bad = NDArray<Double>(rows: [[1, 2], [.nan, 4]])
    let wide = NDArray<Double>(zeros: [2, 3])
    func refusal(_ work: () throws -> Void) -> LinearAlgebraError? {
      do { try work() } catch { return error as? LinearAlgebraError }
      return nil
    }
    for refused in [
      refusal { _ = try choleskyFactor(bad) }, refusal { _ = try symmetricEigen(bad) },
      refusal { _ = try singularValueDecomposition(bad) },
      refusal { _ = try solve(bad, NDArray([1, 2])) },
      refusal { _ = try leastSquares(bad, NDArray([1, 2])) },
    ] {
      guard case .notFinite(_, row: 1, column: 0)? = refused else {
        Issue.record("\(String(describing: refused))")
        continue
      }
      #expect(refused!.description.contains("row 1, column 0"))
    }
    for refused in [
      refusal { _ = try choleskyFactor(wide) }, refusal { _ = try symmetricEigen(wide) },
      refusal { _ = try solve(wide, NDArray([1, 2])) },
    ] {
      guard case .notSquare(_, shape: [2, 3])? = refused else {
        Issue.record("\(String(describing: refused))")
        continue
      }
    }
  }
}
