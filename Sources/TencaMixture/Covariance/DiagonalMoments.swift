internal import TencaNumerics

/// Σ = diag(σ²): m(z) = z², column by column.
enum DiagonalMoments {
  static func count(columns: Int) -> Int { columns }

  static func precision(variances: [Double], mean: [Double]) -> Precision {
    let linear = zip(mean, variances).map { $0 / $1 }
    return Precision(
      linear: linear, quadratic: zip(linear, mean).reduce(0.0) { $0 + $1.0 * $1.1 },
      logDeterminant: variances.reduce(0.0) { $0 + logarithm($1) },
      coefficients: variances.map { -0.5 / $0 })
  }

  /// σ² = Σ γz² / n - μ².
  static func covariances(
    of statistics: ComponentMoments, floor: Double
  ) -> (Covariances, Int) {
    var floored = 0
    let columns = statistics.columns
    let variances = NDArray<Double>(shape: statistics.means.shape) { target in
      for index in target.indices {
        let (component, column) = (index / columns, index % columns)
        let mean = statistics.means[component, column]
        let variance =
          statistics.moments[index] / statistics.occupancies[component] - mean * mean
        if variance < floor { floored += 1 }
        target[index] = max(variance, floor)
      }
    }
    return (.diagonal(variances), floored)
  }
}
