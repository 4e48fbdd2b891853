internal import TencaNumerics

/// A distribution of one column whose parameters can be moved freely; see ``DifferentiableEmission``.
public protocol DifferentiableDistribution: ColumnDistribution {
  /// What ``ColumnDistribution/parameters`` are called, in order.
  static var parameterNames: [String] { get }

  /// Where the parameters are.
  ///
  /// - Parameter spread: The standard deviation of the column in all data, which locations are in
  ///   units of.
  func coordinates(spread: Double) -> [Double]
  /// The distribution at coordinates; nil where it would be degenerate.
  static func at(_ coordinates: [Double], spread: Double) -> Self?
  /// The slope of the expected log-likelihood in every coordinate.
  ///
  /// - Parameters:
  ///   - moments: What ``ColumnDistribution/addMoments(of:weight:to:)`` of this very distribution added
  ///     up.
  ///   - weight: The weights of the values together.
  ///   - spread: As before.
  func gradient(_ moments: UnsafePointer<Double>, weight: Double, spread: Double) -> [Double]
}

extension ColumnEmission: DifferentiableEmission where Distribution: DifferentiableDistribution {
  /// Those of every state and column.
  public var coordinates: [Double] {
    distributions.flatMap { row in
      zip(row, spreads).flatMap { $0.coordinates(spread: $1) }
    }
  }

  /// The emission at other coordinates.
  public func moved(to coordinates: [Double]) -> ColumnEmission? {
    let width = coordinates.count / (stateCount * columnCount)
    var rows: [[Distribution]] = []
    for state in 0..<stateCount {
      var row: [Distribution] = []
      for column in 0..<columnCount {
        let first = (state * columnCount + column) * width
        guard
          let moved = Distribution.at(
            Array(coordinates[first..<first + width]), spread: spreads[column])
        else { return nil }
        row.append(moved)
      }
      rows.append(row)
    }
    return ColumnEmission(rows, spreads: spreads)
  }

  /// The slope in every coordinate.
  public func gradient(_ statistics: Statistics) -> [Double] {
    let size = Distribution.momentCount + 1
    return statistics.sums.withUnsafeBufferPointer { sums in
      distributions.enumerated().flatMap { state, row in
        row.enumerated().flatMap { column, distribution in
          let cell = sums.baseAddress! + (state * columnCount + column) * size
          return distribution.gradient(cell + 1, weight: cell[0], spread: spreads[column])
        }
      }
    }
  }

  /// Every parameter of every state and column.
  public var namedParameters: [NamedParameter] {
    distributions.enumerated().flatMap { state, row in
      row.enumerated().flatMap { column, distribution in
        zip(Distribution.parameterNames, distribution.parameters).map {
          NamedParameter($0, state: state, column: column, $1)
        }
      }
    }
  }
}

/// ln(p / (1 - p)).
private func logit(_ p: Double) -> Double { logarithm(p) - logarithmOfOnePlus(-p) }
/// The p whose logit this is.
private func probability(_ logit: Double) -> Double {
  logit >= 0
    ? 1 / (1 + exponential(-logit)) : exponential(logit) / (1 + exponential(logit))
}

extension Bernoulli: DifferentiableDistribution {
  /// What the parameters are called.
  public static var parameterNames: [String] { ["probability"] }
  /// Where the parameters are.
  public func coordinates(spread: Double) -> [Double] { [logit(probability)] }
  /// The distribution at coordinates.
  public static func at(_ c: [Double], spread: Double) -> Bernoulli? {
    Bernoulli(parameters: [TencaMarkov.probability(c[0])])
  }
  /// The slope of the expected log-likelihood in every coordinate.
  public func gradient(
    _ moments: UnsafePointer<Double>, weight: Double, spread: Double
  ) -> [Double] {
    [moments[0] - weight * probability]
  }
}

extension Poisson: DifferentiableDistribution {
  /// What the parameters are called.
  public static var parameterNames: [String] { ["rate"] }
  /// Where the parameters are.
  public func coordinates(spread: Double) -> [Double] { [logarithm(rate)] }
  /// The distribution at coordinates.
  public static func at(_ c: [Double], spread: Double) -> Poisson? {
    Poisson(parameters: c.map(exponential))
  }
  /// The slope of the expected log-likelihood in every coordinate.
  public func gradient(
    _ moments: UnsafePointer<Double>, weight: Double, spread: Double
  ) -> [Double] {
    [moments[0] - weight * rate]
  }
}

