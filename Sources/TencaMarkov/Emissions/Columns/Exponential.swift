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

  public init() { self.init(mean: 1) }

  public static var parameterCount: Int { 1 }
  public static var momentCount: Int { 1 }
  public static var support: String { "a number from 0 on" }
  public static func accepts(_ value: Double) -> Bool { value >= 0 }

  public func addLogDensities(
    of values: UnsafePointer<Double>, count: Int, stride: Int, _ add: (Int, Double) -> Void
  ) {
    let constant = -logarithm(mean)
    for index in 0..<count { add(index, constant - values[index * stride] / mean) }
  }

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

  public func sample(using random: inout RandomStream) -> Double {
    -mean * logarithm(1 - random.uniform())
  }
}
