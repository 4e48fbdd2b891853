public import TencaNumerics

/// Counts of events that happen at a rate, none making another more likely: p(x) = λˣ e⁻λ / x!.
public struct Poisson: ColumnDistribution {
  /// λ, the expected count, above 0.
  public let rate: Double

  /// Makes a distribution.
  ///
  /// - Precondition: The rate is positive and finite.
  public init(rate: Double) {
    precondition(rate > 0 && rate.isFinite, "a rate of \(rate)")
    self.rate = rate
  }

  /// A distribution to start from.
  public init() { self.init(rate: 1) }

  /// The distribution of these parameters, in the order of ``parameters``; nil where they are none.
  public init?(parameters p: [Double]) {
    guard p.count == 1, p[0] > 0 && p[0].isFinite else { return nil }
    self.init(rate: p[0])
  }

  /// In order: rate.
  public var parameters: [Double] { [rate] }
  /// The kind of distribution in a word.
  public static var name: String { "poisson" }
  /// The number of free parameters.
  public static var parameterCount: Int { 1 }
  /// The number of sums that an M-step needs.
  public static var momentCount: Int { 1 }
  /// What cells may hold, in words.
  public static var support: String { "a whole number from 0 on" }
  /// Whether a finite cell may hold this value.
  public static func accepts(_ value: Double) -> Bool { isCount(value) }

  /// Hands over ln p of every value.
  public func addLogDensities(
    of values: UnsafePointer<Double>, count: Int, stride: Int, _ add: (Int, Double) -> Void
  ) {
    let logRate = logarithm(rate)
    for index in 0..<count {
      let x = values[index * stride]
      add(index, x.isNaN ? x : x * logRate - rate - logGamma(x + 1))
    }
  }

  /// Adds what a value of some weight tells.
  public func addMoments(
    of value: Double, weight: Double, to moments: UnsafeMutablePointer<Double>
  ) {
    moments[0] += weight * value
  }

  /// λ is the mean count. One event in a million times as many rows stands for none, which keeps
  /// later events possible.
  public func maximized(
    _ moments: UnsafePointer<Double>, weight: Double, spread: Double
  ) -> Poisson {
    Poisson(rate: max(moments[0] / weight, 1e-6 * spread))
  }

  /// The expected value.
  public var mean: Double { rate }

  /// A value drawn at random.
  public func sample(using random: inout RandomStream) -> Double { random.poisson(rate) }
}

/// Whether a number is a count that double precision holds exactly.
func isCount(_ value: Double) -> Bool {
  value >= 0 && value <= 0x1p53 && value == value.rounded()
}
