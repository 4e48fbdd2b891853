public import TencaNumerics

extension GaussianMixture {
  /// ``MixtureScorer/logDensities(_:execution:)``, made ready anew: for one use.
  public func logDensities(
    _ data: NDArray<Float>, execution: Execution = .serial
  ) throws -> NDArray<Float> {
    try MixtureScorer(self).logDensities(data, execution: execution)
  }

  /// ``MixtureScorer/responsibilities(_:execution:)``, made ready anew: for one use.
  public func responsibilities(
    _ data: NDArray<Float>, execution: Execution = .serial
  ) throws -> NDArray<Float> {
    try MixtureScorer(self).responsibilities(data, execution: execution)
  }

  /// Σ ln p(x) over all rows, in nats.
  ///
  /// - Throws: As ``MixtureScorer/logDensities(_:execution:)``.
  /// - Complexity: O(rows · components · columns).
  public func logLikelihood(
    of data: NDArray<Float>, execution: Execution = .serial
  ) throws -> Double {
    try logDensities(data, execution: execution).withUnsafeBuffer { densities in
      densities.reduce(0.0) { $0 + Double($1) }
    }
  }

  /// Akaike's information criterion, 2p - 2 ln L: of two models of the same rows, the lesser is
  /// expected to predict better (H. Akaike, 1974).
  ///
  /// - Throws: As ``MixtureScorer/logDensities(_:execution:)``.
  public func aic(of data: NDArray<Float>, execution: Execution = .serial) throws -> Double {
    try 2 * Double(parameterCount) - 2 * logLikelihood(of: data, execution: execution)
  }

  /// The Bayesian information criterion, p ln n - 2 ln L: of two models of the same rows, the
  /// lesser is the more probable (G. Schwarz, 1978).
  ///
  /// - Throws: As ``MixtureScorer/logDensities(_:execution:)``.
  public func bic(of data: NDArray<Float>, execution: Execution = .serial) throws -> Double {
    let logLikelihood = try logLikelihood(of: data, execution: execution)
    return Double(parameterCount) * logarithm(Double(data.rows)) - 2 * logLikelihood
  }

  /// Rows drawn from the density.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - random: Where chance comes from.
  /// - Returns: count × columns.
  /// - Complexity: O(count · (components + columns)).
  public func sample(_ count: Int, using random: inout RandomStream) -> NDArray<Float> {
    let columns = dimensions
    return NDArray(shape: [count, columns]) { target in
      for row in 0..<count {
        let component = random.categorical(weights: weights)
        for column in 0..<columns {
          let deviation = variances[component, column].squareRoot()
          target[row * columns + column] = Float(
            meanVectors[component, column] + deviation * random.normal())
        }
      }
    }
  }
}
