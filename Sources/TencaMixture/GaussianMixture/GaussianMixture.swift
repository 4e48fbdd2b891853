public import TencaNumerics

/// A density made of Gaussian bells with diagonal covariance:
/// p(x) = Σₖ wₖ Πd N(x_d; μ_kd, σ²_kd).
///
/// ```swift
/// let fit = try GaussianMixture.fit(features, options: GaussianMixtureOptions(components: 16))
/// let scores = try MixtureScorer(fit.model).logDensities(moreFeatures)
/// ```
public struct GaussianMixture: Sendable, Equatable {
  /// How much of the density each component holds; they sum to one.
  public let weights: [Double]
  /// μ, components × columns.
  public let meanVectors: NDArray<Double>
  /// σ², components × columns, all positive.
  public let variances: NDArray<Double>

  /// Makes a mixture of known parameters.
  ///
  /// - Parameters:
  ///   - weights: One a component, none negative; they are divided by their sum, which must be
  ///     1 within 10⁻³.
  ///   - meanVectors: components × columns.
  ///   - variances: components × columns, positive.
  /// - Throws: ``MixtureError/invalidModel(problem:)`` saying which parameter does not fit.
  public init(
    weights: [Double], meanVectors: NDArray<Double>, variances: NDArray<Double>
  ) throws {
    func require(_ condition: Bool, _ problem: @autoclosure () -> String) throws {
      if !condition { throw MixtureError.invalidModel(problem: problem()) }
    }
    try require(
      meanVectors.rank == 2 && !meanVectors.isEmpty,
      "mean vectors of shape \(meanVectors.shape), not components × columns")
    try require(
      variances.shape == meanVectors.shape,
      "variances of shape \(variances.shape), mean vectors of shape \(meanVectors.shape)")
    try require(
      weights.count == meanVectors.rows,
      "\(weights.count) weights for \(meanVectors.rows) components")
    for (component, weight) in weights.enumerated() {
      try require(weight >= 0, "the weight of component \(component) is \(weight)")
    }
    let sum = weights.reduce(0, +)
    try require(abs(sum - 1) <= 1e-3, "the weights sum to \(sum), not to 1")
    for component in 0..<meanVectors.rows {
      for column in 0..<meanVectors.columns {
        let (mean, variance) = (meanVectors[component, column], variances[component, column])
        try require(mean.isFinite, "component \(component), column \(column): mean \(mean)")
        try require(
          variance > 0 && variance.isFinite,
          "component \(component), column \(column): variance \(variance) is not positive")
      }
    }
    self.init(
      uncheckedWeights: weights.map { $0 / sum }, meanVectors: meanVectors, variances: variances)
  }

  /// Makes a mixture of parameters that are known to fit.
  init(uncheckedWeights: [Double], meanVectors: NDArray<Double>, variances: NDArray<Double>) {
    weights = uncheckedWeights
    self.meanVectors = meanVectors
    self.variances = variances
  }

  /// The number of components.
  public var components: Int { weights.count }

  /// The number of columns that the mixture describes.
  public var dimensions: Int { meanVectors.columns }

  /// The number of free parameters: K·2D and the K - 1 free weights.
  public var parameterCount: Int { components * 2 * dimensions + components - 1 }

  /// The mean and variance of each column under the whole mixture.
  var columnMoments: (means: [Double], variances: [Double]) {
    var means = [Double](repeating: 0, count: dimensions)
    var moments = means
    for column in 0..<dimensions {
      for (component, weight) in weights.enumerated() {
        means[column] += weight * meanVectors[component, column]
      }
      for (component, weight) in weights.enumerated() {
        let offset = meanVectors[component, column] - means[column]
        moments[column] += weight * (variances[component, column] + offset * offset)
      }
    }
    return (means, moments)
  }

  /// The same mixture of z = (x - centre) · scale.
  func standardized(centres: [Double], scales: [Double]) -> GaussianMixture {
    transformed { mean, variance, column in
      (
        (mean - centres[column]) * scales[column], variance * scales[column] * scales[column]
      )
    }
  }

  /// The mixture of x, of which this one describes z = (x - centre) · scale.
  func restored(centres: [Double], scales: [Double]) -> GaussianMixture {
    transformed { mean, variance, column in
      (
        mean / scales[column] + centres[column], variance / (scales[column] * scales[column])
      )
    }
  }

  private func transformed(
    _ change: (_ mean: Double, _ variance: Double, _ column: Int) -> (Double, Double)
  ) -> GaussianMixture {
    var (means, spreads) = (meanVectors, variances)
    for component in 0..<components {
      for column in 0..<dimensions {
        (means[component, column], spreads[component, column]) = change(
          meanVectors[component, column], variances[component, column], column)
      }
    }
    return GaussianMixture(uncheckedWeights: weights, meanVectors: means, variances: spreads)
  }
}
