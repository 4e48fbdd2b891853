public import TencaNumerics

extension GaussianMixture {
  /// ``MixtureScorer/logDensities(_:execution:)``, made ready anew: for one use.
  public func logDensities(
    _ data: some RowSource, missing: MissingCells = .refused, execution: Execution = .serial
  ) throws -> NDArray<Float> {
    try MixtureScorer(self, missing: missing).logDensities(data, execution: execution)
  }

  /// ``MixtureScorer/responsibilities(_:execution:)``, made ready anew: for one use.
  public func responsibilities(
    _ data: some RowSource, missing: MissingCells = .refused, execution: Execution = .serial
  ) throws -> NDArray<Float> {
    try MixtureScorer(self, missing: missing).responsibilities(data, execution: execution)
  }

  /// ``MixtureScorer/assign(_:execution:)``, made ready anew: for one use.
  public func assign(
    _ data: some RowSource, missing: MissingCells = .refused, execution: Execution = .serial
  ) throws -> [Int] {
    try MixtureScorer(self, missing: missing).assign(data, execution: execution)
  }

  /// ln(wₖ N(x; μₖ, Σₖ)) of every component, by differences in double precision.
  func logTerms(_ row: [Double]) -> [Double] {
    weights.indices.map { component in
      ConditionalGaussian(
        mean: meanVectors.row(component).elements, covariances: covariances,
        component: component, missing: [], offset: logarithm(weights[component])
      ).logDensity(row)
    }
  }

  /// Rows drawn from the density.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - random: Where chance comes from.
  /// - Returns: count × columns.
  /// - Complexity: O(count · (components + columns)), for tied and full covariance columns².
  public func sample(_ count: Int, using random: inout RandomStream) -> NDArray<Float> {
    let columns = dimensions
    let factors =
      covarianceKind.isCorrelated
      ? weights.indices.map { covarianceFactor(covarianceMatrix($0)) } : []
    return NDArray(shape: [count, columns]) { target in
      for row in 0..<count {
        let component = random.categorical(weights: weights)
        let normals = (0..<columns).map { _ in random.normal() }
        for column in 0..<columns {
          let deviation =
            if factors.isEmpty {
              covariances.variance(component: component, column: column).squareRoot()
                * normals[column]
            } else {
              (0...column).reduce(0.0) { $0 + factors[component][column, $1] * normals[$1] }
            }
          target[row * columns + column] = Float(meanVectors[component, column] + deviation)
        }
      }
    }
  }
}
