public import TencaNumerics

/// A density made of Gaussian bells: p(x) = Σₖ wₖ N(x; μₖ, Σₖ).
///
/// The covariances Σₖ are spherical, diagonal, tied or full; see ``CovarianceKind``.
///
/// ```swift
/// let options = GaussianMixtureOptions(components: 3, covariance: .full)
/// let fit = try GaussianMixture.fit(measurements, options: options)
/// let scores = try MixtureScorer(fit.model).logDensities(moreMeasurements)
/// ```
public struct GaussianMixture: Sendable, Equatable {
  /// How much of the density each component holds; they sum to one.
  public let weights: [Double]
  /// μ, components × columns.
  public let meanVectors: NDArray<Double>
  /// Σ of every component.
  public let covariances: Covariances

  /// Makes a mixture of known parameters.
  ///
  /// - Parameters:
  ///   - weights: One a component, none negative; they are divided by their sum, which must be
  ///     1 within 10⁻³.
  ///   - meanVectors: components × columns.
  ///   - covariances: Positive definite; matrices symmetric within 10⁻⁸ of their variances.
  /// - Throws: ``MixtureError/invalidModel(problem:)`` saying which parameter does not fit.
  /// - Complexity: O(components · columns), for full covariance times columns².
  public init(
    weights: [Double], meanVectors: NDArray<Double>, covariances: Covariances
  ) throws {
    let sum = try Self.check(weights: weights, meanVectors: meanVectors)
    try covariances.check(components: weights.count, columns: meanVectors.columns)
    self.init(
      uncheckedWeights: weights.map { $0 / sum }, meanVectors: meanVectors,
      covariances: covariances)
  }

  /// Makes a mixture with diagonal covariance.
  ///
  /// - Parameters:
  ///   - weights: As in ``init(weights:meanVectors:covariances:)``.
  ///   - meanVectors: components × columns.
  ///   - variances: components × columns, positive.
  /// - Throws: ``MixtureError/invalidModel(problem:)`` saying which parameter does not fit.
  public init(
    weights: [Double], meanVectors: NDArray<Double>, variances: NDArray<Double>
  ) throws {
    try self.init(
      weights: weights, meanVectors: meanVectors, covariances: .diagonal(variances))
  }

  /// Makes a mixture of parameters that are known to fit.
  package init(uncheckedWeights: [Double], meanVectors: NDArray<Double>, covariances: Covariances) {
    weights = uncheckedWeights
    self.meanVectors = meanVectors
    self.covariances = covariances
  }

  /// The number of components.
  public var components: Int { weights.count }

  /// The number of columns that the mixture describes.
  public var dimensions: Int { meanVectors.columns }

  /// What shapes the components may take.
  public var covarianceKind: CovarianceKind { covariances.kind }

  /// The number of free parameters: the means, the covariances, and the K - 1 free weights.
  public var parameterCount: Int {
    components * dimensions + components - 1
      + covarianceKind.parameterCount(components: components, columns: dimensions)
  }

  /// σ² of every column in every component, components × columns.
  public var variances: NDArray<Double> {
    if case .diagonal(let variances) = covariances { return variances }
    return NDArray(shape: meanVectors.shape) { target in
      for index in target.indices {
        target[index] = covariances.variance(
          component: index / dimensions, column: index % dimensions)
      }
    }
  }

  /// Σ of one component, columns × columns.
  public func covarianceMatrix(_ component: Int) -> NDArray<Double> {
    covariances.matrix(component: component, columns: dimensions)
  }
}

extension GaussianMixture {
  /// The mixture of z, where this one is of x.
  func entering(_ frame: MixtureFrame) -> GaussianMixture {
    GaussianMixture(
      uncheckedWeights: weights, meanVectors: frame.enter(means: meanVectors),
      covariances: frame.enter(covariances))
  }

  /// The mixture of x, where this one is of z.
  func leaving(_ frame: MixtureFrame) -> GaussianMixture {
    GaussianMixture(
      uncheckedWeights: weights, meanVectors: frame.leave(means: meanVectors),
      covariances: frame.leave(covariances))
  }

  /// The frame in which the whole mixture has mean zero and a spread of one.
  ///
  /// - Parameter whitens: Whether correlations are undone too, as far as the kind allows.
  package func ownFrame(whitens: Bool = true) -> MixtureFrame {
    let means = (0..<dimensions).map { column in
      weights.indices.reduce(0.0) { $0 + weights[$1] * meanVectors[$1, column] }
    }
    let offsets = weights.indices.map { component in
      (0..<dimensions).map { meanVectors[component, $0] - means[$0] }
    }
    let variances = (0..<dimensions).map { column in
      weights.indices.reduce(0.0) { sum, component in
        let offset = offsets[component][column]
        return sum + weights[component]
          * (covariances.variance(component: component, column: column) + offset * offset)
      }
    }
    var covariance: NDArray<Double>?
    if covarianceKind.isCorrelated && whitens {
      var total = NDArray<Double>(zeros: [dimensions, dimensions])
      for component in weights.indices {
        let column = NDArray(offsets[component], shape: [dimensions, 1])
        let part = covarianceMatrix(component) + matrixProduct(column, column.transposed())
        total = total + part * weights[component]
      }
      covariance = total
    }
    return MixtureFrame(
      means: means, variances: variances, covariance: covariance, kind: covarianceKind)
  }
}
