public import TencaNumerics

/// Numbers with heavy tails: a Gaussian whose variance varies from value to value.
///
/// p(x) = Γ((ν + 1)/2) / (Γ(ν/2) √(νπ) σ) · (1 + (x - μ)²/(νσ²))^(-(ν + 1)/2).
public struct StudentT: ColumnDistribution {
  /// μ.
  public let location: Double
  /// σ, above 0.
  public let scale: Double
  /// ν, above 0: the less, the heavier the tails.
  public let degreesOfFreedom: Double

  /// Makes a distribution.
  ///
  /// - Precondition: All parameters are finite, scale and degrees of freedom positive.
  public init(location: Double, scale: Double, degreesOfFreedom: Double) {
    precondition(
      location.isFinite && scale > 0 && scale.isFinite && degreesOfFreedom > 0
        && degreesOfFreedom.isFinite,
      "location \(location), scale \(scale), \(degreesOfFreedom) degrees of freedom")
    self.location = location
    self.scale = scale
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// A distribution to start from.
  public init() { self.init(location: 0, scale: 1, degreesOfFreedom: 10) }

  /// The distribution of these parameters, in the order of ``parameters``; nil where they are none.
  public init?(parameters p: [Double]) {
    guard p.count == 3, p[0].isFinite, p[1...].allSatisfy({ $0 > 0 && $0.isFinite }) else {
      return nil
    }
    self.init(location: p[0], scale: p[1], degreesOfFreedom: p[2])
  }

  /// In order: location, scale, degreesOfFreedom.
  public var parameters: [Double] { [location, scale, degreesOfFreedom] }
  /// The kind of distribution in a word.
  public static var name: String { "student-t" }
  /// The number of free parameters.
  public static var parameterCount: Int { 3 }
  /// The number of sums that an M-step needs.
  public static var momentCount: Int { 5 }
  /// What cells may hold, in words.
  public static var support: String { "a finite number" }
  /// Whether a finite cell may hold this value.
  public static func accepts(_ value: Double) -> Bool { true }

  /// Hands over ln p of every value.
  public func addLogDensities(
    of values: UnsafePointer<Double>, count: Int, stride: Int, _ add: (Int, Double) -> Void
  ) {
    let half = 0.5 * (degreesOfFreedom + 1)
    let constant =
      logGamma(half) - logGamma(0.5 * degreesOfFreedom)
      - 0.5 * logarithm(degreesOfFreedom * .pi) - logarithm(scale)
    for index in 0..<count {
      let z = (values[index * stride] - location) / scale
      add(index, constant - half * logarithmOfOnePlus(z * z / degreesOfFreedom))
    }
  }

  /// With the expected precision u of each value: u, ln u, and u times 1, d and d², where d is the
  /// distance from the location so far, so that no digits are lost to an offset.
  public func addMoments(
    of value: Double, weight: Double, to moments: UnsafeMutablePointer<Double>
  ) {
    let distance = value - location
    let z = distance / scale
    let half = 0.5 * (degreesOfFreedom + z * z)
    let precision = 0.5 * (degreesOfFreedom + 1) / half
    moments[0] += weight * precision
    moments[1] += weight * (digamma(0.5 * (degreesOfFreedom + 1)) - logarithm(half))
    moments[2] += weight * precision * distance
    moments[3] += weight * precision * distance * distance
    moments[4] += weight * value
  }

  /// A step of expectation and maximisation (K. Lange, R. Little, J. Taylor, 1989). The scale is at
  /// least a hundredth of the column's spread, the degrees of freedom lie from 0.1 to 10⁴.
  public func maximized(
    _ moments: UnsafePointer<Double>, weight: Double, spread: Double
  ) -> StudentT {
    guard moments[0] > 0 else { return self }
    let shift = moments[2] / moments[0]
    let variance = (moments[3] - moments[2] * shift) / weight
    let ratio = moments[0] / weight - moments[1] / weight - 1
    return StudentT(
      location: location + shift,
      scale: max(variance, 0).squareRoot().clamped(above: 0.01 * spread),
      degreesOfFreedom: min(max(2 * gammaShape(ratio), 0.1), 1e4))
  }

  /// The expected value.
  public var mean: Double { location }

  /// A value drawn at random.
  public func sample(using random: inout RandomStream) -> Double {
    let precision = random.gamma(shape: 0.5 * degreesOfFreedom) / (0.5 * degreesOfFreedom)
    return location + scale * random.normal() / precision.squareRoot()
  }
}

extension Double {
  /// This number, or `least` where it is below.
  fileprivate func clamped(above least: Double) -> Double { Swift.max(self, least) }
}
