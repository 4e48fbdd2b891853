internal import TencaNumerics

/// How far apart two normal distributions with these means and covariances are, squared: the "Fréchet
/// inception distance" where the features are those of a classifier (M. Heusel et al., "GANs trained by
/// a two time-scale update rule converge to a local Nash equilibrium", 2017).
///
/// ‖m₁ − m₂‖² + tr(S₁) + tr(S₂) − 2 tr((S₁^½ S₂ S₁^½)^½). It falls as samples are added, so compare
/// only numbers from equally many samples, and by the same features.
///
/// The last trace is taken as the sum of the singular values of S₁^½ S₂^½, the roots of the eigenvalues
/// of S₁^½ S₂ S₁^½: rooting those instead would make of rounding errors near 0 their roots. The roots
/// of the covariances are symmetric ones, by eigenvalues, so singular covariances, of dead units or of
/// fewer samples than features, are no trouble.
///
/// - Returns: Not negative; 0 for equal statistics.
/// - Throws: ``GenerativeError``: `badFeatures` for other features, `tooFewSamples` below two;
///   `LinearAlgebraError`.
/// - Complexity: O(features³).
public func frechetDistance(_ a: FeatureStatistics, _ b: FeatureStatistics) throws -> Double {
  for statistics in [a, b] where statistics.count < 2 {
    throw GenerativeError.tooFewSamples(
      set: "a Fréchet distance", count: statistics.count, least: 2)
  }
  guard a.features == b.features else {
    throw GenerativeError.badFeatures(
      set: "a Fréchet distance", shape: [b.count, b.features],
      limit: "\(a.features) features a sample, as the other set has,")
  }
  if a == b { return 0 }
  let apart = a.means - b.means
  let (first, second) = (try RootFactor(a.covariance), try RootFactor(b.covariance))
  // Rotations leave singular values alone: diag(√λ₁)·V₁ᵀ·V₂·diag(√λ₂) has those of S₁^½ S₂^½.
  let product = matrixProduct(first.rows, second.rows.transposed())
  let shared = try singularValueDecomposition(product).values.elements.reduce(0, +)
  let spread = (a.variances + b.variances).reduce(0, +)
  return max(0, dot(apart, apart) + spread - 2 * shared)
}

/// diag(√λ)·Vᵀ of a covariance V·diag(λ)·Vᵀ.
private struct RootFactor {
  let rows: NDArray<Double>

  init(_ covariance: NDArray<Double>) throws {
    let eigen = try symmetricEigen(covariance)
    let values = eigen.values.elements
    // Below this an eigenvalue is rounding, and so is its sign.
    let noise = Double(values.count) * Double.ulpOfOne * (values.last ?? 0)
    var rows = eigen.vectors.transposed()
    let columns = rows.columns
    rows.withUnsafeMutableBuffer { target in
      for (row, value) in values.enumerated() {
        let root = value > noise ? value.squareRoot() : 0
        for i in row * columns..<(row + 1) * columns { target[i] *= root }
      }
    }
    self.rows = rows
  }
}
