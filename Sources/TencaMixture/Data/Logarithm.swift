#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// ln x, from whichever C library there is.
func logarithm(_ x: Double) -> Double { log(x) }
