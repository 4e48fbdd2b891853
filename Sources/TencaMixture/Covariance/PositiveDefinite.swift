package import TencaNumerics

/// The Cholesky factor of a covariance. Where rounding left the matrix without one, its
/// eigenvalues are raised to 10⁻¹² of the largest first.
package func covarianceFactor(_ covariance: NDArray<Double>) -> NDArray<Double> {
  if let factor = try? choleskyFactor(covariance) { return factor }
  let raised = raisingEigenvalues(of: covariance, relativeFloor: 1e-12).matrix
  if let factor = try? choleskyFactor(raised) { return factor }
  // Numbers so large or small that even this fails: keep the variances.
  var diagonal = NDArray<Double>(zeros: covariance.shape)
  for i in 0..<covariance.rows {
    diagonal[i, i] = max(covariance[i, i], .leastNormalMagnitude).squareRoot()
  }
  return diagonal
}

/// The nearest matrix whose eigenvalues are all at least `floor`, or at least `relativeFloor` times
/// the largest: of all such matrices, the one under which data with this scatter are most likely.
func raisingEigenvalues(
  of matrix: NDArray<Double>, floor: Double = 0, relativeFloor: Double = 0
) -> (matrix: NDArray<Double>, raised: Int) {
  // The usual case, at a fraction of the cost: nothing lies below the floor.
  if relativeFloor == 0 && (try? choleskyFactor(matrix - .identity(matrix.rows) * floor)) != nil {
    return (matrix, 0)
  }
  guard let eigen = try? symmetricEigen(matrix) else { return (matrix, 0) }
  let least = max(floor, relativeFloor * eigen.values[eigen.values.count - 1])
  let raised = eigen.values.elements.count { $0 < least }
  if raised == 0 { return (matrix, 0) }
  var scaled = eigen.vectors
  for column in 0..<matrix.columns {
    let value = max(eigen.values[column], least)
    for row in 0..<matrix.rows { scaled[row, column] *= value }
  }
  return (matrixProduct(scaled, eigen.vectors.transposed()).symmetrized(), raised)
}
