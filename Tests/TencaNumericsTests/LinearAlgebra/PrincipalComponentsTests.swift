import TencaNumerics
import Testing

@Suite struct PrincipalComponentsTests {
  /// Eight rows, as two matrices: 8 × 3 and, side by side, 4 × 6.
  private static let rows: [[Double]] = [
    [1.76, 11.2, 5.49], [2.24, 15.6, 4.51], [0.95, 9.55, 4.95], [0.41, 10.43, 5.73],
    [0.76, 10.37, 5.22], [0.33, 14.48, 4.9], [0.31, 7.44, 3.72], [0.65, 12.59, 4.63],
  ]
  private static let tall = NDArray(rows: rows)
  private static let wide = NDArray(rows: (0..<4).map { rows[$0] + rows[$0 + 4] })

  @Test func matchesScikitLearn() throws {
    // PCA(2).fit(X) and PCA(3).fit(np.hstack([X[:4], X[4:]])), scikit-learn 1.9.1
    let tall = try PrincipalComponents(of: Self.tall, count: 2)
    #expect(
      largestDifference(
        tall.directions,
        NDArray(rows: [
          [0.13201042869605906, 0.9908161666515983, 0.029267227701209618],
          [0.6622130079973051, -0.11012263796063324, 0.7411794227093415],
        ])) < 1e-13)
    #expect(
      largestDifference(tall.variances, NDArray([7.2193897209022335, 0.40343215936713384])) < 1e-13)
    let wide = try PrincipalComponents(of: Self.wide, count: 3)
    #expect(
      largestDifference(
        wide.directions,
        NDArray(rows: [
          [
            0.1291933457030238, 0.6489813947835356, -0.058762934777480735, -0.005847481996968349,
            0.7399768091190565, 0.10525813539811715,
          ],
          [
            -0.3832888058244546, -0.6088286803449382, 0.3001167258646257, 0.09437161810807378,
            0.6132500321363068, 0.0858235163337248,
          ],
          [
            0.47428198315137426, -0.07303850494185166, 0.35097988502415595, 0.27660334766239314,
            -0.09522822078540591, 0.7489708082364042,
          ],
        ])) < 1e-13)
    #expect(
      largestDifference(
        wide.variances, NDArray([15.244236232440256, 2.1826518237771833, 0.41212861044921417]))
        < 1e-13)
    let shares: [Double] = [0.854544648804835, 0.12235269827712017, 0.023102652918044687]
    #expect(largestDifference(NDArray(wide.explainedShares), NDArray(shares)) < 1e-14)
  }

  @Test(arguments: [(40, 5), (5, 40), (12, 12), (2, 3), (30, 1)])
  func keepsItsPromises(rows: Int, columns: Int) throws {
    let data: NDArray<Double> = randomMatrix(rows, columns, seed: 5) + 1e6
    let components = try PrincipalComponents(of: data, count: columns)
    let count = components.variances.count
    #expect(count == min(rows, columns))
    let directions = components.directions
    #expect(
      largestDifference(
        plainProduct(directions, directions.transposed()), NDArray.identity(count)) < 1e-10)
    // The coordinates have mean zero, the promised variances, and no correlation.
    let map = components.project(data)
    let ones = NDArray<Double>(repeating: 1, shape: [1, rows])
    #expect(largestDifference(plainProduct(ones, map), NDArray(zeros: [1, count])) < 1e-6)
    var expected = NDArray<Double>(zeros: [count, count])
    for i in 0..<count { expected[i, i] = components.variances[i] }
    let covariance = plainProduct(map.transposed(), map) * (1 / Double(max(rows - 1, 1)))
    #expect(largestDifference(covariance, expected) < 1e-8)
    #expect(
      zip(components.variances.elements, components.variances.elements.dropFirst()).allSatisfy(>=))
    #expect(abs(components.explainedShares.reduce(0, +) - 1) < 1e-9)
    for row in 0..<count {
      let entries = directions.row(row).elements
      #expect(entries.max { $0.magnitude < $1.magnitude }! > 0)
    }
  }

  @Test func projectsCovariances() throws {
    let components = try PrincipalComponents(of: Self.tall, count: 3)
    var centred = Self.tall
    for row in 0..<8 {
      for column in 0..<3 { centred[row, column] -= components.meanVector[column] }
    }
    let covariance = plainProduct(centred.transposed(), centred) * (1.0 / 7)
    var expected = NDArray<Double>(zeros: [3, 3])
    for i in 0..<3 { expected[i, i] = components.variances[i] }
    #expect(largestDifference(components.project(covariance: covariance), expected) < 1e-12)
  }

  @Test func copesWithLittle() throws {
    let one = try PrincipalComponents(of: NDArray<Float>(rows: [[1, 2, 3]]), count: 2)
    #expect(one.variances.elements == [0] && one.explainedShares == [0])
    #expect(one.project(NDArray<Float>(rows: [[1, 2, 3]])).elements == [0])
    let alike = try PrincipalComponents(
      of: NDArray<Double>(repeating: 7, shape: [5, 2]), count: 2)
    #expect(alike.variances.elements == [0, 0] && alike.totalVariance == 0)
    #expect(
      throws: LinearAlgebraError.notFinite(
        operation: "principal components", row: 1, column: 0)
    ) {
      try PrincipalComponents(of: NDArray<Double>(rows: [[1, 2], [.nan, 3]]), count: 1)
    }
  }
}
