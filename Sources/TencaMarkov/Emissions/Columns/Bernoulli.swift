public import TencaNumerics

/// Yes or no, 1 or 0.
public struct Bernoulli: ColumnDistribution {
  /// The probability of 1.
  public let probability: Double

  /// Makes a distribution.
  ///
  /// - Precondition: The probability lies from 0 to 1.
  public init(probability: Double) {
    precondition((0...1).contains(probability), "a probability of \(probability)")
    self.probability = probability
  }

  /// A distribution to start from.
  public init() { self.init(probability: 0.5) }

  /// The distribution of these parameters, in the order of ``parameters``; nil where they are none.
  public init?(parameters p: [Double]) {
    guard p.count == 1, (0...1).contains(p[0]) else { return nil }
    self.init(probability: p[0])
  }

  /// In order: probability.
  public var parameters: [Double] { [probability] }
  /// The kind of distribution in a word.
  public static var name: String { "bernoulli" }
  /// The number of free parameters.
  public static var parameterCount: Int { 1 }
  /// The number of sums that an M-step needs.
  public static var momentCount: Int { 1 }
  /// What cells may hold, in words.
  public static var support: String { "0 or 1" }
  /// Whether a finite cell may hold this value.
  public static func accepts(_ value: Double) -> Bool { value == 0 || value == 1 }

  /// Hands over ln p of every value.
  public func addLogDensities(
    of values: UnsafePointer<Double>, count: Int, stride: Int, _ add: (Int, Double) -> Void
  ) {
    let (yes, no) = (logarithm(probability), logarithm(1 - probability))
    for index in 0..<count {
      let x = values[index * stride]
      add(index, x.isNaN ? x : x == 1 ? yes : no)
    }
  }

  /// Adds what a value of some weight tells.
  public func addMoments(
    of value: Double, weight: Double, to moments: UnsafeMutablePointer<Double>
  ) {
    moments[0] += weight * value
  }

  /// The share of ones.
  public func maximized(
    _ moments: UnsafePointer<Double>, weight: Double, spread: Double
  ) -> Bernoulli {
    Bernoulli(probability: min(max(moments[0] / weight, 0), 1))
  }

  /// The expected value.
  public var mean: Double { probability }

  /// A value drawn at random.
  public func sample(using random: inout RandomStream) -> Double {
    random.uniform() < probability ? 1 : 0
  }
}
