import TencaMixture
import TencaNumerics
import Testing

@Suite struct BayesianMixtureTests {
  /// What scikit-learn 1.9.1 holds after seven iterations from given labels.
  struct Case: CustomTestStringConvertible, Sendable {
    let covariance: CovarianceKind
    let prior: WeightPrior
    let weights: [Double]
    let means: [Double]
    let covariances: [Double]
    /// How far the lower bound rose from the first iteration to the last, a row.
    let gain: Double

    init(
      _ covariance: CovarianceKind, _ prior: WeightPrior, weights: [Double], means: [Double],
      covariances: [Double], gain: Double
    ) {
      self.covariance = covariance
      self.prior = prior
      self.weights = weights
      self.means = means
      self.covariances = covariances
      self.gain = gain
    }

    var testDescription: String { "\(covariance.rawValue), \(prior)" }
  }

  // m = BayesianGaussianMixture(n_components=3, covariance_type=..., reg_covar=0,
  //     weight_concentration_prior_type=...); m._check_parameters(X)
  // m._initialize(X, np.eye(3)[np.arange(24) % 3])
  // for i in range(7): p, r = m._e_step(X); m._m_step(X, r); b = m._compute_lower_bound(r, p)
  // with X as in `referenceData`.
  static let cases = [
    Case(
      .spherical, .dirichletProcess(),
      weights: [0.11748061966617, 0.43488875245478, 0.44763062787904],
      means: [
        1.5340827690044, 7.4085010650509, 4.4484020774253, 0.63370997119976, 11.354159400309,
        5.0096910689412, 2.5671022535043, 4.2276530307101, 4.5551012031268,
      ],
      covariances: [1.745740049119, 2.6733603365908, 1.5713545640158],
      gain: 1.2537699350214),
    Case(
      .diagonal, .dirichletProcess(),
      weights: [0.4951665843493, 0.49562085511423, 0.0092125605364744],
      means: [
        0.66459803205928, 10.984498700111, 4.933655043714, 2.5440273124725, 4.4181857878236,
        4.550886549462, 1.6400596580909, 7.5766685578015, 4.7349190504874,
      ],
      covariances: [
        1.1201452056523, 7.4691812394732, 0.26887199444646, 0.54778281767642, 4.1953962051496,
        0.31353427460448, 0.63545481223032, 6.0423746630707, 0.12945766991555,
      ],
      gain: 0.86097231253555),
    Case(
      .tied, .dirichletProcess(),
      weights: [0.51037500201076, 0.44599214678052, 0.043632851208722],
      means: [
        1.5545029398707, 7.8078335332782, 5.073878391721, 1.7664194092921, 7.2935881128714,
        4.3839287791829, 1.4277353301308, 7.8026350339837, 4.6876593987637,
      ],
      covariances: [
        1.4905626530168, -2.8287993986343, -0.15177376093485, -2.8287993986343, 14.229110100617,
        0.71486904887187, -0.15177376093485, 0.71486904887187, 0.21590878977732,
      ],
      gain: 0.11779924597739),
    Case(
      .full, .dirichletProcess(),
      weights: [0.8383578426641, 0.11204263466598, 0.049599522669917],
      means: [
        1.6884203877285, 7.2076159837508, 4.7511607652895, 2.1730236322472, 9.5324044615487,
        4.5485009297336, 0.45119930825022, 7.9775339818603, 4.8625717474133,
      ],
      covariances: [
        1.169983358668, -3.4661438723571, -0.15136915499019, -3.4661438723571, 14.970909297985,
        1.015881976328, -0.15136915499019, 1.015881976328, 0.38072446603152, 0.87390207928272,
        -1.3986334143747, -0.091027531369034, -1.3986334143747, 16.083760440382, 0.39376982061896,
        -0.091027531369034, 0.39376982061896, 0.11910280891166, 3.0067538737946, -1.9265983832051,
        -0.2726809656122, -1.9265983832051, 4.7004150543699, 0.32361083896577, -0.2726809656122,
        0.32361083896577, 0.10978128522285,
      ],
      gain: 0.44348164051899),
    Case(
      .full, .dirichlet(),
      weights: [0.73770574375816, 0.15060523615955, 0.11168902008229],
      means: [
        1.6598445103757, 7.3426215735543, 4.8009530775449, 1.942839914801, 8.6845893351143,
        4.4164561889076, 1.1423434365283, 7.4501383368786, 4.7787723146918,
      ],
      covariances: [
        1.1616770591435, -3.4961585435428, -0.13768231000028, -3.4961585435428, 15.065323052268,
        0.93756587972613, -0.13768231000028, 0.93756587972613, 0.36850862766339, 0.79983221839762,
        -1.4668972916652, -0.12356047259545, -1.4668972916652, 18.491084915297, 0.85591224358278,
        -0.12356047259545, 0.85591224358278, 0.16378362925425, 3.4129703558899, -2.2926923965786,
        -0.31485257499748, -2.2926923965786, 5.0981841053109, 0.43240367559047, -0.31485257499748,
        0.43240367559047, 0.13289130973565,
      ],
      gain: 0.29098668753205),
  ]

