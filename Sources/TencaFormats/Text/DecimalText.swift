extension BinaryFloatingPoint {
  /// The number with a fixed count of decimals, for tables that people read: `3.14159` with two is
  /// "3.14".
  ///
  /// Rounded exactly to nearest, halves of the binary value to even, as C's `%.2f` does; but without
  /// a locale, and zero never has a sign. Numbers of 2⁵³ and more, which have no decimals, are
  /// written as Swift does ("1e+300"), the others as "nan", "inf" and "-inf".
  ///
  /// - Parameter decimals: 0 to 18.
  public func formatted(decimals: Int) -> String {
    precondition((0...18).contains(decimals), "\(decimals) decimals; 0 to 18 can be had")
    let value = Double(self)
    if value.isNaN { return "nan" }
    guard value.magnitude < 0x1p53 else { return "\(value)" }
    let scale = (0..<decimals).reduce(UInt64(1)) { power, _ in power * 10 }
    let scaled = value.magnitude.scaledAndRounded(by: scale)
    let (whole, fraction) = scaled.quotientAndRemainder(dividingBy: UInt128(scale))
    var text = value < 0 && scaled > 0 ? "-" : ""
    text += String(whole)
    if decimals > 0 {
      text += "." + String(fraction).zeroPadded(to: decimals)
    }
    return text
  }
}

extension Double {
  /// `self` · `scale`, computed exactly and rounded to the nearest integer, halves to even.
  ///
  /// - Precondition: 0 ≤ `self` < 2⁵³ and `scale` < 2⁶⁰, so that 53 + 60 bits hold everything.
  fileprivate func scaledAndRounded(by scale: UInt64) -> UInt128 {
    // self = significand · 2^-shift, with a significand of at most 53 bits.
    let isSubnormal = exponentBitPattern == 0
    let significand = isSubnormal ? significandBitPattern : significandBitPattern | 1 << 52
    let shift = 1075 - Int(isSubnormal ? 1 : exponentBitPattern)
    let product = UInt128(significand) * UInt128(scale)
    guard shift > 0 else { return product }
    // A product below 2^113 shifted by 115 or more bits is less than a quarter.
    guard shift < 115 else { return 0 }
    let quotient = product >> UInt128(shift)
    let remainder = product - quotient << UInt128(shift)
    let half = UInt128(1) << UInt128(shift - 1)
    let roundsUp = remainder > half || (remainder == half && quotient % 2 == 1)
    return roundsUp ? quotient + 1 : quotient
  }
}
