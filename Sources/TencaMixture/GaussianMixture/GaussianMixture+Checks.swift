internal import TencaNumerics

private func require(_ condition: Bool, _ problem: @autoclosure () -> String) throws {
  if !condition { throw MixtureError.invalidModel(problem: problem()) }
}

extension GaussianMixture {
  /// - Returns: The sum of the weights.
  /// - Throws: ``MixtureError/invalidModel(problem:)``.
  static func check(weights: [Double], meanVectors: NDArray<Double>) throws -> Double {
    try require(
      meanVectors.rank == 2 && !meanVectors.isEmpty,
      "mean vectors of shape \(meanVectors.shape), not components × columns")
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
        let mean = meanVectors[component, column]
        try require(mean.isFinite, "component \(component), column \(column): mean \(mean)")
      }
    }
    return sum
  }
}

extension Covariances {
  /// - Throws: ``MixtureError/invalidModel(problem:)`` unless these fit so many components and
  ///   columns and are positive definite.
  package func check(components: Int, columns: Int) throws {
    let expected = Self.shape(kind, components: components, columns: columns)
    try require(
      array.shape == expected,
      "\(kind.rawValue) covariances of shape \(array.shape), not \(expected)")
    switch self {
    case .spherical(let variances):
      for component in 0..<components {
        try Self.check(variances[component], "component \(component)")
      }
    case .diagonal(let variances):
      for component in 0..<components {
        for column in 0..<columns {
          try Self.check(variances[component, column], "component \(component), column \(column)")
        }
      }
    case .tied(let matrix): try Self.check(matrix, "the tied covariance")
    case .full(let matrices):
      for component in 0..<components {
        try Self.check(matrices.row(component), "the covariance of component \(component)")
      }
    }
  }

  private static func check(_ variance: Double, _ place: String) throws {
    try require(
      variance > 0 && variance.isFinite, "\(place): variance \(variance) is not positive")
  }

  private static func check(_ matrix: NDArray<Double>, _ place: String) throws {
    for row in 0..<matrix.rows {
      try check(matrix[row, row], "\(place), column \(row)")
      for column in 0..<row {
        let scale = (matrix[row, row] * matrix[column, column]).squareRoot()
        let (below, above) = (matrix[row, column], matrix[column, row])
        try require(
          abs(below - above) <= 1e-8 * scale,
          "\(place) is not symmetric: \(below) and \(above) for columns \(row) and \(column)")
      }
    }
    try require(
      (try? choleskyFactor(matrix)) != nil,
      "\(place) is not positive definite: its columns depend on each other")
  }
}
