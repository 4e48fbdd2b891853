import TencaMixture
import TencaNumerics
import Testing

@Suite struct MixtureScorerTests {
  private func model(_ components: Int, _ columns: Int, seed: UInt64) throws -> GaussianMixture {
    var random = RandomStream(seed: seed)
    let weights = (0..<components).map { _ in random.uniform(in: 0.1..<1) }
    let sum = weights.reduce(0, +)
    return try GaussianMixture(
      weights: weights.map { $0 / sum },
      meanVectors: NDArray(
        (0..<components * columns).map { _ in 2 * random.normal() }, shape: [components, columns]),
      variances: NDArray(
        (0..<components * columns).map { _ in random.uniform(in: 0.5..<2) },
        shape: [components, columns]))
  }

  @Test(arguments: [(1, 1), (2, 3), (5, 7), (16, 39), (17, 13)])
  func agreesWithTheDefinition(components: Int, columns: Int) throws {
    let mixture = try model(components, columns, seed: 1)
    let plain = PlainMixture(mixture)
    let data = clusteredData(rows: 300, columns: columns, clusters: 4, seed: 2)
    let scorer = MixtureScorer(mixture)
    let densities = try scorer.logDensities(data)
    let shares = try scorer.responsibilities(data)
    #expect(densities.shape == [300] && shares.shape == [300, components])
    var sum = 0.0
    for (row, x) in nested(data).enumerated() {
      let expected = plain.logDensity(x)
      sum += expected
      #expect(abs(Double(densities[row]) - expected) < 1e-4 + 1e-6 * abs(expected))
      let own = shares.row(row).elements
      #expect(abs(own.reduce(0, +) - 1) < 1e-5)
      for (share, exact) in zip(own, plain.responsibilities(x)) {
        #expect(abs(Double(share) - exact) < 1e-3)
      }
    }
    #expect(abs(try mixture.logLikelihood(of: data) - sum) < 1e-5 * abs(sum))
  }

  @Test func scoresDoNotDependOnTheCompany() throws {
    let mixture = try model(16, 39, seed: 3)
    let scorer = MixtureScorer(mixture)
    let data = clusteredData(rows: 9001, columns: 39, clusters: 5, seed: 4)
    let whole = try scorer.logDensities(data).elements.map(\.bitPattern)
    let shares = try scorer.responsibilities(data).elements.map(\.bitPattern)
    var random = RandomStream(seed: 5)
    var first = 0
    while first < data.rows {
      let last = min(data.rows, first + 1 + random.integer(below: first < 300 ? 5 : 700))
      let part = data.rows(first..<last)
      #expect(
        try scorer.logDensities(part).elements.map(\.bitPattern) == Array(whole[first..<last]))
      let partShares = try scorer.responsibilities(part).elements.map(\.bitPattern)
      #expect(partShares == Array(shares[16 * first..<16 * last]))
      first = last
    }
    let threads = Execution(threads: 2)
    #expect(try scorer.logDensities(data, execution: threads).elements.map(\.bitPattern) == whole)
  }

  @Test func matchesScikitLearn() throws {
    // The model after 50 iterations in ExpectationMaximizationTests; m.score_samples(X[:3]),
    // m.predict_proba(X[:3]), m.aic(X), m.bic(X), scikit-learn 1.9.1
    let mixture = try GaussianMixture(
      weights: [0.4932519446087553, 0.5067480553912447],
      meanVectors: NDArray(rows: [
        [0.5872538548161943, 11.21697543674345, 4.92490026617292],
        [2.6647085651084477, 4.033309510145831, 4.550157295350063],
      ]),
      variances: NDArray(rows: [
        [1.1189941834374073, 6.55829925867198, 0.314816369879221],
        [0.38742974369057404, 2.444290831106887, 0.35873752295077566],
      ]))
    let data = referenceData.rows(0..<3)
    let densities = try mixture.logDensities(data).elements.map(Double.init)
    #expect(
      largestDifference(densities, [-5.003968363233102, -6.840822063545228, -4.153774259720726])
        < 1e-5)
    let shares = try mixture.responsibilities(data).elements.map(Double.init)
    let expected = [
      0.9999771516289145, 2.284837108545667e-05, 0.9999999999468798, 5.311983011893236e-11,
      0.9998748285222439, 0.0001251714777564576,
    ]
    #expect(largestDifference(shares, expected) < 1e-5)
    #expect(mixture.parameterCount == 13)
    #expect(abs(try mixture.aic(of: referenceData) - 258.5154925776898) < 1e-3)
    #expect(abs(try mixture.bic(of: referenceData) - 273.8301923722131) < 1e-3)
  }

  @Test func farRowsScoreLowAndNeverNaN() throws {
    let mixture = try model(3, 2, seed: 6)
    let plain = PlainMixture(mixture)
    let data = NDArray<Float>(rows: [
      [0, 0], [1e10, 0], [1e18, -1e18], [3e38, 0], [0, -3e38], [1, 1],
    ])
    let densities = try mixture.logDensities(data)
    for (row, x) in nested(data).enumerated() {
      let expected = Float(plain.logDensity(x))
      #expect(
        densities[row] == expected || abs(densities[row] / expected - 1) < 1e-4, "row \(row)")
    }
    let shares = try mixture.responsibilities(data)
    for row in 0..<6 { #expect(abs(shares.row(row).elements.reduce(0, +) - 1) < 1e-5) }
  }

  @Test func zeroWeightsExplainNothing() throws {
    let mixture = try GaussianMixture(
      weights: [1, 0], meanVectors: NDArray(rows: [[0], [5]]),
      variances: NDArray(rows: [[1], [1]]))
    let data = NDArray<Float>(rows: [[5], [0]])
    #expect(try mixture.responsibilities(data).elements == [1, 0, 1, 0])
    #expect(abs(try mixture.logDensities(data)[0] - (-12.5 - 0.9189385)) < 1e-5)
  }

  @Test func refusesWhatCannotBeScored() throws {
    let mixture = try model(2, 3, seed: 7)
    #expect(throws: MixtureError.wrongColumns(expected: 3, actual: 2)) {
      try mixture.logDensities(NDArray<Float>(zeros: [4, 2]))
    }
    var data = clusteredData(rows: 300, columns: 3, clusters: 2, seed: 8)
    data[200, 2] = .infinity
    data[250, 0] = .infinity
    let error = MixtureError.notFinite(row: 200, column: 2, value: .infinity)
    #expect(throws: error) { try mixture.logDensities(data) }
    #expect(throws: error) { try mixture.responsibilities(data) }
    data[100, 1] = .nan
    #expect(throws: MixtureError.self) { try mixture.logDensities(data) }
    #expect(try mixture.logDensities(NDArray<Float>(zeros: [0, 3])).isEmpty)
    #expect(try mixture.responsibilities(NDArray<Float>(zeros: [0, 3])).shape == [0, 2])
  }
}
