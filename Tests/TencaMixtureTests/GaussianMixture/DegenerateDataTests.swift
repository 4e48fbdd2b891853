import TencaMixture
import TencaNumerics
import Testing

/// Data on which careless fits crash, divide by zero or return NaN.
@Suite struct DegenerateDataTests {
  /// Fits, and checks that the model is sound and explains its own data.
  private func fit(
    _ rows: [[Float]], components: Int, varianceFloor: Double = 1e-3
  ) throws -> GaussianMixtureFit {
    let data = NDArray<Float>(rows: rows)
    let fit = try GaussianMixture.fit(
      data, options: GaussianMixtureOptions(components: components, varianceFloor: varianceFloor))
    #expect(abs(fit.model.weights.reduce(0, +) - 1) < 1e-12)
    #expect(fit.model.meanVectors.firstNonFinite() == nil)
    #expect(fit.model.variances.elements.allSatisfy { $0 > 0 && $0.isFinite })
    #expect(fit.logLikelihoodHistory.allSatisfy { $0.isFinite })
    #expect(try fit.model.logDensities(data).firstNonFinite() == nil)
    return fit
  }

  @Test func twoRowsFarApart() throws {
    let fit = try fit([[9999], [0]], components: 2)
    #expect(fit.model.components == 2)
    #expect(largestDifference(fit.model.meanVectors.elements.sorted(), [0, 9999]) < 1e-6)
    #expect(largestDifference(fit.model.weights, [0.5, 0.5]) < 1e-9)
    let one = try self.fit([[9999], [0]], components: 1)
    #expect(abs(one.model.meanVectors[0, 0] - 4999.5) < 1e-6)
    #expect(abs(one.model.variances[0, 0] / (4999.5 * 4999.5) - 1) < 1e-6)
  }

  @Test(arguments: [0.0, 1e5, -1e5]) func anOffsetChangesNothingElse(offset: Double) throws {
    var random = RandomStream(seed: 4)
    let rows = (0..<2000).map { row in
      [Float(offset + (row % 2 == 0 ? -3 : 3) + random.normal())]
    }
    let fit = try fit(rows, components: 2)
    let low = fit.model.meanVectors[0, 0] < fit.model.meanVectors[1, 0] ? 0 : 1
    for (component, mean) in [(low, -3.0), (1 - low, 3.0)] {
      #expect(abs(fit.model.meanVectors[component, 0] - offset - mean) < 0.2)
      #expect(abs(fit.model.variances[component, 0] - 1) < 0.2)
    }
    // The inputs themselves are rounded to 1/128 at 10⁵.
    let plain = PlainMixture(fit.model)
    let data = NDArray<Float>(rows: rows)
    let scores = try fit.model.logDensities(data)
    for (row, x) in nested(data).enumerated() {
      #expect(abs(Double(scores[row]) - plain.logDensity(x)) < 1e-4)
    }
  }

  @Test func narrowBellsFarApartKeepTheirShape() throws {
    // μ²/σ² of 10⁶: far beyond what single precision could subtract.
    var random = RandomStream(seed: 5)
    let rows = (0..<4000).map { row in [Float((row % 2 == 0 ? -1 : 1) + 1e-3 * random.normal())] }
    let fit = try fit(rows, components: 2, varianceFloor: 1e-9)
    for component in 0..<2 {
      #expect(abs(fit.model.variances[component, 0] / 1e-6 - 1) < 0.15)
      #expect(abs(abs(fit.model.meanVectors[component, 0]) - 1) < 1e-4)
    }
    let data = NDArray<Float>(rows: rows)
    let plain = PlainMixture(fit.model)
    let scores = try fit.model.logDensities(data)
    for (row, x) in nested(data).enumerated() {
      #expect(abs(Double(scores[row]) - plain.logDensity(x)) < 1e-4)
    }
  }

  @Test func repeatedRowsAreHeldAtTheFloor() throws {
    let fit = try fit(
      [[1, 2], [1, 2], [1, 2], [5, 5], [5, 5], [5, 5]], components: 3)
    #expect(fit.model.components == 2)
    #expect(fit.warnings.contains(.fewerDistinctRows(requested: 3, used: 2)))
    #expect(fit.warnings.contains(.variancesFloored(count: 4)))
    // The columns' own variances are 4 and 2.25.
    #expect(largestDifference(fit.model.variances.row(0).elements, [4e-3, 2.25e-3]) < 1e-9)
  }

