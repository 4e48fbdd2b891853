public import TencaNumerics

/// Counts that vary more than a Poisson's: of events whose rate itself is a gamma variable.
///
/// p(x) = Γ(x + r) / (Γ(r) x!) · (r / (r + μ))ʳ (μ / (r + μ))ˣ, of variance μ + μ²/r.
public struct NegativeBinomial: ColumnDistribution {
  /// μ, the expected count, above 0.
  public let mean: Double
  /// r, above 0: the less, the more counts vary; a large one is nearly Poisson.
  public let size: Double

  /// Makes a distribution.
  ///
  /// - Precondition: Both parameters are positive and finite.
  public init(mean: Double, size: Double) {
    precondition(
      mean > 0 && mean.isFinite && size > 0 && size.isFinite, "mean \(mean), size \(size)")
    self.mean = mean
    self.size = size
  }

  /// A distribution to start from.
  public init() { self.init(mean: 1, size: 1) }

  /// The distribution of these parameters, in the order of ``parameters``; nil where they are none.
  public init?(parameters p: [Double]) {
    guard p.count == 2, p.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    self.init(mean: p[0], size: p[1])
  }

  /// In order: mean, size.
  public var parameters: [Double] { [mean, size] }
  /// The kind of distribution in a word.
  public static var name: String { "negative-binomial" }
  /// The number of free parameters.
  public static var parameterCount: Int { 2 }
  /// The number of sums that an M-step needs.
  public static var momentCount: Int { 3 }
  /// What cells may hold, in words.
  public static var support: String { "a whole number from 0 on" }
  /// Whether a finite cell may hold this value.
  public static func accepts(_ value: Double) -> Bool { isCount(value) }

  /// Hands over ln p of every value.
  public func addLogDensities(
    of values: UnsafePointer<Double>, count: Int, stride: Int, _ add: (Int, Double) -> Void
  ) {
    let logShare = logarithm(mean / (size + mean))
    // ln(r / (r + μ)) loses all digits where r is large; ln(1 + μ/r) does not.
    let constant = -size * logarithmOfOnePlus(mean / size) - logGamma(size)
    for index in 0..<count {
      let x = values[index * stride]
      add(index, x.isNaN ? x : logGamma(x + size) - logGamma(x + 1) + constant + x * logShare)
    }
  }

  /// What the rate λ behind a count is expected to be: λ, ln λ, and the count itself.
  public func addMoments(
    of value: Double, weight: Double, to moments: UnsafeMutablePointer<Double>
  ) {
    let precision = 1 + size / mean
    moments[0] += weight * value
    moments[1] += weight * (value + size) / precision
    moments[2] += weight * (digamma(value + size) - logarithm(precision))
  }

  /// The gamma distribution that makes the expected rates most likely, a step that never lowers the
  /// likelihood of counts; its mean is that of the counts.
  public func maximized(
    _ moments: UnsafePointer<Double>, weight: Double, spread: Double
  ) -> NegativeBinomial {
    let (rate, logRate) = (moments[1] / weight, moments[2] / weight)
    guard moments[0] > 0 else { return NegativeBinomial(mean: 1e-6 * spread, size: size) }
    let shape = gammaShape(logarithm(rate) - logRate)
    return NegativeBinomial(mean: rate, size: shape)
  }

  /// A value drawn at random.
  public func sample(using random: inout RandomStream) -> Double {
    random.poisson(random.gamma(shape: size) * mean / size)
  }
}
