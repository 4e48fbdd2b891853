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

  /// Ticks for an axis that is not linear: round numbers, the roundest first, none closer to
  /// another than `spacing` on the axis.
  ///
  /// - Parameters:
  ///   - range: The values on the axis.
  ///   - spacing: The least distance, as a fraction of the axis.
  ///   - fraction: Where on the axis a value lies.
  static func uneven(
    _ range: ClosedRange<Double>, spacing: Double, fraction: (Double) -> Double
  ) -> [Tick] {
    var accepted: [(place: Double, value: Double)] = []
    func offer(_ value: Double) {
      guard range.contains(value) else { return }
      let place = fraction(value)
      if accepted.allSatisfy({ abs($0.place - place) >= spacing }) {
        accepted.append((place, value))
      }
    }
    let largest = max(abs(range.lowerBound), abs(range.upperBound))
    let top = Int(floor(log10(largest)))
    // Fifteen decades below the largest value, all is rounding error of zero.
    let bottom = range.lowerBound > 0 ? Int(floor(log10(range.lowerBound))) : top - 15
    let decades = stride(from: top, through: bottom, by: -1).map { pow(10, Double($0)) }
    offer(0)
    for mantissa in [1.0, 5, 2] {
      for decade in decades {
        offer(mantissa * decade)
        offer(-mantissa * decade)
      }
    }
    // A range within one decade may hold none of these.
    if accepted.count < 3 {
      for count in [4, 8, 16] { linear(range, maximumCount: count).forEach { offer($0.value) } }
    }
    return accepted.sorted { $0.value < $1.value }
      .map { Tick(value: $0.value, label: NumberText.compact($0.value, significant: 6)) }
  }

  private static func multiples(of step: Step, in range: ClosedRange<Double>) -> [Double] {
    // A billionth of a step outside is rounding.
    let first = ceil(range.lowerBound / step.value - 1e-9)
    let last = floor(range.upperBound / step.value + 1e-9)
    guard first <= last else { return [] }
    return (0...Int(last - first)).map { step.multiple(first + Double($0)) + 0 }
  }
}
