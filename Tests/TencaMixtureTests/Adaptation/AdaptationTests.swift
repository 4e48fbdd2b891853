import TencaMixture
import TencaNumerics
import Testing

@Suite struct AdaptationTests {
  private let data = clusteredData(rows: 200, columns: 3, clusters: 3, seed: 1)

  /// Equations 8 to 13 of Reynolds, Quatieri and Dunn in plain loops, for any covariance.
  private func plain(
    _ model: PlainMixture, _ rows: [[Double]], _ r: AdaptationOptions
  ) -> PlainMixture {
    var next = model
    let shares = rows.map(model.responsibilities)
    let columns = rows[0].indices
    for k in model.weights.indices {
      let n = shares.reduce(0) { $0 + $1[k] }
      func blend(_ relevance: Double?, _ new: Double, _ old: Double) -> Double {
        guard let relevance else { return old }
        return n / (n + relevance) * new + relevance / (n + relevance) * old
      }
      next.weights[k] = blend(r.weights, n / Double(rows.count), model.weights[k])
      for d in columns {
        let mean = zip(shares, rows).reduce(0) { $0 + $1.0[k] * $1.1[d] } / n
        next.means[k][d] = blend(r.means, mean, model.means[k][d])
      }
      guard r.covariances != nil else { continue }
      for i in columns {
        for j in columns where model.kind == .full || i == j {
          let seen = zip(shares, rows).reduce(0) { $0 + $1.0[k] * $1.1[i] * $1.1[j] } / n
          let known = model.covariances[k][i][j] + model.means[k][i] * model.means[k][j]
          next.covariances[k][i][j] =
            blend(r.covariances, seen, known) - next.means[k][i] * next.means[k][j]
        }
      }
    }
    let total = next.weights.reduce(0, +)
    next.weights = next.weights.map { $0 / total }
    return next
  }

  @Test(arguments: [CovarianceKind.diagonal, .full], [false, true])
  func followsThePaper(covariance: CovarianceKind, all: Bool) throws {
    let model = try randomMixture(3, near: data, covariance: covariance, seed: 2)
    let options =
      all ? AdaptationOptions(weights: 16, means: 16, covariances: 16) : AdaptationOptions()
    let adapted = PlainMixture(try model.adapted(to: data, options: options))
    let expected = plain(PlainMixture(model), nested(data), options)
    #expect(largestDifference(adapted.weights, expected.weights) < 1e-9)
    #expect(largestDifference(adapted.means.flatMap { $0 }, expected.means.flatMap { $0 }) < 1e-9)
    #expect(
      largestDifference(
        adapted.covariances.flatMap { $0.flatMap { $0 } },
        expected.covariances.flatMap { $0.flatMap { $0 } }) < 1e-8)
  }

  /// Without relevance, rows alone count: an EM step.
  @Test(arguments: CovarianceKind.allCases)
  func noRelevanceIsAnOrdinaryStep(covariance: CovarianceKind) throws {
    let model = try randomMixture(3, near: data, covariance: covariance, seed: 3)
    let adapted = try model.adapted(
      to: data,
      options: AdaptationOptions(weights: 0, means: 0, covariances: 0, varianceFloor: 1e-9)
    )
    let expected = PlainMixture(model).step(nested(data))
    let found = PlainMixture(adapted)
    #expect(largestDifference(found.weights, expected.weights) < 1e-9)
    #expect(largestDifference(found.means.flatMap { $0 }, expected.means.flatMap { $0 }) < 1e-9)
    #expect(
      largestDifference(
        found.covariances.flatMap { $0.flatMap { $0 } },
        expected.covariances.flatMap { $0.flatMap { $0 } }) < 1e-8)
  }

  @Test func whatSeesNoRowsStays() throws {
    let model = try GaussianMixture(
      weights: [0.5, 0.5], meanVectors: NDArray(rows: [[0, 0], [1000, 1000]]),
      variances: NDArray(rows: [[4, 4], [2, 3]]))
    let rows = NDArray<Float>(rows: [[1, 1], [2, 1], [1, 3]])
    let adapted = try model.adapted(
      to: rows, options: AdaptationOptions(means: 4, covariances: 4, iterations: 3))
    #expect(largestDifference(adapted.meanVectors.row(1).elements, [1000, 1000]) < 1e-12)
    #expect(largestDifference(adapted.variances.row(1).elements, [2, 3]) < 1e-12)
    // Three rows against four: 3/7 of the way to their mean.
    #expect(abs(adapted.meanVectors[0, 0] - 4.0 / 7) < 1e-9)
    #expect(adapted.weights == [0.5, 0.5])
  }

  @Test func refusesImpossibleOptions() throws {
    let model = try randomMixture(2, near: data, covariance: .diagonal, seed: 4)
    for options in [
      AdaptationOptions(weights: -1), AdaptationOptions(means: .nan),
      AdaptationOptions(covariances: .infinity), AdaptationOptions(iterations: 0),
      AdaptationOptions(varianceFloor: 0),
    ] {
      #expect(throws: MixtureError.self) { try model.adapted(to: data, options: options) }
    }
    #expect(throws: MixtureError.wrongColumns(expected: 3, actual: 2)) {
      try model.adapted(to: data.columns(0..<2))
    }
    #expect(throws: MixtureError.noData(shape: [0, 3])) {
      try model.adapted(to: NDArray<Float>(zeros: [0, 3]))
    }
    var bad = data
    bad[7, 1] = .infinity
    #expect(throws: MixtureError.notFinite(row: 7, column: 1, value: .infinity)) {
      try model.adapted(to: bad)
    }
  }
}