  @Test func aConstantColumnGetsAFloorOfItsOwn() throws {
    var random = RandomStream(seed: 6)
    let rows = (0..<100).map { _ in [Float(random.normal()), 250, 0] }
    let fit = try fit(rows, components: 2)
    #expect(fit.warnings.contains(.constantColumns([1, 2])))
    for component in 0..<2 {
      let (mean, variance) = (
        fit.model.meanVectors.row(component), fit.model.variances.row(component)
      )
      #expect(abs(mean[1] - 250) < 1e-9 && mean[2] == 0)
      #expect(abs(variance[1] - 1e-3 * 250 * 250) < 1e-6)
      #expect(abs(variance[2] - 1e-3) < 1e-12)
    }
  }

  @Test(arguments: [1, 2, 5]) func fewerRowsThanComponents(rows: Int) throws {
    let values = (0..<rows).map { [Float($0 * $0), Float(3 - $0)] }
    let fit = try fit(values, components: 8)
    #expect(fit.model.components <= rows)
    #expect(fit.warnings.contains(.fewerDistinctRows(requested: 8, used: rows)))
  }

  @Test func aSingleRowIsItsOwnMean() throws {
    let fit = try fit([[3, -4]], components: 1)
    #expect(fit.model.meanVectors.elements == [3, -4])
    #expect(largestDifference(fit.model.variances.elements, [9e-3, 16e-3]) < 1e-12)
    #expect(fit.model.weights == [1])
  }

  @Test func extremesOfSinglePrecision() throws {
    let huge = Float.greatestFiniteMagnitude
    let tiny = Float.leastNonzeroMagnitude
    _ = try fit([[huge, tiny], [-huge, 0], [huge / 2, 3 * tiny], [0, 2 * tiny]], components: 2)
  }

  /// Data that have broken one program or another, in single precision, with more components than
  /// rows too: every covariance gives a sound model or says what is wrong.
  @Test(
    arguments: CovarianceKind.allCases,
    [
      [[9999], [0]], [[1, 2]], [[1, 2], [1, 2], [1, 2]], [[0, 0], [0, 0]],
      [[1, 5, 2], [2, 5, 4], [3, 5, 6], [4, 5, 8]], [[1e-9, 0], [2e-9, 1e-9], [0, 3e-9]],
      [[1e30, 1], [-1e30, 2], [1e30, 3]], [[16_777_216, 1], [16_777_218, 2], [16_777_220, 4]],
    ] as [[[Float]]])
  func everyCovarianceSurvives(covariance: CovarianceKind, rows: [[Float]]) throws {
    let data = NDArray<Float>(rows: rows)
    for components in 1...4 {
      for missing in MissingCells.allCases {
        let fit = try GaussianMixture.fit(
          data,
          options: GaussianMixtureOptions(
            components: components, covariance: covariance, missing: missing))
        let model = fit.model
        #expect(model.meanVectors.firstNonFinite() == nil)
        #expect(model.variances.elements.allSatisfy { $0 > 0 && $0.isFinite })
        #expect(fit.logLikelihoodHistory.allSatisfy { $0.isFinite })
        #expect(!fit.warnings.contains { if case .likelihoodFell = $0 { true } else { false } })
        let densities = try model.logDensities(data)
        #expect(densities.firstNonFinite() == nil)
        let mean = densities.elements.reduce(0.0) { $0 + Double($1) } / Double(data.rows)
        #expect(abs(mean - fit.logLikelihood) < 1e-3 * max(1, abs(mean)), "\(components)")
        // It is a model that can be stored and made anew.
        _ = try GaussianMixture(
          weights: model.weights, meanVectors: model.meanVectors, covariances: model.covariances)
      }
    }
  }

  @Test func columnsThatFollowFromOthersAreReported() throws {
    let rows = (0..<60).map { row -> [Double] in
      let x = Double(row * row % 37)
      return [x, 2 * x + 1, Double(row % 11)]
    }
    let fit = try GaussianMixture.fit(
      NDArray<Double>(rows: rows), options: GaussianMixtureOptions(components: 2, covariance: .full)
    )
    #expect(fit.warnings.contains(.dependentColumns(directions: 1)))
    #expect(fit.logLikelihood.isFinite)
  }

