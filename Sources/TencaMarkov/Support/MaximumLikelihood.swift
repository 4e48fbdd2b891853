internal import TencaMixture
internal import TencaNumerics

/// The a with ln a - ψ(a) = s: the shape of a gamma distribution whose logarithm of the mean lies s
/// above the mean of the logarithm. From 10⁻⁶ to 10⁶.
///
/// ln a - ψ(a) falls steadily; T. Minka's iteration ("Estimating a gamma distribution", 2002), whose
/// error squares at every step, from a start within 1.5 %.
package func gammaShape(_ s: Double) -> Double {
  // Rounding alone makes s negative.
  guard s > 5e-7 else { return 1e6 }
  var shape = (3 - s + ((s - 3) * (s - 3) + 24 * s).squareRoot()) / (12 * s)
  for _ in 0..<20 {
    let step = 1e-4 * shape
    let value = logarithm(shape) - digamma(shape) - s
    // ψ' by differences: it only sets the pace.
    let slope = 1 / shape - (digamma(shape + step) - digamma(shape - step)) / (2 * step)
    let inverse = 1 / shape + value / (shape * shape * slope)
    guard inverse > 0 else { break }
    let next = 1 / inverse
    let change = abs(next - shape)
    shape = next
    if change <= 1e-14 * shape { break }
  }
  return min(max(shape, 1e-6), 1e6)
}

/// e⁻ˣ I₀(x), the modified Bessel function of order 0, for x ≥ 0.
func scaledBesselI0(_ x: Double) -> Double { scaledBesselI(0, x) }

/// e⁻ˣ Iₙ(x), n = 0 or 1, to about 10⁻¹⁵: its power series up to 30, the asymptotic one from there
/// (M. Abramowitz, I. Stegun, 9.6.10 and 9.7.1).
private func scaledBesselI(_ order: Int, _ x: Double) -> Double {
  if x <= 30 {
    var (term, sum) = (order == 0 ? 1 : 0.5 * x, 0.0)
    var k = 1.0
    while term > 1e-17 * sum {
      sum += term
      term *= 0.25 * x * x / (k * (k + Double(order)))
      k += 1
    }
    return sum * exponential(-x)
  }
  let mu = 4.0 * Double(order * order)
  var (term, sum) = (1.0, 0.0)
  for k in 1...20 {
    sum += term
    let odd = Double(2 * k - 1)
    term *= -(mu - odd * odd) / (Double(k) * 8 * x)
    if abs(term) < 1e-17 { break }
  }
  return sum / (2 * .pi * x).squareRoot()
}

/// I₁(κ)/I₀(κ): how long the mean vector of angles is expected to be.
func vonMisesLength(_ concentration: Double) -> Double {
  scaledBesselI(1, concentration) / scaledBesselI(0, concentration)
}

/// The κ with I₁(κ)/I₀(κ) = r: the concentration of angles whose mean vector has length r. At most
/// 10⁶.
func vonMisesConcentration(_ r: Double) -> Double {
  guard r > 0 else { return 0 }
  guard r < 1 - 4.999e-7 else { return 1e6 }
  // The start of D. Best and N. Fisher (1981), then Newton's steps: A' = 1 - A² - A/κ.
  var kappa =
    r < 0.53
    ? 2 * r + r * r * r + 5 * r * r * r * r * r / 6
    : r < 0.85 ? -0.4 + 1.39 * r + 0.43 / (1 - r) : 1 / (r * (1 - r) * (3 - r))
  for _ in 0..<20 {
    let ratio = vonMisesLength(kappa)
    let slope = 1 - ratio * ratio - ratio / kappa
    guard slope > 0 else { break }
    let next = max(kappa - (ratio - r) / slope, 0.1 * kappa)
    let change = abs(next - kappa)
    kappa = next
    if change <= 1e-14 * kappa { break }
  }
  return min(kappa, 1e6)
}
