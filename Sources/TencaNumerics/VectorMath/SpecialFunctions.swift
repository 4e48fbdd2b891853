#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// ln Γ(x) for x > 0, to about 10⁻¹⁴ of the larger of 1 and the result.
///
/// By the recurrence Γ(x + 1) = x·Γ(x) up to 10, and Stirling's series from there (M. Abramowitz,
/// I. Stegun, 6.1.41). The C library's function writes a global variable, which threads must not.
package func logGamma(_ x: Double) -> Double {
  var (x, product) = (x, 1.0)
  while x < 10 {
    product *= x
    x += 1
  }
  let y = 1 / (x * x)
  let series =
    (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - y * 691 / 360_360)))))
    / x
  return (x - 0.5) * log(x) - x + 0.5 * log(2 * .pi) + series - log(product)
}

/// ψ(x) = d ln Γ(x) / dx for x > 0, to about 10⁻¹⁴ of the larger of 1 and the result.
///
/// By ψ(x + 1) = ψ(x) + 1/x up to 10, and the asymptotic series from there (M. Abramowitz,
/// I. Stegun, 6.3.18).
package func digamma(_ x: Double) -> Double {
  var (x, sum) = (x, 0.0)
  while x < 10 {
    sum -= 1 / x
    x += 1
  }
  let y = 1 / (x * x)
  let series =
    y
    * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y * (1 / 240 - y * (1 / 132 - y * 691 / 32_760)))))
  return sum + log(x) - 0.5 / x - series
}