  @Test func starvedComponentsMayTakeHalfOfTheHeaviest() throws {
    let data = clusteredData(rows: 300, columns: 2, clusters: 2, seed: 9)
    let start = try GaussianMixture(
      weights: [0.5, 0.5], meanVectors: NDArray(rows: [[0, 0], [5000, 5000]]),
      variances: NDArray(rows: [[9, 9], [1, 1]]))
    let removed = try GaussianMixture.fit(
      data, options: GaussianMixtureOptions(components: 2, start: .model(start)))
    #expect(removed.model.components == 1)
    let rescued = try GaussianMixture.fit(
      data,
      options: GaussianMixtureOptions(
        components: 2, starvation: .splitsHeaviest, start: .model(start)))
    #expect(rescued.model.components == 2)
    #expect(rescued.warnings.contains(.componentsRescued(count: 1, iteration: 1)))
    #expect(rescued.logLikelihood > removed.logLikelihood)
  }

  @Test func weightsMustBeWeights() {
    let data = clusteredData(rows: 4, columns: 2, clusters: 2, seed: 9)
    for weights in [[], [1, 1, 1], [1, 1, 1, -1], [1, 1, 1, .nan], [0, 0, 0, 0]] {
      #expect(throws: MixtureError.self, "\(weights)") {
        try GaussianMixture.fit(
          data, weights: weights, options: GaussianMixtureOptions(components: 1))
      }
    }
  }

  @Test func starvedComponentsAreRemovedAndReported() throws {
    // A component that starts where no data are.
    let start = try GaussianMixture(
      weights: [0.5, 0.5], meanVectors: NDArray(rows: [[1, 8, 5], [500, 500, 500]]),
      variances: NDArray(rows: [[4, 16, 1], [1, 1, 1]]))
    let fit = try GaussianMixture.fit(
      referenceData, options: GaussianMixtureOptions(components: 2, start: .model(start)))
    #expect(fit.model.components == 1)
    #expect(fit.warnings.contains(.componentsRemoved(count: 1, iteration: 1)))
    #expect(fit.converged)
  }

  @Test(arguments: [1e160, 1e300]) func refusesAStartBeyondAllDensity(mean: Double) throws {
    let start = try GaussianMixture(
      weights: [0.5, 0.5], meanVectors: NDArray(rows: [[mean], [-mean]]),
      variances: NDArray(repeating: 1e-20, shape: [2, 1]))
    #expect(throws: MixtureError.self) {
      try GaussianMixture.fit(
        referenceData.columns(0..<1),
        options: GaussianMixtureOptions(components: 2, start: .model(start)))
    }
  }

  @Test func refusesWhatCannotBeFitted() throws {
    let options = GaussianMixtureOptions(components: 2)
    for value in [Float.nan, .infinity, -.infinity] {
      var data = clusteredData(rows: 9000, columns: 3, clusters: 2, seed: 7)
      data[8500, 1] = value
      data[8600, 0] = value
      // NaN differs from itself, so the place is compared in words.
      let error = #expect(throws: MixtureError.self) {
        try GaussianMixture.fit(data, options: options, execution: Execution(threads: 2))
      }
      #expect(error?.description.contains("row 8500, column 1") == true)
    }
    #expect(throws: MixtureError.noData(shape: [0, 2])) {
      try GaussianMixture.fit(NDArray<Float>(zeros: [0, 2]), options: options)
    }
    #expect(throws: MixtureError.noData(shape: [4, 0])) {
      try GaussianMixture.fit(NDArray<Float>(zeros: [4]), options: options)
    }
    let model = try GaussianMixture(
      weights: [1], meanVectors: NDArray(rows: [[0]]), variances: NDArray(rows: [[1]]))
    for broken in [
      GaussianMixtureOptions(components: 0), GaussianMixtureOptions(components: 1, iterations: -1),
      GaussianMixtureOptions(components: 1, tolerance: -1),
      GaussianMixtureOptions(components: 1, varianceFloor: 0),
      GaussianMixtureOptions(components: 1, varianceFloor: .nan),
      GaussianMixtureOptions(components: 1, minimumOccupancy: -1),
      GaussianMixtureOptions(components: 1, restarts: 0),
      GaussianMixtureOptions(components: 2, start: .model(model)),
      GaussianMixtureOptions(components: 1, start: .model(model)),
    ] {
      #expect(throws: MixtureError.self) {
        try GaussianMixture.fit(referenceData, options: broken)
      }
    }
  }
}
