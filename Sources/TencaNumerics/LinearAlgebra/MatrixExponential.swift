/// eᴬ of a square matrix.
///
/// By the diagonal Padé approximant of order 13, after halving A until its norm is at most 5.4 and
/// before squaring the result as often (N. Higham, "The scaling and squaring method for the matrix
/// exponential revisited", 2005).
///
/// - Parameter a: n × n.
/// - Throws: ``LinearAlgebraError``: `notSquare`, `notFinite`.
/// - Complexity: O(n³ · log ‖A‖).
public func matrixExponential(_ a: NDArray<Double>) throws -> NDArray<Double> {
  let order = try a.requireSquareAndFinite("a matrix exponential")
  if order == 0 { return a }
  let norm = (0..<order).map { column in
    (0..<order).reduce(0.0) { $0 + abs(a[$1, column]) }
  }.max()!
  var (halvings, scale) = (0, 1.0)
  while norm * scale > 5.371_920_351_148_152 {
    halvings += 1
    scale /= 2
  }
  let a = a * scale
  let b = padeCoefficients
  let identity = NDArray<Double>.identity(order)
  let a2 = matrixProduct(a, a)
  let a4 = matrixProduct(a2, a2)
  let a6 = matrixProduct(a2, a4)
  let oddHigh = matrixProduct(a6, a6 * b[13] + a4 * b[11] + a2 * b[9])
  let odd = matrixProduct(a, oddHigh + a6 * b[7] + a4 * b[5] + a2 * b[3] + identity * b[1])
  let evenHigh = matrixProduct(a6, a6 * b[12] + a4 * b[10] + a2 * b[8])
  let even = evenHigh + a6 * b[6] + a4 * b[4] + a2 * b[2] + identity * b[0]
  var result = try solve(even - odd, even + odd)
  for _ in 0..<halvings { result = matrixProduct(result, result) }
  return result
}

/// The numerator's coefficients of the approximant of order 13.
private let padeCoefficients: [Double] = [
  64_764_752_532_480_000, 32_382_376_266_240_000, 7_771_770_303_897_600, 1_187_353_796_428_800,
  129_060_195_264_000, 10_559_470_521_600, 670_442_572_800, 33_522_128_640, 1_323_241_920,
  40_840_800, 960_960, 16_380, 182, 1,
]

/// The slope of Σ cᵢⱼ (eᴬ)ᵢⱼ in every entry of A: the upper right block of the exponential of
/// [[Aᵀ, C], [0, Aᵀ]] (C. Van Loan, 1978).
///
/// - Parameters:
///   - a: n × n.
///   - weights: C, n × n.
/// - Throws: As ``matrixExponential(_:)``.
/// - Complexity: O(n³ · log ‖A‖).
public func matrixExponentialSlope(
  _ a: NDArray<Double>, weights: NDArray<Double>
) throws -> NDArray<Double> {
  let order = a.rows
  // The block is linear in C, so that C brought to the size of A does not add halvings.
  let largest = weights.elements.reduce(0.0) { max($0, abs($1)) }
  guard largest > 0 else { return NDArray(zeros: a.shape) }
  let size = max(a.elements.reduce(0.0) { max($0, abs($1)) }, 1e-3)
  let double = NDArray<Double>(shape: [2 * order, 2 * order]) { target in
    for i in 0..<order {
      for j in 0..<order {
        target[i * 2 * order + j] = a[j, i]
        target[(order + i) * 2 * order + order + j] = a[j, i]
        target[i * 2 * order + order + j] = weights[i, j] / largest * size
        target[(order + i) * 2 * order + j] = 0
      }
    }
  }
  let whole = try matrixExponential(double)
  return NDArray(shape: [order, order]) { target in
    for i in 0..<order {
      for j in 0..<order { target[i * order + j] = whole[i, order + j] * largest / size }
    }
  }
}
