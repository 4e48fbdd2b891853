/// The Cholesky factor L of a symmetric positive definite matrix A = L·Lᵀ.
///
/// - Parameter a: n × n; only its lower triangle is read.
/// - Returns: n × n, lower triangular, zeros above the diagonal.
/// - Throws: ``LinearAlgebraError/notPositiveDefinite(leadingMinor:order:)`` with the order of the
///   first leading minor that is not positive; `notSquare`, `notFinite`.
/// - Complexity: O(n³) (LAPACK `potrf`).
public func choleskyFactor<Scalar: NumericScalar>(
  _ a: NDArray<Scalar>
) throws -> NDArray<Scalar> {
  let order = try a.requireSquareAndFinite("a Cholesky factorisation")
  var factor = a
  var info: Int32 = 0
  factor.withUnsafeMutableBuffer { target in
    for row in 0..<order {
      for column in row + 1..<order { target[row * order + column] = 0 }
    }
    if order == 0 { return }
    var size = Int32(order)
    // The upper triangle column by column is the lower one row by row.
    Scalar._lapack.potrf("U", &size, target.baseAddress, &size, &info)
  }
  guard info == 0 else {
    throw LinearAlgebraError.notPositiveDefinite(leadingMinor: Int(info), order: order)
  }
  return factor
}

/// ln det A of a matrix A = L·Lᵀ, from its Cholesky factor.
///
/// - Parameter factor: What ``choleskyFactor(_:)`` gave, n × n.
/// - Complexity: O(n).
public func logDeterminant<Scalar: NumericScalar>(
  choleskyFactor factor: NDArray<Scalar>
) -> Scalar {
  let diagonal = NDArray(shape: [factor.rows]) { target in
    for i in 0..<factor.rows { target[i] = factor[i, i] }
  }
  return 2 * VectorMath.log(diagonal).elements.reduce(0, +)
}

/// The inverse of a symmetric positive definite matrix.
///
/// - Parameter a: n × n; only its lower triangle is read.
/// - Returns: n × n, exactly symmetric.
/// - Throws: As ``choleskyFactor(_:)``.
/// - Complexity: O(n³) (LAPACK `potri`).
public func inverseOfSymmetricPositiveDefinite<Scalar: NumericScalar>(
  _ a: NDArray<Scalar>
) throws -> NDArray<Scalar> {
  var inverse = try choleskyFactor(a)
  let order = inverse.rows
  if order == 0 { return inverse }
  var info: Int32 = 0
  inverse.withUnsafeMutableBuffer { target in
    var size = Int32(order)
    Scalar._lapack.potri("U", &size, target.baseAddress, &size, &info)
    for row in 0..<order {
      for column in 0..<row { target[column * order + row] = target[row * order + column] }
    }
  }
  guard info == 0 else {
    throw LinearAlgebraError.singular(
      operation: "an inverse", pivot: Int(info) - 1, order: order)
  }
  return inverse
}

/// The solution X of A·X = B, from the Cholesky factor of A.
///
/// - Parameters:
///   - factor: What ``choleskyFactor(_:)`` gave, n × n.
///   - b: n × r, or a vector of n.
/// - Returns: The shape of `b`.
/// - Throws: As ``solveTriangular(_:_:_:transposed:)``.
/// - Complexity: O(n²·r).
public func solve<Scalar: NumericScalar>(
  choleskyFactor factor: NDArray<Scalar>, _ b: NDArray<Scalar>
) throws -> NDArray<Scalar> {
  let y = try solveTriangular(.lower, factor, b)
  return try solveTriangular(.lower, factor, y, transposed: true)
}
