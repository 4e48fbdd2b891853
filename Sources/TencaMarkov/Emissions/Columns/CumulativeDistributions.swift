internal import TencaNumerics

extension Bernoulli: CumulativeDistribution {
  /// Whether it takes whole numbers alone.
  public static var isDiscrete: Bool { true }
  /// The least value that it takes.
  public static var lowest: Double { 0 }
  /// The variance.
  public var variance: Double { probability * (1 - probability) }
  /// p(x ≤ value).
  public func cumulativeProbability(of value: Double) -> Double {
    value < 0 ? 0 : value < 1 ? 1 - probability : 1
  }
}

extension Poisson: CumulativeDistribution {
  /// Whether it takes whole numbers alone.
  public static var isDiscrete: Bool { true }
  /// The least value that it takes.
  public static var lowest: Double { 0 }
  /// The variance.
  public var variance: Double { rate }
  /// p(x ≤ value).
  public func cumulativeProbability(of value: Double) -> Double {
    value < 0 ? 0 : 1 - incompleteGamma(value.rounded(.down) + 1, rate)
  }
}

extension NegativeBinomial: CumulativeDistribution {
  /// Whether it takes whole numbers alone.
  public static var isDiscrete: Bool { true }
  /// The least value that it takes.
  public static var lowest: Double { 0 }
  /// The variance.
  public var variance: Double { mean + mean * mean / size }
  /// p(x ≤ value).
  public func cumulativeProbability(of value: Double) -> Double {
    value < 0 ? 0 : incompleteBeta(size, value.rounded(.down) + 1, size / (size + mean))
  }
}

extension Gamma: CumulativeDistribution {
  /// Whether it takes whole numbers alone.
  public static var isDiscrete: Bool { false }
  /// The least value that it takes.
  public static var lowest: Double { 0 }
  /// The variance.
  public var variance: Double {
    let second = (1 - zeroMass) * shape * (shape + 1) * scale * scale
    return second - mean * mean
  }
  /// p(x ≤ value).
  public func cumulativeProbability(of value: Double) -> Double {
    value < 0 ? 0 : zeroMass + (1 - zeroMass) * incompleteGamma(shape, value / scale)
  }
}

extension Exponential: CumulativeDistribution {
  /// Whether it takes whole numbers alone.
  public static var isDiscrete: Bool { false }
  /// The least value that it takes.
  public static var lowest: Double { 0 }
  /// The variance.
  public var variance: Double { mean * mean }
  /// p(x ≤ value).
  public func cumulativeProbability(of value: Double) -> Double {
    value < 0 ? 0 : 1 - exponential(-value / mean)
  }
}

extension StudentT: CumulativeDistribution {
  /// Whether it takes whole numbers alone.
  public static var isDiscrete: Bool { false }
  /// The least value that it takes.
  public static var lowest: Double { -.infinity }
  /// The variance; ∞ for two degrees of freedom or fewer.
  public var variance: Double {
    degreesOfFreedom > 2
      ? scale * scale * degreesOfFreedom / (degreesOfFreedom - 2) : .infinity
  }
  /// p(x ≤ value).
  public func cumulativeProbability(of value: Double) -> Double {
    let t = (value - location) / scale
    let tail =
      0.5
      * incompleteBeta(
        degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + t * t))
    return t < 0 ? tail : 1 - tail
  }
}

extension VonMises: CumulativeDistribution {
  /// Whether it takes whole numbers alone.
  public static var isDiscrete: Bool { false }
  /// The least value that it takes: angles run from -π to π.
  public static var lowest: Double { -.pi }
  /// The variance around the direction, in square radians.
  public var variance: Double { integral(upTo: .pi) { $0 * $0 } }
  /// p(angle ≤ value), counted from -π.
  public func cumulativeProbability(of value: Double) -> Double {
    if value >= .pi { return 1 }
    if value <= -.pi { return 0 }
    // Angles from the direction: from -π - μ on, turned into one round from -π to π.
    func below(_ angle: Double) -> Double {
      let turns = ((angle + .pi) / (2 * .pi)).rounded(.down)
      return turns + integral(upTo: angle - 2 * .pi * turns) { _ in 1 }
    }
    return min(1, max(0, below(value - direction) - below(-.pi - direction)))
  }

  /// ∫ f(x) p(x) from -π to an angle, x from the direction, by Simpson's rule: smooth, so that four
  /// thousand steps leave nothing to see; of narrow distributions only where they are above zero.
  private func integral(upTo end: Double, _ f: (Double) -> Double) -> Double {
    let width = min(.pi, 12 / max(concentration, 1e-12).squareRoot())
    let start = -width
    guard end > start else { return 0 }
    let stop = min(end, width)
    let steps = 4096
    let step = (stop - start) / Double(steps)
    var sum = 0.0
    for index in 0...steps {
      let x = start + Double(index) * step
      let weight: Double = index == 0 || index == steps ? 1 : index % 2 == 1 ? 4 : 2
      sum += weight * f(x) * exponential(concentration * (cosine(x) - 1))
    }
    return sum * step / 3 / (2 * .pi * scaledBesselI0(concentration))
  }
}
