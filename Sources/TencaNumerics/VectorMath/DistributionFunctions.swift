/// Φ(x), the probability that a standard normal number is at most x.
package func normalCumulative(_ x: Double) -> Double {
  0.5 * complementaryError(-x / 2.0.squareRoot())
}

/// Φ⁻¹(p) for 0 < p < 1, to about 10⁻¹⁵ (M. Wichura, algorithm AS 241, 1988); -∞ for 0, ∞ for 1.
package func normalQuantile(_ p: Double) -> Double {
  guard p > 0 else { return -.infinity }
  guard p < 1 else { return .infinity }
  let q = p - 0.5
  if abs(q) <= 0.425 {
    let r = 0.180625 - q * q
    return q
      * ratio(
        r,
        [
          2509.0809287301226727, 33430.575583588128105, 67265.770927008700853,
          45921.953931549871457, 13731.693765509461125, 1971.5909503065514427,
          133.14166789178437745, 3.387132872796366608,
        ],
        [
          5226.495278852545925, 28729.085735721942674, 39307.89580009271061,
          21213.794301586595867, 5394.1960214247511077, 687.1870074920579083,
          42.313330701600911252, 1,
        ])
  }
  var r = (-logarithm(q < 0 ? p : 1 - p)).squareRoot()
  let tail: Double
  if r <= 5 {
    r -= 1.6
    tail = ratio(
      r,
      [
        7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177,
        1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055,
        4.6303378461565452959, 1.42343711074968357734,
      ],
      [
        1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966,
        0.14810397642748007459, 0.68976733498510000455, 1.6763848301838038494,
        2.05319162663775882187, 1,
      ])
  } else {
    r -= 5
    tail = ratio(
      r,
      [
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386,
        0.026532189526576123093, 0.29656057182850489123, 1.7848265399172913358,
        5.4637849111641143699, 6.6579046435011037772,
      ],
      [
        2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
        7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531,
        0.59983220655588793769, 1,
      ])
  }
  return q < 0 ? -tail : tail
}

/// The quotient of two polynomials, coefficients from the highest power down.
private func ratio(_ x: Double, _ above: [Double], _ below: [Double]) -> Double {
  above.reduce(0) { $0 * x + $1 } / below.reduce(0) { $0 * x + $1 }
}

/// P(a, x), the regularised lower incomplete gamma function, for a > 0 and x ≥ 0: a series below
/// a + 1, a continued fraction above (M. Abramowitz, I. Stegun, 6.5.29 and 6.5.31).
package func incompleteGamma(_ a: Double, _ x: Double) -> Double {
  incompleteGammas(a, x).lower
}

/// Q(a, x) = 1 - P(a, x), the regularised upper incomplete gamma function, for a > 0 and x ≥ 0; small
/// ones are as exact as large ones.
package func upperIncompleteGamma(_ a: Double, _ x: Double) -> Double {
  incompleteGammas(a, x).upper
}

/// The probability that a χ² number of some degrees of freedom is above `x`.
package func chiSquareUpperTail(_ x: Double, degreesOfFreedom: Int) -> Double {
  upperIncompleteGamma(Double(degreesOfFreedom) / 2, x / 2)
}

private func incompleteGammas(_ a: Double, _ x: Double) -> (lower: Double, upper: Double) {
  guard x > 0 else { return (0, 1) }
  guard x < .infinity else { return (1, 0) }
  let factor = exponential(a * logarithm(x) - x - logGamma(a))
  // A term is a share of the one before, so steps grow with the root of a.
  let steps = 200 + Int(20 * a.squareRoot().rounded(.up))
  if x < a + 1 {
    var (term, sum) = (1 / a, 1 / a)
    for n in 1...steps {
      term *= x / (a + Double(n))
      sum += term
      if term < sum * 1e-17 { break }
    }
    let lower = min(1, factor * sum)
    return (lower, 1 - lower)
  }
  let fraction = continuedFraction(first: x + 1 - a, steps: steps) { n in
    (-n * (n - a), x + 2 * n + 1 - a)
  }
  let upper = min(1, factor / fraction)
  return (1 - upper, upper)
}

/// Iₓ(a, b), the regularised incomplete beta function, for a, b > 0 and 0 ≤ x ≤ 1 (M. Abramowitz,
/// I. Stegun, 26.5.8).
package func incompleteBeta(_ a: Double, _ b: Double, _ x: Double) -> Double {
  guard x > 0 else { return 0 }
  guard x < 1 else { return 1 }
  // The fraction converges fast on one side of the mean only.
  if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(b, a, 1 - x) }
  let factor = exponential(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * logarithm(x)
      + b * logarithmOfOnePlus(-x))
  let steps = 200 + Int(20 * max(a, b).squareRoot().rounded(.up))
  let fraction = continuedFraction(first: 1, steps: steps) { n in
    let m = (n / 2).rounded(.down)
    let share =
      n.truncatingRemainder(dividingBy: 2) == 0
      ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    return (share, 1)
  }
  return min(1, factor / (a * fraction))
}

/// b₀ + a₁/(b₁ + a₂/(b₂ + …)) by the method of W. Lentz (1976).
///
/// - Parameter step: (aₙ, bₙ) for n from 1 on.
private func continuedFraction(
  first: Double, steps: Int, _ step: (Double) -> (Double, Double)
) -> Double {
  let tiny = 1e-300
  var value = first == 0 ? tiny : first
  var (c, d) = (value, 0.0)
  for n in 1...steps {
    let (a, b) = step(Double(n))
    d = b + a * d
    c = b + a / c
    if d == 0 { d = tiny }
    if c == 0 { c = tiny }
    d = 1 / d
    value *= c * d
    if abs(c * d - 1) < 1e-16 { break }
  }
  return value
}
