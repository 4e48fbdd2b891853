import TencaMarkov
import TencaMixture
import TencaNumerics
import Testing

/// One suite that every emission passes; see `checkCoherence`.
@Suite struct CoherenceTests {
  @Test(arguments: CovarianceKind.allCases)
  func gaussian(_ kind: CovarianceKind) throws {
    let array: NDArray<Double> =
      switch kind {
      case .spherical: NDArray([0.5, 1])
      case .diagonal: NDArray(rows: [[0.5, 2], [1, 0.3]])
      case .tied: NDArray(rows: [[1, 0.6], [0.6, 2]])
      case .full: NDArray([1, 0.6, 0.6, 2, 1, -0.3, -0.3, 0.5], shape: [2, 2, 2])
      }
    let truth = try GaussianEmission(
      meanVectors: NDArray(rows: [[-2, 1], [2, -1]]), covariances: Covariances(kind, array))
    let grid = line(-10...10, 101)
    try checkCoherence(
      truth,
      points: grid.flatMap { x in
        grid.map { (x.row + $0.row, x.measure * $0.measure) }
      })
  }

  @Test(arguments: [CovarianceKind.diagonal, .tied, .full])
  func mixtureOfGaussians(_ kind: CovarianceKind) throws {
    let blank = GaussianEmission(states: 2, columns: 1, covariance: kind, componentsPerState: 2)
    let truth = try GaussianEmission(
      weights: NDArray(rows: [[0.4, 0.6], [0.5, 0.5]]),
      meanVectors: NDArray(rows: [[-7], [-3], [3], [7]]), covariances: blank.covariances)
    try checkCoherence(truth, points: line(-15...15, 301))
  }

  @Test func categorical() throws {
    try checkCoherence(
      CategoricalEmission(
        probabilities: NDArray(rows: [[0.8, 0.1, 0.1, 0], [0.02, 0.08, 0.4, 0.5]])),
      points: counts(4), rows: 4000)
  }

  @Test func multinomial() throws {
    let rows = (0...10).flatMap { a in
      (0...10 - a).map { ([Double(a), Double($0), Double(10 - a - $0)], 1.0) }
    }
    try checkCoherence(
      MultinomialEmission(
        probabilities: NDArray(rows: [[0.7, 0.2, 0.1], [0.1, 0.2, 0.7]]), trials: 10),
      points: rows.map { (row: $0.0, measure: $0.1) })
  }

  @Test func bernoulli() throws {
    func cells(_ p: [Double]) -> [Bernoulli] { p.map { Bernoulli(probability: $0) } }
    try checkCoherence(
      ColumnEmission(
        distributions: [cells([0.05, 0.1, 0.9, 0.2, 0.9]), cells([0.9, 0.95, 0.1, 0.9, 0.2])]),
      points: (0..<32).map { bits in
        ((0..<5).map { Double(bits >> $0 & 1) }, 1)
      })
  }

  @Test func poisson() throws {
    try checkCoherence(
      ColumnEmission(distributions: [[Poisson(rate: 2)], [Poisson(rate: 15)]]),
      points: counts(200))
  }

  @Test func negativeBinomial() throws {
    try checkCoherence(
      ColumnEmission(distributions: [
        [NegativeBinomial(mean: 3, size: 2)], [NegativeBinomial(mean: 60, size: 6)],
      ]), points: counts(2000))
  }

  @Test func exponential() throws {
    try checkCoherence(
      ColumnEmission(distributions: [[Exponential(mean: 0.2)], [Exponential(mean: 20)]]),
      points: line(0...4, 4000) + line(4...300, 20_000), rows: 6000)
  }

  @Test func gamma() throws {
    try checkCoherence(
      ColumnEmission(distributions: [
        [Gamma(shape: 3, scale: 0.3, zeroMass: 0.2)], [Gamma(shape: 8, scale: 2, zeroMass: 0.01)],
      ]), points: [([0], 1)] + line(1e-9...80, 40_000))
  }

  @Test func studentT() throws {
    try checkCoherence(
      ColumnEmission(distributions: [
        [StudentT(location: -4, scale: 1, degreesOfFreedom: 4)],
        [StudentT(location: 5, scale: 0.5, degreesOfFreedom: 6)],
      ]), points: line(-300...300, 60_001))
  }

  @Test func vonMises() throws {
    try checkCoherence(
      ColumnEmission(distributions: [
        [VonMises(direction: -1, concentration: 9)], [VonMises(direction: 1.2, concentration: 40)],
      ]), points: line(-Double.pi...Double.pi, 2001))
  }

  @Test func product() throws {
    try checkCoherence(
      ProductEmission(
        ColumnEmission(distributions: [[Poisson(rate: 2)], [Poisson(rate: 9)]]),
        ColumnEmission(distributions: [
          [VonMises(direction: 0, concentration: 2)], [VonMises(direction: 2, concentration: 5)],
        ])),
      points: counts(60).flatMap { count in
        line(-Double.pi...Double.pi, 201).map { (count.row + $0.row, count.measure * $0.measure) }
      })
  }

  /// No points: a row's density depends on the rows before it.
  @Test func autoregressive() throws {
    let truth = try AutoregressiveEmission(
      coefficients: NDArray(rows: [[-1, 0.5, 0.1], [4, -0.6, 0.2]]), variances: [0.5, 1])
    try checkCoherence(truth, points: [])
  }
}