extension Exponential: DifferentiableDistribution {
  /// What the parameters are called.
  public static var parameterNames: [String] { ["mean"] }
  /// Where the parameters are.
  public func coordinates(spread: Double) -> [Double] { [logarithm(mean)] }
  /// The distribution at coordinates.
  public static func at(_ c: [Double], spread: Double) -> Exponential? {
    Exponential(parameters: c.map(exponential))
  }
  /// The slope of the expected log-likelihood in every coordinate.
  public func gradient(
    _ moments: UnsafePointer<Double>, weight: Double, spread: Double
  ) -> [Double] {
    [moments[0] / mean - weight]
  }
}

extension Gamma: DifferentiableDistribution {
  /// What the parameters are called.
  public static var parameterNames: [String] { ["shape", "scale", "zeroMass"] }
  /// Where the parameters are.
  public func coordinates(spread: Double) -> [Double] {
    [logarithm(shape), logarithm(scale), logit(zeroMass)]
  }
  /// The distribution at coordinates.
  public static func at(_ c: [Double], spread: Double) -> Gamma? {
    // The same bounds as an M-step's.
    guard abs(c[0]) <= logarithm(1e6) else { return nil }
    return Gamma(parameters: [exponential(c[0]), exponential(c[1]), probability(c[2])])
  }
  /// The slope of the expected log-likelihood in every coordinate.
  public func gradient(
    _ moments: UnsafePointer<Double>, weight: Double, spread: Double
  ) -> [Double] {
    let positive = weight - moments[0]
    return [
      shape * (moments[2] - positive * (digamma(shape) + logarithm(scale))),
      moments[1] / scale - positive * shape,
      zeroMass > 0 ? moments[0] - weight * zeroMass : 0,
    ]
  }
}

extension NegativeBinomial: DifferentiableDistribution {
  /// What the parameters are called.
  public static var parameterNames: [String] { ["mean", "size"] }
  /// Where the parameters are.
  public func coordinates(spread: Double) -> [Double] { [logarithm(mean), logarithm(size)] }
  /// The distribution at coordinates.
  public static func at(_ c: [Double], spread: Double) -> NegativeBinomial? {
    guard abs(c[1]) <= logarithm(1e6) else { return nil }
    return NegativeBinomial(parameters: c.map(exponential))
  }
  /// Of the gamma distribution of the rates behind the counts.
  public func gradient(
    _ moments: UnsafePointer<Double>, weight: Double, spread: Double
  ) -> [Double] {
    let relative = moments[1] / mean
    return [
      size * (relative - weight),
      size
        * (weight * (logarithm(size / mean) + 1 - digamma(size)) + moments[2] - relative),
    ]
  }
}

extension StudentT: DifferentiableDistribution {
  /// What the parameters are called.
  public static var parameterNames: [String] { ["location", "scale", "degreesOfFreedom"] }
  /// Where the parameters are.
  public func coordinates(spread: Double) -> [Double] {
    [location / spread, logarithm(scale / spread), logarithm(degreesOfFreedom)]
  }
  /// The distribution at coordinates.
  public static func at(_ c: [Double], spread: Double) -> StudentT? {
    // The same bounds as an M-step's.
    guard c[1] >= logarithm(0.01), logarithm(0.1)...logarithm(1e4) ~= c[2] else { return nil }
    return StudentT(
      parameters: [c[0] * spread, exponential(c[1]) * spread, exponential(c[2])])
  }
  /// Of the Gaussians and of the gamma distribution of their precisions.
  public func gradient(
    _ moments: UnsafePointer<Double>, weight: Double, spread: Double
  ) -> [Double] {
    let half = 0.5 * degreesOfFreedom
    return [
      moments[2] / (scale * scale) * spread,
      moments[3] / (scale * scale) - weight,
      half * (weight * (logarithm(half) + 1 - digamma(half)) + moments[1] - moments[0]),
    ]
  }
}

extension VonMises: DifferentiableDistribution {
  /// What the parameters are called.
  public static var parameterNames: [String] { ["direction", "concentration"] }
  /// Where the parameters are.
  public func coordinates(spread: Double) -> [Double] { [direction, logarithm(concentration)] }
  /// The distribution at coordinates.
  public static func at(_ c: [Double], spread: Double) -> VonMises? {
    guard c[1] <= logarithm(1e6) else { return nil }
    return VonMises(parameters: [c[0], exponential(c[1])])
  }
  /// The slope of the expected log-likelihood in every coordinate.
  public func gradient(
    _ moments: UnsafePointer<Double>, weight: Double, spread: Double
  ) -> [Double] {
    let (c, s) = (cosine(direction), sine(direction))
    return [
      concentration * (c * moments[1] - s * moments[0]),
      concentration
        * (c * moments[0] + s * moments[1] - weight * vonMisesLength(concentration)),
    ]
  }
}
