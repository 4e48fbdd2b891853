package import TencaNumerics

/// What ln N(z; μ, Σ) is made of, with P = Σ⁻¹:
/// ln N = -½ (D ln 2π + ln|Σ| + μᵀPμ) + (Pμ)·z - ½ zᵀPz.
struct Precision {
  /// Pμ.
  var linear: [Double]
  /// μᵀPμ.
  var quadratic: Double
  /// ln |Σ|.
  var logDeterminant: Double
  /// What the second moments of z are multiplied by to give -½ zᵀPz.
  var coefficients: [Double]
}

/// What an M-step knows of every component, in the coordinates of a frame.
package struct ComponentMoments {
  /// n = Σ γ, one a component.
  package var occupancies: [Double]
  /// μ = Σ γz / n, components × columns.
  package var means: NDArray<Double>
  /// Σ γ m(z), components × second moments.
  var moments: [Double]
  /// Σ zzᵀ over all components, columns × columns; only for tied covariance.
  var pooled: [Double]

  var components: Int { occupancies.count }
  var columns: Int { means.columns }
  /// The number of second moments of one component.
  var momentCount: Int { moments.count / components }
}

/// The Gaussian as an exponential family: with φ(z) = [z, m(z), 1], where m(z) are the second
/// moments that a kind of covariance needs, ln(w N(z; μ, Σ)) = φ(z)·θ.
///
/// The log-densities of many rows are then one matrix product of φ with θ, and the sums that an
/// M-step needs are one product of the responsibilities with φ. The kinds differ in m alone; the
/// files beside this one hold one kind each.
extension CovarianceKind {
  /// The length of m(z).
  func momentCount(columns: Int) -> Int {
    switch self {
    case .spherical: SphericalMoments.count
    case .diagonal: DiagonalMoments.count(columns: columns)
    case .tied: TiedMoments.count
    case .full: FullMoments.count(columns: columns)
    }
  }

  /// The length of φ(z).
  package func featureCount(columns: Int) -> Int { columns + momentCount(columns: columns) + 1 }

  /// Writes φ of `count` rows to `target`, one after another.
  ///
  /// - Parameters:
  ///   - values: count × columns.
  ///   - whitening: What ``NaturalParameters`` says for tied covariance.
  @specialized(where Scalar == Double)
  package func writeFeatures<Scalar: NumericScalar>(
    _ values: UnsafePointer<Double>, count: Int, columns: Int, whitening: NDArray<Double>?,
    into target: UnsafeMutablePointer<Scalar>
  ) {
    if self == .diagonal { return Scalar._powers(values, target, count: count, columns: columns) }
    let stride = featureCount(columns: columns)
    for row in 0..<count {
      let (input, output) = (values + row * columns, target + row * stride)
      for column in 0..<columns { output[column] = Scalar(input[column]) }
      output[stride - 1] = 1
    }
    let moments = target + columns
    switch self {
    case .spherical:
      SphericalMoments.write(values, count, columns, into: moments, stride: stride)
    case .diagonal: break
    case .tied:
      TiedMoments.write(values, count, columns, whitening, into: moments, stride: stride)
    case .full:
      FullMoments.write(values, count, columns, into: moments, stride: stride)
    }
  }

  /// E[m(z)] of a Gaussian of this mean and covariance; of z itself where the covariance is 0.
  package func expectedMoments(
    mean: [Double], covariance: (_ row: Int, _ column: Int) -> Double
  ) -> [Double] {
    switch self {
    case .spherical: [mean.indices.reduce(0.0) { $0 + mean[$1] * mean[$1] + covariance($1, $1) }]
    case .diagonal: mean.indices.map { mean[$0] * mean[$0] + covariance($0, $0) }
    // Tied covariance comes from the pooled products; its own moment is never summed up.
    case .tied: [0]
    case .full:
      mean.indices.flatMap { i in
        (i..<mean.count).map { j in mean[i] * mean[j] + covariance(i, j) }
      }
    }
  }

  /// The covariances that make these moments most likely, among those whose variance is at least
  /// `floor` in every direction.
  ///
  /// - Returns: Also how many variances, or principal variances, were raised to the floor.
  package func covariances(
    of statistics: ComponentMoments, floor: Double
  ) -> (covariances: Covariances, floored: Int) {
    switch self {
    case .spherical: SphericalMoments.covariances(of: statistics, floor: floor)
    case .diagonal: DiagonalMoments.covariances(of: statistics, floor: floor)
    case .tied: TiedMoments.covariances(of: statistics, floor: floor)
    case .full: FullMoments.covariances(of: statistics, floor: floor)
    }
  }
}

extension Covariances {
  /// One component's ``Precision`` at its mean.
  func precision(component: Int, mean: [Double]) -> Precision {
    switch self {
    case .spherical(let variances):
      SphericalMoments.precision(variance: variances[component], mean: mean)
    case .diagonal(let variances):
      DiagonalMoments.precision(variances: variances.row(component).elements, mean: mean)
    case .tied(let covariance): TiedMoments.precision(covariance: covariance, mean: mean)
    case .full(let covariances):
      FullMoments.precision(covariance: covariances.row(component), mean: mean)
    }
  }
}

/// P·μ, μᵀPμ and ln|Σ| from the Cholesky factor of Σ.
func precisionTerms(
  factor: NDArray<Double>, mean: [Double]
) -> (linear: [Double], quadratic: Double, logDeterminant: Double) {
  // A factor has a positive diagonal, so neither solution can fail.
  let half = try! solveTriangular(.lower, factor, NDArray(mean))
  let linear = try! solveTriangular(.lower, factor, half, transposed: true)
  return (linear.elements, dot(half, half), TencaNumerics.logDeterminant(choleskyFactor: factor))
}
