/// Which half of a triangular matrix holds its elements; the other half is not read.
public enum Triangle: Sendable {
  /// The diagonal and below.
  case lower
  /// The diagonal and above.
  case upper
}

/// The solution X of T·X = B, or of Tᵀ·X = B, for a triangular matrix T.
///
/// - Parameters:
///   - triangle: The half of `t` that counts.
///   - t: n × n.
///   - b: n × r, or a vector of n.
///   - transposed: Whether Tᵀ stands in place of T.
/// - Returns: The shape of `b`.
/// - Throws: ``LinearAlgebraError/singular(operation:pivot:order:)`` where the diagonal holds a
///   zero; `notSquare`, `shapeMismatch`, `notFinite`.
/// - Complexity: O(n²·r) (BLAS `trsm`).
public func solveTriangular<Scalar: NumericScalar>(
  _ triangle: Triangle, _ t: NDArray<Scalar>, _ b: NDArray<Scalar>, transposed: Bool = false
) throws -> NDArray<Scalar> {
  let operation = "a triangular solution"
  let order = try t.requireSquareAndFinite(operation)
  var solution = try b.asRightHandSide(operation, rows: order, of: t.shape)
  if let pivot = (0..<order).first(where: { t[$0, $0] == 0 }) {
    throw LinearAlgebraError.singular(operation: operation, pivot: pivot, order: order)
  }
  if solution.isEmpty { return b }
  let width = solution.columns
  solution.withUnsafeMutableBuffer { target in
    t.withUnsafeBuffer { source in
      Scalar._trsm(
        upper: triangle == .upper, transposed: transposed, m: order, n: width,
        a: source.baseAddress!, lda: order, b: target.baseAddress!, ldb: width)
    }
  }
  return solution.reshaped(b.shape)
}

/// The solution X of A·X = B, by LU factors with row exchanges.
///
/// - Parameters:
///   - a: n × n.
///   - b: n × r, or a vector of n.
/// - Returns: The shape of `b`.
/// - Throws: ``LinearAlgebraError/singular(operation:pivot:order:)`` where a pivot is exactly
///   zero; `notSquare`, `shapeMismatch`, `notFinite`.
/// - Complexity: O(n³ + n²·r) (LAPACK `getrf`, `getrs`).
public func solve<Scalar: NumericScalar>(
  _ a: NDArray<Scalar>, _ b: NDArray<Scalar>
) throws -> NDArray<Scalar> {
  let operation = "a linear solution"
  let order = try a.requireSquareAndFinite(operation)
  let right = try b.asRightHandSide(operation, rows: order, of: a.shape)
  if right.isEmpty { return b }
  var factors = a
  var columns = right.transposed()  // row by row, what LAPACK reads column by column
  var size = Int32(order)
  var width = Int32(right.columns)
  var pivots = [Int32](repeating: 0, count: order)
  var info: Int32 = 0
  factors.withUnsafeMutableBuffer { lu in
    Scalar._lapack.getrf(&size, &size, lu.baseAddress, &size, &pivots, &info)
    guard info == 0 else { return }
    columns.withUnsafeMutableBuffer { target in
      // LAPACK saw Aᵀ, so the transposed system is the one asked for.
      Scalar._lapack.getrs(
        "T", &size, &width, lu.baseAddress, &size, pivots, target.baseAddress, &size, &info)
    }
  }
  guard info == 0 else {
    throw LinearAlgebraError.singular(operation: operation, pivot: Int(info) - 1, order: order)
  }
  return columns.transposed().reshaped(b.shape)
}
