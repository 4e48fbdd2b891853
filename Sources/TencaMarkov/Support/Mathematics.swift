#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// ln x, from whichever C library there is.
func logarithm(_ x: Double) -> Double { log(x) }

/// eˣ, from whichever C library there is.
func exponential(_ x: Double) -> Double { exp(x) }

/// ln Σ exp(x), without overflow; -∞ for no terms or -∞ alone.
func logSum(_ terms: some Sequence<Double>) -> Double {
  let largest = terms.reduce(-Double.infinity) { max($0, $1) }
  guard largest.isFinite else { return largest }
  return largest + log(terms.reduce(0.0) { $0 + exp($1 - largest) })
}
