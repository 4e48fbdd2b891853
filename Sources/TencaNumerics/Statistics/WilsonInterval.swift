/// The 95% interval of a proportion (Wilson 1927), which stays inside 0...1 and is honest for small
/// counts.
///
/// - Parameters:
///   - correct: How many of `total` were right.
///   - total: How many were tried; where none was, the interval is 0...1.
public func wilsonInterval(correct: Int, total: Int) -> ClosedRange<Double> {
  if total == 0 { return 0...1 }
  let z = 1.959963984540054
  let n = Double(total)
  let p = Double(correct) / n
  let center = (p + z * z / (2 * n)) / (1 + z * z / n)
  let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
  return max(0, center - half)...min(1, center + half)
}
