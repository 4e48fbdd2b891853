#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

// The elementary functions of single numbers, from whichever C library there is.

/// ln x.
package func logarithm(_ x: Double) -> Double { log(x) }
/// ln(1 + x), exact where x is small.
package func logarithmOfOnePlus(_ x: Double) -> Double { log1p(x) }
/// eˣ.
package func exponential(_ x: Double) -> Double { exp(x) }
/// cos x.
package func cosine(_ x: Double) -> Double { cos(x) }
/// sin x.
package func sine(_ x: Double) -> Double { sin(x) }
/// The angle whose cosine is x.
package func arccosine(_ x: Double) -> Double { acos(x) }
/// The angle of the point (x, y).
package func arctangent(_ y: Double, _ x: Double) -> Double { atan2(y, x) }
/// 2/√π ∫ₓ e^(-t²) dt, exact where it is small.
package func complementaryError(_ x: Double) -> Double { erfc(x) }

/// ln Σ exp(x), without overflow; -∞ for no terms or -∞ alone.
@specialized(where Terms == [Double])
package func logSum<Terms: Sequence<Double>>(_ terms: Terms) -> Double {
  let largest = terms.reduce(-Double.infinity) { max($0, $1) }
  guard largest.isFinite else { return largest }
  return largest + log(terms.reduce(0.0) { $0 + exp($1 - largest) })
}
