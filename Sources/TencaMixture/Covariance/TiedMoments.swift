internal import TencaNumerics

/// One Σ for all components: m(z) = [zᵀPz], the same for all, by way of y = L⁻¹z with Σ = L·Lᵀ.
///
/// Since Σ changes from step to step, its moment cannot be summed up beforehand; the M-step takes
/// the pooled products Σ zzᵀ instead, which need no responsibilities.
enum TiedMoments {
  static let count = 1

  /// - Parameter whitening: L⁻ᵀ, columns × columns.
  static func write<Scalar: NumericScalar>(
    _ values: UnsafePointer<Double>, _ count: Int, _ columns: Int, _ whitening: NDArray<Double>?,
    into target: UnsafeMutablePointer<Scalar>, stride: Int
  ) {
    guard let whitening else { preconditionFailure("tied covariance without its factor") }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count * columns) { white in
      whitening.withUnsafeBuffer { matrix in
        Double._slimProduct(
          transposeA: false, m: count, n: columns, k: columns, a: values, b: matrix.baseAddress!,
          c: white.baseAddress!)
      }
      SphericalMoments.write(white.baseAddress!, count, columns, into: target, stride: stride)
    }
  }

  /// L⁻ᵀ of a covariance.
  static func whitening(of covariance: NDArray<Double>) -> NDArray<Double> {
    // A factor has a positive diagonal, so the solution cannot fail.
    try! solveTriangular(.lower, covarianceFactor(covariance), .identity(covariance.rows))
      .transposed().contiguous()
  }

  static func precision(covariance: NDArray<Double>, mean: [Double]) -> Precision {
    let terms = precisionTerms(factor: covarianceFactor(covariance), mean: mean)
    return Precision(
      linear: terms.linear, quadratic: terms.quadratic, logDeterminant: terms.logDeterminant,
      coefficients: [-0.5])
  }

  /// Σ = (Σ zzᵀ - Σ n μμᵀ) / Σ n.
  static func covariances(
    of statistics: ComponentMoments, floor: Double
  ) -> (Covariances, Int) {
    let columns = statistics.columns
    let total = statistics.occupancies.reduce(0, +)
    var scaled = statistics.means
    for component in 0..<statistics.components {
      let share = (statistics.occupancies[component] / total).squareRoot()
      for column in 0..<columns { scaled[component, column] *= share }
    }
    var covariance = NDArray(
      statistics.pooled.map { $0 / total }, shape: [columns, columns])
    matrixProduct(scaled.transposed(), scaled, into: &covariance, alpha: -1, beta: 1)
    let result = raisingEigenvalues(of: covariance.symmetrized(), floor: floor)
    return (.tied(result.matrix), result.raised)
  }
}
