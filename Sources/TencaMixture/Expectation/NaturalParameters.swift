package import TencaNumerics

/// Components made ready to score rows: θ of every one, see ``CovarianceKind``.
package struct NaturalParameters<Scalar: NumericScalar>: Sendable {
  package let kind: CovarianceKind
  package let columns: Int
  /// features × components.
  package let theta: NDArray<Scalar>
  /// L⁻ᵀ of a tied covariance; see ``TiedMoments``.
  package let whitening: NDArray<Double>?
  /// The largest μᵀPμ: how much larger the terms of φ·θ are than the logarithm they sum to, near
  /// the means.
  let cancellation: Double

  package var components: Int { theta.columns }
  /// The length of φ.
  package var width: Int { theta.rows }
}

extension NaturalParameters<Double> {
  /// - Parameters:
  ///   - means: components × columns.
  ///   - offsets: What is added to each component's log-density: ln w in a mixture.
  package init(means: NDArray<Double>, covariances: Covariances, offsets: [Double]) {
    let (count, columns) = (means.rows, means.columns)
    let kind = covariances.kind
    let width = kind.featureCount(columns: columns)
    let precisions = (0..<count).map { component in
      covariances.precision(component: component, mean: means.row(component).elements)
    }
    theta = NDArray(shape: [width, count]) { target in
      for (component, precision) in precisions.enumerated() {
        for (index, value) in (precision.linear + precision.coefficients).enumerated() {
          target[index * count + component] = value
        }
        target[(width - 1) * count + component] =
          offsets[component]
          - 0.5
          * (Double(columns) * logarithm(2 * .pi) + precision.logDeterminant + precision.quadratic)
      }
    }
    self.kind = kind
    self.columns = columns
    cancellation = precisions.reduce(0.0) { max($0, $1.quadratic) }
    if case .tied(let covariance) = covariances {
      whitening = TiedMoments.whitening(of: covariance)
    } else {
      whitening = nil
    }
  }

  init(_ mixture: GaussianMixture) {
    self.init(
      means: mixture.meanVectors, covariances: mixture.covariances,
      offsets: mixture.weights.map { logarithm($0) })
  }

  /// The same in single precision.
  var single: NaturalParameters<Float> {
    NaturalParameters<Float>(
      kind: kind, columns: columns, theta: theta.converted(), whitening: whitening,
      cancellation: cancellation)
  }
}
