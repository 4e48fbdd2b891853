#if canImport(Glibc)
  internal import Glibc
#endif

/// A marked place on an axis.
struct Tick: Equatable {
  /// Where it is, in the axis's units.
  var value: Double
  /// What stands beside it.
  var label: String
}

/// Places that people like to read: 1, 2 or 5 times a power of ten apart.
enum NiceTicks {
  /// A step of 1, 2 or 5 times a power of ten.
  struct Step: Equatable {
    var mantissa: Int
    var exponent: Int

    /// The smallest step not below `width`.
    init(atLeast width: Double) {
      exponent = Int(floor(log10(width)))
      let lead = width / pow(10, Double(exponent))
      // The tolerance keeps 2.0000000000000004 from becoming 5.
      let limit = lead * (1 - 1e-9)
      mantissa = limit <= 1 ? 1 : limit <= 2 ? 2 : limit <= 5 ? 5 : 10
      if mantissa == 10 {
        mantissa = 1
        exponent += 1
      }
    }

    var value: Double { multiple(1) }

    /// `count` steps. Divides for negative exponents: 3 / 10 is 0.3, but 3 × 0.1 is not.
    func multiple(_ count: Double) -> Double {
      let product = count * Double(mantissa)
      return exponent < 0
        ? product / pow(10, -Double(exponent)) : product * pow(10, Double(exponent))
    }
  }

  /// Evenly spaced ticks inside `range`, as many as possible up to `maximumCount`.
  ///
  /// - Parameters:
  ///   - range: A range of positive, finite width; see ``Scale``.
  ///   - maximumCount: At least 1.
  static func linear(_ range: ClosedRange<Double>, maximumCount: Int) -> [Tick] {
    let width = range.upperBound - range.lowerBound
    var step = Step(atLeast: width / Double(maximumCount))
    var values = multiples(of: step, in: range)
    // A range that begins and ends on a tick holds one tick more than it holds steps.
    while values.count > maximumCount {
      step = Step(atLeast: step.value * 1.5)
      values = multiples(of: step, in: range)
    }
    let labels = NumberText.labels(values, step: step.value)
    return zip(values, labels).map { value, label in
      Tick(value: min(max(value, range.lowerBound), range.upperBound), label: label)
    }
  }

  /// Ticks for an axis that is not linear: powers of ten, then five times and twice those, none
  /// closer to another than `spacing` on the axis.
  ///
  /// - Parameters:
  ///   - range: The values on the axis.
  ///   - spacing: The least distance, as a fraction of the axis.
  ///   - isRegular: Whether decades are equally long, so that fives or twos fit into all or none.
  ///   - fraction: Where on the axis a value lies.
  static func uneven(
    _ range: ClosedRange<Double>, spacing: Double, isRegular: Bool, fraction: (Double) -> Double
  ) -> [Tick] {
    var accepted: [Double] = []
    func areApart(_ values: [Double]) -> Bool {
      let places = values.map(fraction).sorted()
      return zip(places, places.dropFirst()).allSatisfy { $1 - $0 >= spacing }
    }
    func acceptEach(_ values: [Double]) {
      for value in values where areApart(accepted + [value]) { accepted.append(value) }
    }
    func acceptTogether(_ values: [Double]) {
      let all = accepted + values.filter { !accepted.contains($0) }
      if areApart(all) { accepted = all }
    }
    let decades = decades(in: range)
    acceptEach([0].filter(range.contains))
    for mantissa in [1.0, 5, 2] {
      let offered = decades.flatMap { [mantissa * $0, -mantissa * $0] }.filter(range.contains)
      if isRegular && mantissa > 1 { acceptTogether(offered) } else { acceptEach(offered) }
    }
    // A range within one decade may hold none of these.
    if accepted.count < 3 {
      for count in [2, 4, 8, 16] {
        acceptTogether(linear(range, maximumCount: count).map(\.value))
      }
    }
    accepted.sort()
    return zip(accepted, NumberText.labels(accepted)).map { Tick(value: $0, label: $1) }
  }

  /// The powers of ten that matter on an axis, from the largest.
  private static func decades(in range: ClosedRange<Double>) -> [Double] {
    let top = Int(floor(log10(max(abs(range.lowerBound), abs(range.upperBound)))))
    // Fifteen decades below the largest value, all is rounding error of zero.
    let bottom = range.lowerBound > 0 ? Int(floor(log10(range.lowerBound))) : top - 15
    return stride(from: top, through: bottom, by: -1).map { pow(10, Double($0)) }
  }

  private static func multiples(of step: Step, in range: ClosedRange<Double>) -> [Double] {
    // A billionth of a step outside is rounding.
    let first = ceil(range.lowerBound / step.value - 1e-9)
    let last = floor(range.upperBound / step.value + 1e-9)
    guard first <= last else { return [] }
    return (0...Int(last - first)).map { step.multiple(first + Double($0)) + 0 }
  }
}