  @Test(arguments: cases) func matchesScikitLearn(_ known: Case) throws {
    let fit = try BayesianMixture.fit(
      referenceData,
      options: BayesianMixtureOptions(
        components: 3, covariance: known.covariance, weightPrior: known.prior, iterations: 7,
        tolerance: 0, start: .labels((0..<24).map { $0 % 3 })))
    let mixture = fit.model.mixture
    #expect(largestDifference(mixture.weights, known.weights) < 1e-9)
    #expect(largestDifference(mixture.meanVectors.elements, known.means) < 1e-9)
    #expect(largestDifference(mixture.covariances.array.elements, known.covariances) < 1e-9)
    let history = fit.lowerBoundHistory
    #expect(history.count == 7)
    if known.covariance != .tied {
      // The peer counts the one tied covariance as often as there are components, with the
      // factors of one.
      #expect(abs(history[6] - history[0] - known.gain) < 1e-9)
    }
  }

  @Test(arguments: 0..<40) func theBoundNeverFalls(problem: Int) throws {
    let data = clusteredData(
      rows: 25 + 7 * problem, columns: 1 + problem % 4, clusters: 1 + problem % 4,
      seed: UInt64(problem))
    let fit = try BayesianMixture.fit(
      data,
      options: BayesianMixtureOptions(
        components: 2 + problem % 5, covariance: CovarianceKind.allCases[problem % 4],
        weightPrior: problem % 8 < 4 ? .dirichlet() : .dirichletProcess(concentration: 0.1),
        iterations: 100, tolerance: 0, restarts: 2, seed: UInt64(problem)))
    for history in fit.lowerBoundHistories {
      #expect(history.allSatisfy { $0.isFinite })
      for (before, after) in zip(history, history.dropFirst()) {
        #expect(after >= before - 1e-9 * max(1, abs(before)), "\(history)")
      }
    }
  }

  @Test(arguments: [CovarianceKind.diagonal, .full]) func switchesOffWhatItDoesNotNeed(
    covariance: CovarianceKind
  ) throws {
    let truth = try GaussianMixture(
      weights: [0.3, 0.4, 0.3], meanVectors: NDArray(rows: [[0, 0], [8, 1], [-3, 9]]),
      variances: NDArray(repeating: 1, shape: [3, 2]))
    var random = RandomStream(seed: 4)
    let data = truth.sample(1500, using: &random)
    let fit = try BayesianMixture.fit(
      data, options: BayesianMixtureOptions(components: 10, covariance: covariance))
    #expect(fit.model.activeComponents.count == 3)
    #expect(fit.converged)
    let used = fit.model.inUse
    #expect(abs(used.weights.reduce(0, +) - 1) < 1e-12)
    for component in 0..<3 {
      let distances = (0..<3).map { k in
        (0..<2).reduce(0.0) {
          $0 + abs(truth.meanVectors[k, $1] - used.meanVectors[component, $1])
        }
      }
      #expect(distances.min()! < 0.3)
    }
  }

  @Test func threadsDoNotChangeAByte() throws {
    let data = clusteredData(rows: 9000, columns: 3, clusters: 3, seed: 5)
    let options = BayesianMixtureOptions(components: 5, iterations: 4, restarts: 2)
    let one = try BayesianMixture.fit(data, options: options)
    #expect(
      try BayesianMixture.fit(data, options: options, execution: Execution(threads: 2)) == one)
  }

  @Test func survivesDegenerateData() throws {
    for rows: [[Float]] in [[[1, 2]], [[1, 2], [1, 2], [1, 2]], [[9999, 5], [0, 5]]] {
      for covariance in CovarianceKind.allCases {
        let fit = try BayesianMixture.fit(
          NDArray<Float>(rows: rows),
          options: BayesianMixtureOptions(components: 4, covariance: covariance))
        let mixture = fit.model.inUse
        #expect(mixture.meanVectors.firstNonFinite() == nil)
        #expect(mixture.variances.elements.allSatisfy { $0 > 0 && $0.isFinite })
      }
    }
  }

  @Test func refusesImpossibleOptions() throws {
    let model = try GaussianMixture.fit(
      referenceData, options: GaussianMixtureOptions(components: 2)
    ).model
    for options in [
      BayesianMixtureOptions(components: 0), BayesianMixtureOptions(components: 2, iterations: 0),
      BayesianMixtureOptions(components: 2, weightPrior: .dirichlet(concentration: 0)),
      BayesianMixtureOptions(components: 2, meanPrecision: -1),
      BayesianMixtureOptions(components: 2, degreesOfFreedom: 2),
      BayesianMixtureOptions(components: 2, covarianceScale: .infinity),
      BayesianMixtureOptions(components: 2, covariance: .diagonal, start: .model(model)),
    ] {
      #expect(throws: MixtureError.self) {
        try BayesianMixture.fit(referenceData, options: options)
      }
    }
  }
}
