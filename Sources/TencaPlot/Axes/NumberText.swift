#if canImport(Glibc)
  internal import Glibc
#endif

/// Numbers as people write them: a true minus sign, and powers of ten where digits would crowd.
enum NumberText {
  /// `value` with exactly `decimals` digits after the point, as far as 15 digits reach.
  static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return special(value) }
    let scaled = (abs(value) * pow(10, Double(decimals))).rounded()
    guard scaled < 1e15 else { return scientific(value, significant: 6) }
    var digits = String(Int64(scaled))
    if decimals > 0 {
      digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals))
    }
    return (value < 0 && scaled > 0 ? "−" : "") + digits
  }

  /// `value` to about `significant` digits, without trailing zeros: 0.25, 1200, 3×10⁸.
  static func compact(_ value: Double, significant: Int = 3) -> String {
    guard value.isFinite else { return special(value) }
    if value == 0 { return "0" }
    let exponent = exponentAfterRounding(value, significant: significant)
    guard (-4..<6).contains(exponent) else { return scientific(value, significant: significant) }
    return trimmed(fixed(value, decimals: max(0, significant - 1 - exponent)))
  }

  /// The labels of ticks that lie `step` apart, all with the same number of decimals.
  static func labels(_ values: [Double], step: Double) -> [String] {
    let largest = values.map(abs).max() ?? 0
    let stepExponent = exponent(of: step)
    if largest < 1e6 && stepExponent >= -4 {
      return values.map { fixed($0, decimals: max(0, -stepExponent)) }
    }
    return values.map { value in
      // A tick at zero may come out as a rounding error of the step.
      if abs(value) < step / 2 { return "0" }
      return scientific(value, significant: min(15, exponent(of: value) - stepExponent + 1))
    }
  }

  /// The labels of ticks over several decades: all with powers of ten where one needs them.
  static func labels(_ values: [Double]) -> [String] {
    let plain = 1e-4..<1e6
    if values.allSatisfy({ $0 == 0 || plain.contains(abs($0)) }) {
      return values.map { compact($0, significant: 6) }
    }
    return values.map { value in
      value == 0 || (1...10).contains(abs(value))
        ? compact(value, significant: 6) : scientific(value, significant: 6)
    }
  }

  /// `value` as a number between 1 and 10 times a power of ten.
  private static func scientific(_ value: Double, significant: Int) -> String {
    let exponent = exponentAfterRounding(value, significant: significant)
    // Two steps, because 10 to the power of -exponent may be beyond the largest number.
    let half = exponent / 2
    let mantissa = value / pow(10, Double(half)) / pow(10, Double(exponent - half))
    let digits = trimmed(fixed(mantissa, decimals: max(0, significant - 1)))
    let power = "10" + superscript(exponent)
    return switch digits {
    case "1": power
    case "−1": "−" + power
    default: digits + "×" + power
    }
  }

  /// The power of ten just below `value`.
  private static func exponent(of value: Double) -> Int {
    // The nudge lifts a thousand that was computed as 999.9999999999999.
    Int(floor(log10(abs(value)) + 1e-9))
  }

  /// As ``exponent(of:)``, but 9.996 rounded to three digits counts as 10.0.
  private static func exponentAfterRounding(_ value: Double, significant: Int) -> Int {
    let lift = log10(1 + 0.5 * pow(10, -Double(significant)))
    return Int(floor(log10(abs(value)) + lift + 1e-12))
  }

  private static func trimmed(_ digits: String) -> String {
    guard digits.contains(".") else { return digits }
    var result = digits[...]
    while result.last == "0" { result.removeLast() }
    if result.last == "." { result.removeLast() }
    return String(result)
  }

  private static func superscript(_ number: Int) -> String {
    let raised = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return (number < 0 ? "⁻" : "")
      + String(String(abs(number)).map { raised[$0.wholeNumberValue!] })
  }

  private static func special(_ value: Double) -> String {
    value.isNaN ? "n/a" : value < 0 ? "−∞" : "∞"
  }
}
