import Glibc
import Testing

@testable import TencaFormats

@Suite struct DecimalTextTests {
  /// What C's `printf` makes of the number.
  private func printf(_ value: Double, decimals: Int) -> String {
    var buffer = [CChar](repeating: 0, count: 400)
    let count = withVaList([Int32(decimals), value]) {
      vsnprintf(&buffer, buffer.count, "%.*f", $0)
    }
    return String(decoding: buffer[..<Int(count)].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  @Test(arguments: [
    (3.14159, 2, "3.14"), (0.125, 2, "0.12"), (0.375, 2, "0.38"), (2.5, 0, "2"), (3.5, 0, "4"),
    (0.999, 2, "1.00"), (-0.999, 2, "-1.00"), (-0.001, 2, "0.00"), (-0.0, 1, "0.0"),
    (0.05, 3, "0.050"), (.leastNonzeroMagnitude, 4, "0.0000"), (9.995, 2, "9.99"),
    (1234567, 1, "1234567.0"),
    (9_007_199_254_740_991, 0, "9007199254740991"), (1e300, 2, "1e+300"), (-1e16, 3, "-1e+16"),
    (.nan, 2, "nan"), (-.nan, 2, "nan"), (.infinity, 2, "inf"), (-.infinity, 0, "-inf"),
  ])
  func formats(value: Double, decimals: Int, text: String) {
    #expect(value.formatted(decimals: decimals) == text)
  }

  @Test func agreesWithPrintf() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let exponent = Int.random(in: -80...52, using: &generator)
      let significand = Double.random(in: -1...1, using: &generator)
      let decimals = Int.random(in: 0...18, using: &generator)
      // Every other one is a multiple of 2^-10, so that halves occur.
      let value =
        Bool.random(using: &generator)
        ? significand * Double(sign: .plus, exponent: exponent, significand: 1)
        : (significand * 1_000_000).rounded() / 1024
      var expected = printf(value, decimals: decimals)
      if expected.hasPrefix("-"), expected.allSatisfy({ "-0.".contains($0) }) {
        expected.removeFirst()
      }
      #expect(value.formatted(decimals: decimals) == expected, "\(value), \(decimals) decimals")
    }
  }

  @Test func formatsFloatsByTheirExactValue() {
    #expect(Float(0.1).formatted(decimals: 12) == "0.100000001490")
  }
}
