internal import TencaNumerics

/// One component seen from rows that all lack the same cells: the density of the cells they have,
/// and what it expects of the others (T. Anderson, "An introduction to multivariate statistical
/// analysis", section 2.5).
package struct ConditionalGaussian {
  private let mean: [Double]
  private let observed: [Int]
  private let missing: [Int]
  private let logConstant: Double
  private let shape: Shape

  private enum Shape {
    /// The variance of every column; what is seen says nothing of what is not.
    case axisAligned([Double])
    /// L with Σₒₒ = L·Lᵀ, Σₘₒ·Σₒₒ⁻¹, and the covariance of the missing cells given the others.
    case correlated(
      factor: NDArray<Double>, regression: NDArray<Double>, covariance: NDArray<Double>)
  }

  /// - Parameters:
  ///   - missing: The columns without a value, in ascending order.
  ///   - offset: What is added to the log-density.
  /// - Complexity: O(columns), for correlated columns O(columns³).
  init(
    mean: [Double], covariances: Covariances, component: Int, missing: [Int], offset: Double
  ) {
    self.mean = mean
    self.missing = missing
    let observed = mean.indices.filter { !missing.contains($0) }
    self.observed = observed
    let logDeterminant: Double
    if covariances.kind.isCorrelated {
      let matrix = covariances.matrix(component: component, columns: mean.count)
      func part(_ rows: [Int], _ columns: [Int]) -> NDArray<Double> {
        NDArray(
          rows.flatMap { i in columns.map { matrix[i, $0] } }, shape: [rows.count, columns.count])
      }
      let factor = covarianceFactor(part(observed, observed))
      let across = part(observed, missing)
      // A factor has a positive diagonal, so the solution cannot fail.
      let regression = try! solve(choleskyFactor: factor, across).transposed().contiguous()
      shape = .correlated(
        factor: factor, regression: regression,
        covariance: part(missing, missing) - matrixProduct(regression, across))
      logDeterminant =
        observed.isEmpty ? 0 : TencaNumerics.logDeterminant(choleskyFactor: factor)
    } else {
      let variances = mean.indices.map { covariances.variance(component: component, column: $0) }
      shape = .axisAligned(variances)
      logDeterminant = observed.reduce(0.0) { $0 + logarithm(variances[$1]) }
    }
    logConstant = offset - 0.5 * (Double(observed.count) * logarithm(2 * .pi) + logDeterminant)
  }

  /// The log-density of the cells that a row has, plus the offset.
  package func logDensity(_ row: [Double]) -> Double {
    switch shape {
    case .axisAligned(let variances):
      return observed.reduce(logConstant) { sum, column in
        let deviation = row[column] - mean[column]
        return sum - 0.5 * deviation * (deviation / variances[column])
      }
    case .correlated(let factor, _, _):
      let half = try! solveTriangular(.lower, factor, NDArray(deviations(row)))
      return logConstant - 0.5 * dot(half, half)
    }
  }

  /// The row with its missing cells replaced by what the component expects of them.
  package func completed(_ row: [Double]) -> [Double] {
    var row = row
    for column in missing { row[column] = mean[column] }
    guard case .correlated(_, let regression, _) = shape, !observed.isEmpty else { return row }
    let deviations = deviations(row)
    for (index, column) in missing.enumerated() {
      row[column] += dot(regression.row(index), NDArray(deviations))
    }
    return row
  }

  /// The covariance that two columns have left once the row's cells are known.
  package func covariance(_ row: Int, _ column: Int) -> Double {
    switch shape {
    case .axisAligned(let variances):
      return row == column && missing.contains(row) ? variances[row] : 0
    case .correlated(_, _, let covariance):
      guard let i = missing.firstIndex(of: row), let j = missing.firstIndex(of: column) else {
        return 0
      }
      return covariance[i, j]
    }
  }

  private func deviations(_ row: [Double]) -> [Double] {
    observed.map { row[$0] - mean[$0] }
  }
}
