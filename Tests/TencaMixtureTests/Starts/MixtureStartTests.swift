import TencaMixture
import TencaNumerics
import Testing

@Suite struct MixtureStartTests {
  @Test(
    arguments: [MixtureStart.varied, .kMeans, .kMeansPlusPlus, .randomRows, .ward],
    CovarianceKind.allCases)
  func everyStartFindsSeparateClusters(start: MixtureStart, covariance: CovarianceKind) throws {
    let truth = try GaussianMixture(
      weights: [0.3, 0.4, 0.3], meanVectors: NDArray(rows: [[0, 0], [20, 1], [-3, 30]]),
      variances: NDArray(repeating: 1, shape: [3, 2]))
    var random = RandomStream(seed: 1)
    let data = truth.sample(1500, using: &random)
    // Fewer rows than there are: the start looks at a sample.
    let fit = try GaussianMixture.fit(
      data,
      options: GaussianMixtureOptions(
        components: 3, covariance: covariance, restarts: 8, start: start, startRows: 400))
    let known = try truth.logLikelihood(of: data) / 1500
    #expect(fit.logLikelihood > known - 1e-3)
    #expect(fit.restarts.count == (start == .ward ? 1 : 8))
    #expect(fit.restarts.allSatisfy { $0.logLikelihood <= fit.logLikelihood })
  }

  @Test func restartsSayWhereTheyBegan() throws {
    let fit = try GaussianMixture.fit(faithful, options: GaussianMixtureOptions(components: 2))
    #expect(
      fit.restarts.map(\.start) == ["k-means", "Ward", "random rows", "k-means++", "k-means"])
  }

  @Test func labelsGiveTheirOwnMoments() throws {
    let labels = (0..<150).map { $0 / 50 }
    let fit = try GaussianMixture.fit(
      iris,
      options: GaussianMixtureOptions(
        components: 3, covariance: .full, iterations: 0, start: .labels(labels)))
    for species in 0..<3 {
      let rows = nested(iris.rows(50 * species..<50 * species + 50))
      for i in 0..<4 {
        let mean = rows.reduce(0) { $0 + $1[i] } / 50
        #expect(abs(fit.model.meanVectors[species, i] - mean) < 1e-10)
        for j in 0..<4 {
          let other = rows.reduce(0) { $0 + $1[j] } / 50
          let product = rows.reduce(0) { $0 + ($1[i] - mean) * ($1[j] - other) } / 50
          #expect(abs(fit.model.covarianceMatrix(species)[i, j] - product) < 1e-10)
        }
      }
    }
  }

  @Test func refusesStartsThatDoNotFit() throws {
    let full = try GaussianMixture.fit(
      faithful, options: GaussianMixtureOptions(components: 2, covariance: .full)
    ).model
    for options in [
      GaussianMixtureOptions(components: 2, start: .labels([0, 1])),
      GaussianMixtureOptions(components: 2, start: .labels((0..<272).map { $0 % 3 })),
      GaussianMixtureOptions(components: 2, start: .labels((0..<272).map { -$0 })),
      GaussianMixtureOptions(components: 2, covariance: .tied, start: .model(full)),
      GaussianMixtureOptions(components: 2, startRows: 1),
    ] {
      #expect(throws: MixtureError.self) { try GaussianMixture.fit(faithful, options: options) }
    }
  }
}
