import TencaMixture
import TencaNumerics
import Testing

@Suite struct ExpectationMaximizationTests {
  /// One step from a random start is the step of plain loops: for rows that count alike or not,
  /// complete or with a fifth of their cells missing.
  @Test(arguments: CovarianceKind.allCases, 0..<12)
  func oneStepIsThePlainStep(covariance: CovarianceKind, problem: Int) throws {
    let components = 1 + problem % 4
    let (weighted, lacking) = (problem % 3 == 1, problem % 2 == 1)
    var data = clusteredData(
      rows: 25 + 9 * problem, columns: 1 + problem % 5, clusters: 3, seed: UInt64(problem))
    let model = try randomMixture(
      components, near: data, covariance: covariance, seed: UInt64(problem))
    var random = RandomStream(seed: UInt64(100 + problem))
    if lacking { data = withMissingCells(data, share: 0.2, using: &random) }
    let weights = weighted ? (0..<data.rows).map { _ in random.uniform(in: 0..<3) } : nil
    let fit = try GaussianMixture.fit(
      data, weights: weights,
      options: GaussianMixtureOptions(
        components: components, covariance: covariance, iterations: 1, varianceFloor: 1e-9,
        minimumOccupancy: 0, start: .model(model),
        missing: lacking ? .marginalized : .refused))
    let plain = PlainMixture(model)
    let rows = nested(data)
    let expected = plain.step(rows, rowWeights: weights)
    let found = PlainMixture(fit.model)
    #expect(largestDifference(found.weights, expected.weights) < 1e-9)
    #expect(largestDifference(found.means.flatMap { $0 }, expected.means.flatMap { $0 }) < 1e-9)
    #expect(
      largestDifference(
        found.covariances.flatMap { $0.flatMap { $0 } },
        expected.covariances.flatMap { $0.flatMap { $0 } }) < 1e-9)
    for (value, mixture) in zip(fit.logLikelihoodHistory, [plain, expected]) {
      #expect(abs(value - mixture.meanLogDensity(rows, rowWeights: weights)) < 1e-9)
    }
    #expect(fit.iterations == 1)
  }

  /// Values by scikit-learn 1.9.1, X as in `referenceData`:
  ///
  ///     m = GaussianMixture(2, covariance_type='diag', reg_covar=0, tol=0, max_iter=n,
  ///         weights_init=[.5, .5], means_init=[[0, 8, 5], [2, 5, 4]],
  ///         precisions_init=1 / np.array([[1, 4, 1], [1, 4, 1.]])).fit(X.astype(np.float64))
  ///     m.weights_, m.means_, m.covariances_, m.score(X.astype(np.float64))
  @Test(arguments: [
    (
      1, [0.4662541787817618, 0.5337458212182381],
      [
        0.5551589706157071, 11.34373241790295, 4.958223712949331, 2.5876639115038493,
        4.285942791662659, 4.540002699053731,
      ],
      [
        1.1411027473650894, 6.677176198882023, 0.2984326889944242, 0.500097028673018,
        3.4900752814461136, 0.3550407147680019,
      ], -4.865863670154394
    ),
    (
      5, [0.49142662689922406, 0.5085733731007759],
      [
        0.5823876324044666, 11.2308667341439, 4.926412938733017, 2.661954540454406,
        4.045669416391201, 4.550040610923026,
      ],
      [
        1.1160832854431897, 6.526691513127801, 0.31522831711918897, 0.38879053254783535,
        2.4816227139394975, 0.35758812480959534,
      ], -4.8441146941205835
    ),
    (
      50, [0.4932519446087553, 0.5067480553912447],
      [
        0.5872538548161943, 11.21697543674345, 4.92490026617292, 2.6647085651084477,
        4.033309510145831, 4.550157295350063,
      ],
      [
        1.1189941834374073, 6.55829925867198, 0.314816369879221, 0.38742974369057404,
        2.444290831106887, 0.35873752295077566,
      ], -4.844072762035204
    ),
  ]) func matchesScikitLearn(
    iterations: Int, weights: [Double], means: [Double], variances: [Double], score: Double
  ) throws {
    let start = try GaussianMixture(
      weights: [0.5, 0.5], meanVectors: NDArray(rows: [[0, 8, 5], [2, 5, 4]]),
      variances: NDArray(rows: [[1, 4, 1], [1, 4, 1]]))
    // A gain of less than nothing never comes, so all iterations run unless rounding says so: it may
    // end the fifty a few early, which leaves 10⁻⁸ of the way.
    let fit = try GaussianMixture.fit(
      referenceData,
      options: GaussianMixtureOptions(
        components: 2, iterations: iterations, tolerance: 0, varianceFloor: 1e-9,
        minimumOccupancy: 0, start: .model(start)))
    #expect(largestDifference(fit.model.weights, weights) < 1e-8)
    #expect(largestDifference(fit.model.meanVectors.elements, means) < 1e-8)
    #expect(largestDifference(fit.model.variances.elements, variances) < 3e-8)
    #expect(abs(fit.logLikelihood - score) < 1e-9)
  }

  @Test(arguments: 0..<200) func theLikelihoodNeverFalls(problem: Int) throws {
    let covariance = CovarianceKind.allCases[problem % 4]
    var random = RandomStream(seed: UInt64(problem))
    var data = clusteredData(
      rows: 20 + problem / 2, columns: 1 + problem % 6, clusters: 1 + problem % 5,
      seed: UInt64(1000 + problem))
    let lacking = problem % 5 == 0
    if lacking { data = withMissingCells(data, share: 0.2, using: &random) }
    let weights =
      problem % 7 == 0 ? (0..<data.rows).map { _ in random.uniform(in: 0.1..<3) } : nil
    let fit = try GaussianMixture.fit(
      data, weights: weights,
      options: GaussianMixtureOptions(
        components: 1 + problem % 7, covariance: covariance, iterations: 150, tolerance: 0,
        minimumOccupancy: 0, restarts: 2, seed: UInt64(problem),
        missing: lacking ? .marginalized : .refused))
    for restart in fit.restarts {
      let history = restart.logLikelihoodHistory
      #expect(history.allSatisfy { $0.isFinite })
      for (before, after) in zip(history, history.dropFirst()) {
        #expect(after >= before - 1e-9 * max(1, abs(before)), "\(covariance): \(history)")
      }
    }
    let fell = fit.warnings.contains {
      if case .likelihoodFell = $0 { true } else { false }
    }
    #expect(!fell)
    // What is reported is what the returned model gives.
    let mean = PlainMixture(fit.model).meanLogDensity(nested(data), rowWeights: weights)
    #expect(abs(fit.logLikelihood - mean) < 1e-8 * max(1, abs(mean)), "\(covariance)")
  }

  @Test func findsTheMixtureThatMadeTheData() throws {
    let truth = try GaussianMixture(
      weights: [0.2, 0.5, 0.3], meanVectors: NDArray(rows: [[0, 0], [6, 1], [-4, 7]]),
      variances: NDArray(rows: [[1, 0.25], [2, 1], [0.5, 3]]))
    var random = RandomStream(seed: 1)
    let data = truth.sample(20_000, using: &random)
    let fit = try GaussianMixture.fit(
      data, options: GaussianMixtureOptions(components: 3, restarts: 3))
    #expect(fit.converged && fit.restarts.count == 3)
    #expect(fit.restarts.allSatisfy { $0.logLikelihood <= fit.logLikelihood })
    let order = (0..<3).sorted { fit.model.weights[$0] < fit.model.weights[$1] }
    for (found, expected) in zip(order, [0, 2, 1]) {
      // Five standard errors of the least certain parameter.
      #expect(abs(fit.model.weights[found] - truth.weights[expected]) < 0.02)
      for column in 0..<2 {
        let mean = truth.meanVectors[expected, column]
        let variance = truth.variances[expected, column]
        #expect(abs(fit.model.meanVectors[found, column] - mean) < 0.12)
        #expect(abs(fit.model.variances[found, column] / variance - 1) < 0.12)
      }
    }
  }

  @Test func threadsDoNotChangeAByte() throws {
    let data = clusteredData(rows: 10_000, columns: 5, clusters: 4, seed: 2)
    let options = GaussianMixtureOptions(components: 4, iterations: 5, restarts: 2, seed: 3)
    let one = try GaussianMixture.fit(data, options: options)
    for threads in [2, 3] {
      let execution = Execution(threads: threads)
      #expect(try GaussianMixture.fit(data, options: options, execution: execution) == one)
    }
  }

  @Test func cancellationStopsTheFit() {
    let cancellation = Cancellation()
    let execution = Execution(cancellation: cancellation) { progress in
      if progress.task == "EM iteration" && progress.completed == 2 { cancellation.cancel() }
    }
    #expect(throws: CancellationError.self) {
      try GaussianMixture.fit(
        referenceData, options: GaussianMixtureOptions(components: 2, tolerance: 0),
        execution: execution)
    }
  }
}
