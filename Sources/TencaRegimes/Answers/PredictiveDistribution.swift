internal import TencaNumerics

/// The distribution of one value whose regime is not known: a mixture of what regimes emit, by their
/// probabilities.
public struct PredictiveDistribution: Sendable, Equatable {
  let weights: [Double]
  let locations: [Double]
  /// σ of each regime's errors, their shape left out.
  let scales: [Double]
  let errors: ErrorKind
  let shape: [Double]

  /// The expected value.
  public var mean: Double { zip(weights, locations).reduce(0.0) { $0 + $1.0 * $1.1 } }

  /// The standard deviation; ∞ where tails are too heavy for one.
  public var deviation: Double {
    let mean = mean
    let factor = varianceFactor
    return weights.indices.reduce(0.0) { sum, k in
      guard weights[k] > 0 else { return sum }
      let offset = locations[k] - mean
      return sum + weights[k] * (factor * scales[k] * scales[k] + offset * offset)
    }.squareRoot()
  }

  /// By how much the shape of errors multiplies σ².
  private var varianceFactor: Double {
    switch errors {
    case .gaussian: 1
    case .studentT: shape[0] > 2 ? shape[0] / (shape[0] - 2) : .infinity
    case .mixture: 1 - shape[0] + shape[0] * shape[1]
    }
  }

  /// p(value ≤ x).
  public func cumulativeProbability(of x: Double) -> Double {
    weights.indices.reduce(0.0) { sum, k in
      weights[k] > 0 ? sum + weights[k] * standardCumulative((x - locations[k]) / scales[k]) : sum
    }
  }

  private func standardCumulative(_ z: Double) -> Double {
    switch errors {
    case .gaussian: return normalCumulative(z)
    case .studentT:
      let tail = 0.5 * incompleteBeta(shape[0] / 2, 0.5, shape[0] / (shape[0] + z * z))
      return z < 0 ? tail : 1 - tail
    case .mixture:
      return (1 - shape[0]) * normalCumulative(z)
        + shape[0] * normalCumulative(z / shape[1].squareRoot())
    }
  }

  /// The value that is fallen short of with a probability, by bisection.
  ///
  /// - Parameter level: Above 0 and below 1.
  /// - Complexity: O(100 · regimes).
  public func quantile(_ level: Double) -> Double {
    let reach = scales.max() ?? 1
    var (low, high, step) = (locations.min()!, locations.max()!, reach)
    while cumulativeProbability(of: low) > level {
      low -= step
      step *= 2
    }
    step = reach
    while cumulativeProbability(of: high) < level {
      high += step
      step *= 2
    }
    for _ in 0..<200 {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { break }
      if cumulativeProbability(of: middle) >= level { high = middle } else { low = middle }
    }
    return high
  }

  /// The expected value where it falls short of the quantile of a level: the expected shortfall of
  /// returns is its negative. -∞ where tails are too heavy for one.
  ///
  /// - Parameter level: Above 0 and below 1.
  public func meanBelow(_ level: Double) -> Double {
    let limit = quantile(level)
    let sum = weights.indices.reduce(0.0) { sum, k in
      guard weights[k] > 0 else { return sum }
      let z = (limit - locations[k]) / scales[k]
      return sum + weights[k]
        * (locations[k] * standardCumulative(z) - scales[k] * lowerMoment(z))
    }
    return sum / level
  }

  /// -∫ z f(z) dz up to a limit, of the standard errors.
  private func lowerMoment(_ limit: Double) -> Double {
    func normalDensity(_ z: Double) -> Double {
      exponential(-0.5 * z * z) / (2 * Double.pi).squareRoot()
    }
    switch errors {
    case .gaussian: return normalDensity(limit)
    case .studentT:
      let degrees = shape[0]
      guard degrees > 1 else { return .infinity }
      let logDensity =
        logGamma((degrees + 1) / 2) - logGamma(degrees / 2) - 0.5 * logarithm(degrees * .pi)
        - (degrees + 1) / 2 * logarithmOfOnePlus(limit * limit / degrees)
      return (degrees + limit * limit) / (degrees - 1) * exponential(logDensity)
    case .mixture:
      let wide = shape[1].squareRoot()
      return (1 - shape[0]) * normalDensity(limit) + shape[0] * wide * normalDensity(limit / wide)
    }
  }
}

extension RegimeModel {
  /// What says how one series is distributed in any row.
  func predictor(series: Int = 0) -> Predictor {
    let layout = emission.layout
    return Predictor(
      lines: (0..<layout.states).map { emission.line(of: $0, series) },
      scales: (0..<layout.states).map {
        emission.covariances[[layout.regime(of: $0), series, series]].squareRoot()
      }, errors: layout.errors, shape: emission.shape)
  }

  /// The distribution of one series in a row whose regressors are known.
  ///
  /// - Parameters:
  ///   - weights: p(state) of the states that emit.
  ///   - regressors: x.
  func predictive(_ weights: [Double], regressors: [Double]) -> PredictiveDistribution {
    predictor()(weights, regressors: regressors)
  }

  /// The distribution of one series in a regime that has lasted, with regressors at their means.
  public func distribution(of regime: Int, series: Int = 0) -> PredictiveDistribution {
    PredictiveDistribution(
      weights: [1], locations: [mean(regime, series: series)],
      scales: [emission.covariances[[regime, series, series]].squareRoot()],
      errors: emission.layout.errors, shape: emission.shape)
  }
}

/// The lines and spreads of one series in all states.
struct Predictor {
  fileprivate let lines: [[Double]]
  fileprivate let scales: [Double]
  fileprivate let errors: ErrorKind
  fileprivate let shape: [Double]

  /// The distribution in a row.
  ///
  /// - Parameters:
  ///   - weights: p(state) of the states that emit.
  ///   - regressors: x.
  func callAsFunction(_ weights: [Double], regressors: some Collection<Double>)
    -> PredictiveDistribution
  {
    PredictiveDistribution(
      weights: weights,
      locations: lines.map { line in
        zip(line.dropFirst(), regressors).reduce(line[0]) { $0 + $1.0 * $1.1 }
      }, scales: scales, errors: errors, shape: shape)
  }
}
