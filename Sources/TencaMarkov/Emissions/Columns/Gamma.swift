public import TencaNumerics

/// Positive numbers such as distances or amounts, with some that are exactly zero.
///
/// p(0) = z; p(x) = (1 - z) xᵃ⁻¹ e^(-x/s) / (Γ(a) sᵃ) for x above 0.
public struct Gamma: ColumnDistribution {
  /// a, above 0.
  public let shape: Double
  /// s, above 0.
  public let scale: Double
  /// z, the probability of zero.
  public let zeroMass: Double

  /// Makes a distribution.
  ///
  /// - Precondition: Shape and scale are positive and finite, and the mass lies from 0 to 1.
  public init(shape: Double, scale: Double, zeroMass: Double = 0) {
    precondition(
      shape > 0 && shape.isFinite && scale > 0 && scale.isFinite && (0...1).contains(zeroMass),
      "shape \(shape), scale \(scale), mass at zero \(zeroMass)")
    self.shape = shape
    self.scale = scale
    self.zeroMass = zeroMass
  }

  /// A distribution to start from.
  public init() { self.init(shape: 1, scale: 1) }

  /// The distribution of these parameters, in the order of ``parameters``; nil where they are none.
  public init?(parameters p: [Double]) {
    guard p.count == 3, p[..<2].allSatisfy({ $0 > 0 && $0.isFinite }), (0...1).contains(p[2]) else {
      return nil
    }
    self.init(shape: p[0], scale: p[1], zeroMass: p[2])
  }

  /// In order: shape, scale, zeroMass.
  public var parameters: [Double] { [shape, scale, zeroMass] }
  /// The kind of distribution in a word.
  public static var name: String { "gamma" }
  /// The number of free parameters.
  public static var parameterCount: Int { 3 }
  /// The number of sums that an M-step needs.
  public static var momentCount: Int { 3 }
  /// What cells may hold, in words.
  public static var support: String { "a number from 0 on" }
  /// Whether a finite cell may hold this value.
  public static func accepts(_ value: Double) -> Bool { value >= 0 }

  /// Hands over ln p of every value.
  public func addLogDensities(
    of values: UnsafePointer<Double>, count: Int, stride: Int, _ add: (Int, Double) -> Void
  ) {
    let zero = logarithm(zeroMass)
    let constant = logarithm(1 - zeroMass) - logGamma(shape) - shape * logarithm(scale)
    for index in 0..<count {
      let x = values[index * stride]
      add(index, x == 0 ? zero : constant + (shape - 1) * logarithm(x) - x / scale)
    }
  }

  /// The weight of zeros, the values, and their logarithms.
  public func addMoments(
    of value: Double, weight: Double, to moments: UnsafeMutablePointer<Double>
  ) {
    if value == 0 {
      moments[0] += weight
    } else {
      moments[1] += weight * value
      moments[2] += weight * logarithm(value)
    }
  }

  /// The maximum of the likelihood; the shape is at most 10⁶, a spread of a thousandth.
  public func maximized(
    _ moments: UnsafePointer<Double>, weight: Double, spread: Double
  ) -> Gamma {
    let zeroMass = min(moments[0] / weight, 1)
    let positive = weight - moments[0]
    guard positive > 1e-8, moments[1] > 0 else {
      return Gamma(shape: shape, scale: scale, zeroMass: zeroMass)
    }
    let mean = moments[1] / positive
    let shape = gammaShape(logarithm(mean) - moments[2] / positive)
    return Gamma(shape: shape, scale: mean / shape, zeroMass: zeroMass)
  }

  /// The expected value.
  public var mean: Double { (1 - zeroMass) * shape * scale }

  /// A value drawn at random.
  public func sample(using random: inout RandomStream) -> Double {
    if random.uniform() < zeroMass { return 0 }
    return scale * random.gamma(shape: shape)
  }
}
