internal import TencaNumerics

/// What rows and priors together say of a mixture's parameters, in the frame of the rows: a
/// distribution of the weights, and one of each component's mean and precision (normal-Wishart, or
/// normal-gamma).
///
/// After C. Bishop, "Pattern recognition and machine learning", section 10.2; the priors and their
/// counterparts for other covariances are scikit-learn's.
struct BayesianPosterior: Sendable, Equatable {
  private(set) var weights: WeightPosterior
  /// β: how many rows each mean is worth.
  private(set) var meanPrecisions: [Double]
  private(set) var means: NDArray<Double>
  /// ν: how many rows each covariance is worth.
  private(set) var degreesOfFreedom: [Double]
  /// E[Λ]⁻¹ = W⁻¹ / ν.
  private(set) var covariances: Covariances

  private var components: Int { means.rows }
  private var columns: Int { means.columns }

  /// The posterior after rows with these statistics.
  ///
  /// - Parameters:
  ///   - statistics: In a frame where all rows have mean zero and a spread of one.
  ///   - spread: The prior covariance in that frame, the same in every direction.
  init(_ statistics: MixtureStatistics, options: BayesianMixtureOptions, spread: Double) {
    let kind = statistics.covariance
    // No component is quite without rows, which keeps quotients finite.
    let occupancies = statistics.occupancies.map { max($0, 10 * Double.ulpOfOne) }
    var moments = statistics.moments(of: Array(occupancies.indices))
    moments.occupancies = occupancies
    for component in occupancies.indices where statistics.occupancies[component] <= 0 {
      for column in 0..<statistics.columns { moments.means[component, column] = 0 }
    }
    let (dimension, count) = (Double(statistics.columns), Double(occupancies.count))
    let prior = options.degreesOfFreedom ?? dimension
    weights = WeightPosterior(options.weightPrior, occupancies: occupancies)
    meanPrecisions = occupancies.map { options.meanPrecision + $0 }
    var means = moments.means
    for component in occupancies.indices {
      let share = occupancies[component] / meanPrecisions[component]
      for column in 0..<statistics.columns { means[component, column] *= share }
    }
    self.means = means
    let total = occupancies.reduce(0, +)
    degreesOfFreedom =
      kind == .tied
      ? occupancies.map { _ in prior + total / count } : occupancies.map { prior + $0 }
    covariances = Self.covariances(
      moments, kind: kind, spread: spread, meanPrecision: options.meanPrecision,
      meanPrecisions: meanPrecisions, degreesOfFreedom: degreesOfFreedom)
  }

  /// (W₀⁻¹ + n·S + β₀n/β · x̄x̄ᵀ) / ν, with the prior mean at zero.
  private static func covariances(
    _ moments: ComponentMoments, kind: CovarianceKind, spread: Double, meanPrecision: Double,
    meanPrecisions: [Double], degreesOfFreedom: [Double]
  ) -> Covariances {
    let (scatter, _) = kind.covariances(of: moments, floor: 0)
    let columns = moments.columns
    let occupancies = moments.occupancies
    let pulls = occupancies.indices.map {
      meanPrecision * occupancies[$0] / meanPrecisions[$0]
    }
    func product(_ component: Int, _ row: Int, _ column: Int) -> Double {
      pulls[component] * moments.means[component, row] * moments.means[component, column]
    }
    let source = scatter.array.elements
    let array = NDArray<Double>(shape: scatter.array.shape) { target in
      for index in target.indices {
        let (row, column) = (index / columns % columns, index % columns)
        switch kind {
        case .spherical:
          let pull = (0..<columns).reduce(0.0) { $0 + product(index, $1, $1) } / Double(columns)
          target[index] =
            (spread + occupancies[index] * source[index] + pull) / degreesOfFreedom[index]
        case .diagonal:
          let component = index / columns
          target[index] =
            (spread + occupancies[component] * source[index] + product(component, column, column))
            / degreesOfFreedom[component]
        case .tied:
          let count = Double(occupancies.count)
          let pull = occupancies.indices.reduce(0.0) { $0 + product($1, row, column) }
          let rows = occupancies.reduce(0, +)
          target[index] =
            ((row == column ? spread : 0) + (rows * source[index] + pull) / count)
            / degreesOfFreedom[0]
        case .full:
          let component = index / (columns * columns)
          target[index] =
            ((row == column ? spread : 0) + occupancies[component] * source[index]
              + product(component, row, column)) / degreesOfFreedom[component]
        }
      }
    }
    return Covariances(kind, array)
  }

  /// The mixture of expected parameters.
  var mixture: GaussianMixture {
    GaussianMixture(
      uncheckedWeights: weights.means, meanVectors: means, covariances: covariances)
  }

  /// What an E-step scores rows by: E[ln w] + E[ln N(z; μ, Λ⁻¹)] of every component.
  var parameters: NaturalParameters<Double> {
    let dimension = Double(columns)
    let offsets = weights.meanLogs.enumerated().map { component, logWeight in
      let freedom = degreesOfFreedom[component]
      let logPrecision = (0..<columns).reduce(dimension * logarithm(2)) {
        $0 + digamma(0.5 * (freedom - Double($1)))
      }
      return logWeight - 0.5 * dimension * logarithm(freedom)
        + 0.5 * (logPrecision - dimension / meanPrecisions[component])
    }
    return NaturalParameters(means: means, covariances: covariances, offsets: offsets)
  }

  /// The logarithms of what the posterior's densities are divided by.
  ///
  /// With the entropy of the responsibilities that the posterior was made of, the lower bound of
  /// ln p(rows), up to a constant of the priors and the rows.
  var logNorm: Double {
    let dimension = Double(columns)
    var sum = weights.logNorm
    for component in 0..<components {
      let freedom = degreesOfFreedom[component]
      // ln |W| / 2, from E[Λ] = νW.
      let half =
        -0.5
        * (covariances.precision(component: component, mean: means.row(component).elements)
          .logDeterminant + dimension * logarithm(freedom))
      sum += freedom * half + 0.5 * freedom * dimension * logarithm(2)
      for column in 0..<columns { sum += logGamma(0.5 * (freedom - Double(column))) }
      sum -= 0.5 * dimension * logarithm(meanPrecisions[component])
    }
    return sum
  }
}
