#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension RandomStream {
  /// A number in [0, 1), one of 2⁵³ equally likely and equally spaced.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A number in `range`, its upper bound excluded.
  ///
  /// - Precondition: The bounds are finite and not equal.
  public mutating func uniform(in range: Range<Double>) -> Double {
    precondition(
      !range.isEmpty && range.lowerBound.isFinite && range.upperBound.isFinite,
      "a number in \(range)")
    let share = uniform()
    let value = range.lowerBound * (1 - share) + range.upperBound * share
    // Rounding may reach the upper bound.
    return min(max(value, range.lowerBound), range.upperBound.nextDown)
  }

  /// A whole number from 0 to `bound` - 1, all equally likely (D. Lemire, "Fast random integer
  /// generation in an interval", 2019).
  ///
  /// - Precondition: `bound` is positive.
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "a whole number below \(bound)")
    let range = UInt64(bound)
    let unfair = (0 &- range) % range
    while true {
      let product = next().multipliedFullWidth(by: range)
      if product.low >= unfair { return Int(product.high) }
    }
  }

  /// A normal number of mean 0 and standard deviation 1 (G. Box, M. Muller, 1958).
  ///
  /// Takes two words and gives one number: nothing is kept that a saved stream would lose.
  public mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * Double.pi * uniform())
  }

  /// An index, each as likely as its share of the weights.
  ///
  /// - Parameter weights: Not negative, finite, not all zero; they need not sum to one.
  /// - Complexity: O(weights.count).
  public mutating func categorical(weights: some Collection<Double>) -> Int {
    var total = 0.0
    for weight in weights {
      precondition(weight >= 0, "a weight of \(weight)")
      total += weight
    }
    precondition(total > 0 && total.isFinite, "weights that sum to \(total)")
    let threshold = uniform() * total
    var sum = 0.0
    var last = 0
    for (index, weight) in weights.enumerated() where weight > 0 {
      sum += weight
      last = index
      if threshold < sum { return index }
    }
    // Rounding may leave the threshold just above the sum.
    return last
  }

  /// The whole numbers below `count` in random order, all orders equally likely.
  ///
  /// - Complexity: O(count).
  public mutating func permutation(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for i in stride(from: count - 1, to: 0, by: -1) { order.swapAt(i, integer(below: i + 1)) }
    return order
  }
}
