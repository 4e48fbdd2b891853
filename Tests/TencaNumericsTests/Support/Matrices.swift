import TencaNumerics

/// A matrix of independent standard normal numbers.
func randomMatrix<Scalar: NumericScalar>(
  _ rows: Int, _ columns: Int, seed: UInt64, of type: Scalar.Type = Scalar.self
) -> NDArray<Scalar> {
  var random = RandomStream(seed: seed)
  return NDArray((0..<rows * columns).map { _ in Scalar(random.normal()) }, shape: [rows, columns])
}

/// The product of two matrices by its definition.
func plainProduct<Scalar: NumericScalar>(
  _ a: NDArray<Scalar>, _ b: NDArray<Scalar>
) -> NDArray<Scalar> {
  var result = NDArray<Scalar>(zeros: [a.rows, b.columns])
  for i in 0..<a.rows {
    for j in 0..<b.columns {
      var sum = 0.0
      for k in 0..<a.columns { sum += Double(a[i, k]) * Double(b[k, j]) }
      result[i, j] = Scalar(sum)
    }
  }
  return result
}

/// A random symmetric positive definite matrix.
func randomPositiveDefinite<Scalar: NumericScalar>(
  _ order: Int, seed: UInt64, of type: Scalar.Type = Scalar.self
) -> NDArray<Scalar> {
  let factor: NDArray<Scalar> = randomMatrix(order, order, seed: seed)
  return matrixProduct(factor, factor.transposed()) + NDArray.identity(order)
}

/// The largest absolute difference; infinite where shapes differ or a number is NaN.
func largestDifference<Scalar: NumericScalar>(
  _ a: NDArray<Scalar>, _ b: NDArray<Scalar>
) -> Double {
  guard a.shape == b.shape else { return .infinity }
  var largest = 0.0
  for (x, y) in zip(a.elements, b.elements) {
    let difference = abs(Double(x) - Double(y))
    if !(difference <= largest) { largest = difference.isNaN ? .infinity : difference }
  }
  return largest
}

/// How far `value` is from `exact`, in units of the last place of `Scalar` there.
func ulps<Scalar: NumericScalar>(_ value: Scalar, from exact: Double) -> Double {
  let rounded = Scalar(exact)
  if value == rounded && !value.isFinite { return 0 }
  guard value.isFinite, rounded.isFinite else { return .infinity }
  return abs(Double(value) - exact) / Double(rounded.ulp)
}

/// A matrix of which each entry is standard normal with probability `density`, and zero otherwise.
func randomSparseMatrix(_ rows: Int, _ columns: Int, density: Double, seed: UInt64) -> SparseMatrix
{
  var random = RandomStream(seed: seed)
  return SparseMatrix(
    columns: columns,
    rows: (0..<rows).map { _ in
      (0..<columns).compactMap { column in
        random.uniform() < density ? (column, random.normal()) : nil
      }
    })
}
