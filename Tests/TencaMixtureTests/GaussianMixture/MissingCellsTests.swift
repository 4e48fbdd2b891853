import TencaMixture
import TencaNumerics
import Testing

@Suite struct MissingCellsTests {
  @Test(arguments: CovarianceKind.allCases)
  func aRowCountsByTheCellsItHas(covariance: CovarianceKind) throws {
    let data = clusteredData(rows: 120, columns: 4, clusters: 3, seed: 1)
    let mixture = try randomMixture(3, near: data, covariance: covariance, seed: 2)
    var random = RandomStream(seed: 3)
    let lacking = withMissingCells(data, share: 0.4, using: &random)
    let scorer = MixtureScorer(mixture, missing: .marginalized)
    let densities = try scorer.logDensities(lacking)
    let shares = try scorer.responsibilities(lacking)
    let labels = try scorer.assign(lacking)
    let plain = PlainMixture(mixture)
    for (row, x) in nested(lacking).enumerated() {
      #expect(abs(Double(densities[row]) - plain.logDensity(x)) < 2e-4)
      let expected = plain.responsibilities(x)
      for (share, exact) in zip(shares.row(row).elements, expected) {
        #expect(abs(Double(share) - exact) < 1e-3)
      }
      #expect(expected[labels[row]] > expected.max()! - 1e-3)
    }
    // Columns that are never there leave the marginal density.
    var without = data
    for row in 0..<120 {
      without[row, 1] = .nan
      without[row, 3] = .nan
    }
    let kept = NDArray<Float>.concatenated([data.columns(0..<1), data.columns(2..<3)], axis: 1)
    let marginal = try mixture.marginal(columns: [0, 2]).logDensities(kept)
    let scored = try scorer.logDensities(without)
    for row in 0..<120 { #expect(abs(marginal[row] - scored[row]) < 2e-4) }
    #expect(abs(try scorer.logDensities(NDArray<Float>(repeating: .nan, shape: [1, 4]))[0]) < 1e-6)
  }

  /// Rows of three clusters, a fifth of all cells lost: the clusters are found.
  @Test(arguments: CovarianceKind.allCases)
  func aFifthMayBeMissing(covariance: CovarianceKind) throws {
    let truth = try GaussianMixture(
      weights: [0.3, 0.4, 0.3],
      meanVectors: NDArray(rows: [[0, 0, 0], [8, 1, 4], [-3, 9, -4]]),
      variances: NDArray(repeating: 1, shape: [3, 3]))
    var random = RandomStream(seed: 4)
    let data = withMissingCells(
      truth.sample(1500, using: &random), share: 0.2, using: &random)
    let fit = try GaussianMixture.fit(
      data,
      options: GaussianMixtureOptions(
        components: 3, covariance: covariance, tolerance: 1e-5, restarts: 2,
        missing: .marginalized))
    #expect(fit.converged)
    let order = (0..<3).sorted { fit.model.meanVectors[$0, 0] < fit.model.meanVectors[$1, 0] }
    for (found, expected) in zip(order, [2, 0, 1]) {
      #expect(abs(fit.model.weights[found] - truth.weights[expected]) < 0.05)
      for column in 0..<3 {
        let mean = truth.meanVectors[expected, column]
        #expect(abs(fit.model.meanVectors[found, column] - mean) < 0.3)
        #expect(abs(fit.model.variances[found, column] - 1) < 0.3)
      }
    }
  }

  @Test func columnsWithoutAnyValueAreRefused() {
    var data = clusteredData(rows: 20, columns: 2, clusters: 2, seed: 5)
    for row in 0..<20 { data[row, 1] = .nan }
    let options = GaussianMixtureOptions(components: 2, missing: .marginalized)
    #expect(throws: MixtureError.noValues(column: 1)) {
      try GaussianMixture.fit(data, options: options)
    }
    data[3, 1] = .infinity
    #expect(throws: MixtureError.notFinite(row: 3, column: 1, value: .infinity)) {
      try GaussianMixture.fit(data, options: options)
    }
  }
}
