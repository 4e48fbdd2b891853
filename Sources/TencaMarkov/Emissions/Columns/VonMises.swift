public import TencaNumerics

/// Angles in radians, around a direction: p(x) = e^(κ cos(x - μ)) / (2π I₀(κ)).
public struct VonMises: ColumnDistribution {
  /// μ, from -π to π.
  public let direction: Double
  /// κ, 0 or more: 0 is any angle alike.
  public let concentration: Double

  /// Makes a distribution.
  ///
  /// - Precondition: Both parameters are finite, the concentration not negative.
  public init(direction: Double, concentration: Double) {
    precondition(
      direction.isFinite && concentration >= 0 && concentration.isFinite,
      "direction \(direction), concentration \(concentration)")
    self.direction = direction
    self.concentration = concentration
  }

  /// A distribution to start from.
  public init() { self.init(direction: 0, concentration: 1) }

  /// The distribution of these parameters, in the order of ``parameters``; nil where they are none.
  public init?(parameters p: [Double]) {
    guard p.count == 2, p[0].isFinite && p[1] >= 0 && p[1].isFinite else { return nil }
    self.init(direction: p[0], concentration: p[1])
  }

  /// In order: direction, concentration.
  public var parameters: [Double] { [direction, concentration] }
  /// The kind of distribution in a word.
  public static var name: String { "von-mises" }
  /// The number of free parameters.
  public static var parameterCount: Int { 2 }
  /// The number of sums that an M-step needs.
  public static var momentCount: Int { 2 }
  /// What cells may hold, in words.
  public static var support: String { "an angle in radians" }
  /// Whether a finite cell may hold this value.
  public static func accepts(_ value: Double) -> Bool { true }

  /// Hands over ln p of every value.
  public func addLogDensities(
    of values: UnsafePointer<Double>, count: Int, stride: Int, _ add: (Int, Double) -> Void
  ) {
    // cos - 1 keeps the exponent in range; the scaled Bessel function makes up for it.
    let constant = -logarithm(2 * .pi * scaledBesselI0(concentration))
    for index in 0..<count {
      add(index, constant + concentration * (cosine(values[index * stride] - direction) - 1))
    }
  }

  /// Adds what a value of some weight tells.
  public func addMoments(
    of value: Double, weight: Double, to moments: UnsafeMutablePointer<Double>
  ) {
    moments[0] += weight * cosine(value)
    moments[1] += weight * sine(value)
  }

  /// The maximum of the likelihood; κ is at most 10⁶, a spread of a milliradian.
  public func maximized(
    _ moments: UnsafePointer<Double>, weight: Double, spread: Double
  ) -> VonMises {
    let length = (moments[0] * moments[0] + moments[1] * moments[1]).squareRoot() / weight
    return VonMises(
      direction: arctangent(moments[1], moments[0]),
      concentration: vonMisesConcentration(length))
  }

  /// The expected value.
  public var mean: Double { direction }

  /// By rejection from a wrapped Cauchy distribution (D. Best, N. Fisher, 1979).
  public func sample(using random: inout RandomStream) -> Double {
    guard concentration > 1e-8 else { return .pi * (2 * random.uniform() - 1) }
    let tau = 1 + (1 + 4 * concentration * concentration).squareRoot()
    let rho = (tau - (2 * tau).squareRoot()) / (2 * concentration)
    let r = (1 + rho * rho) / (2 * rho)
    while true {
      let z = cosine(.pi * random.uniform())
      let f = (1 + r * z) / (r + z)
      let c = concentration * (r - f)
      let u = 1 - random.uniform()
      guard c * (2 - c) > u || logarithm(c / u) + 1 >= c else { continue }
      let angle = arccosine(min(max(f, -1), 1))
      let turned = direction + (random.uniform() < 0.5 ? -angle : angle)
      return arctangent(sine(turned), cosine(turned))
    }
  }
}
