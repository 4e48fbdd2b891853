public import TencaNumerics

/// Waiting times of events that happen at a rate: p(x) = e^(-x/μ) / μ.
public struct Exponential: ColumnDistribution {
  /// μ, the expected time, above 0.
  public let mean: Double

  /// Makes a distribution.
  ///
  /// - Precondition: The mean is positive and finite.
  public init(mean: Double) {
    precondition(mean > 0 && mean.isFinite, "a mean of \(mean)")
    self.mean = mean
  }

  /// A distribution to start from.
  public init() { self.init(mean: 1) }

  /// The distribution of these parameters, in the order of ``parameters``; nil where they are none.
  public init?(parameters p: [Double]) {
    guard p.count == 1, p[0] > 0 && p[0].isFinite else { return nil }
    self.init(mean: p[0])
  }

  /// In order: mean.
  public var parameters: [Double] { [mean] }
  /// The kind of distribution in a word.
  public static var name: String { "exponential" }
  /// The number of free parameters.
  public static var parameterCount: Int { 1 }
  /// The number of sums that an M-step needs.
  public static var momentCount: Int { 1 }
  /// What cells may hold, in words.
  public static var support: String { "a number from 0 on" }
  /// Whether a finite cell may hold this value.
  public static func accepts(_ value: Double) -> Bool { value >= 0 }

  /// Hands over ln p of every value.
  public func addLogDensities(
    of values: UnsafePointer<Double>, count: Int, stride: Int, _ add: (Int, Double) -> Void
  ) {
    let constant = -logarithm(mean)
    for index in 0..<count { add(index, constant - values[index * stride] / mean) }
  }

  /// Adds what a value of some weight tells.
  public func addMoments(
    of value: Double, weight: Double, to moments: UnsafeMutablePointer<Double>
  ) {
    moments[0] += weight * value
  }

  /// The mean of the values, held above a millionth of the column's spread.
  public func maximized(
    _ moments: UnsafePointer<Double>, weight: Double, spread: Double
  ) -> Exponential {
    Exponential(mean: max(moments[0] / weight, 1e-6 * spread))
  }

  /// A value drawn at random.
  public func sample(using random: inout RandomStream) -> Double {
    -mean * logarithm(1 - random.uniform())
  }
}
