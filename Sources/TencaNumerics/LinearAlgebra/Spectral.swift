/// The eigenvalues and eigenvectors of a symmetric matrix A = V·diag(λ)·Vᵀ.
public struct SymmetricEigen<Scalar: NumericScalar>: Sendable, Equatable {
  /// λ, n numbers, ascending.
  public let values: NDArray<Scalar>
  /// V, n × n: column j is the unit eigenvector of `values[j]`. Its sign is arbitrary.
  public let vectors: NDArray<Scalar>
}

/// The eigenvalues and eigenvectors of a symmetric matrix.
///
/// - Parameter a: n × n; only its lower triangle is read.
/// - Throws: ``LinearAlgebraError``: `notSquare`, `notFinite`, `noConvergence`.
/// - Complexity: O(n³) (LAPACK `syevd`).
public func symmetricEigen<Scalar: NumericScalar>(
  _ a: NDArray<Scalar>
) throws -> SymmetricEigen<Scalar> {
  let operation = "an eigenvalue decomposition"
  let order = try a.requireSquareAndFinite(operation)
  var vectors = a
  var values = NDArray<Scalar>(zeros: [order])
  if order == 0 { return SymmetricEigen(values: values, vectors: vectors) }
  var size = Int32(order)
  var info: Int32 = 0
  vectors.withUnsafeMutableBuffer { v in
    values.withUnsafeMutableBuffer { w in
      withWorkspace { work, workCount, integers, integerCount in
        var (workCount, integerCount) = (workCount, integerCount)
        Scalar._lapack.syevd(
          "V", "U", &size, v.baseAddress, &size, w.baseAddress, work, &workCount, integers,
          &integerCount, &info)
      }
    }
  }
  guard info == 0 else {
    throw LinearAlgebraError.noConvergence(operation: operation, shape: a.shape)
  }
  // LAPACK's columns are rows here.
  return SymmetricEigen(values: values, vectors: vectors.transposed())
}

/// The thin singular value decomposition A = U·diag(s)·Vᵀ of an m × n matrix, with k = min(m, n).
public struct SingularValueDecomposition<Scalar: NumericScalar>: Sendable, Equatable {
  /// U, m × k, orthonormal columns.
  public let leftVectors: NDArray<Scalar>
  /// s, k numbers, descending, none negative.
  public let values: NDArray<Scalar>
  /// Vᵀ, k × n, orthonormal rows.
  public let rightVectorsTransposed: NDArray<Scalar>
}

/// The thin singular value decomposition of a matrix.
///
/// - Parameter a: m × n.
/// - Throws: ``LinearAlgebraError``: `notFinite`, `noConvergence`.
/// - Complexity: O(m·n·min(m, n)) (LAPACK `gesdd`).
public func singularValueDecomposition<Scalar: NumericScalar>(
  _ a: NDArray<Scalar>
) throws -> SingularValueDecomposition<Scalar> {
  let operation = "a singular value decomposition"
  precondition(a.rank == 2, "\(operation) of an array with shape \(a.shape)")
  try a.requireFinite(operation)
  let (rows, columns) = (a.rows, a.columns)
  let least = min(rows, columns)
  var source = a
  var left = NDArray<Scalar>(zeros: [rows, least])
  var values = NDArray<Scalar>(zeros: [least])
  var right = NDArray<Scalar>(zeros: [least, columns])
  var info: Int32 = 0
  if least > 0 {
    var (m, n, k) = (Int32(columns), Int32(rows), Int32(least))
    source.withUnsafeMutableBuffer { x in
      left.withUnsafeMutableBuffer { u in
        values.withUnsafeMutableBuffer { s in
          right.withUnsafeMutableBuffer { vt in
            withWorkspace(integers: 8 * least) { work, workCount, integers, _ in
              var workCount = workCount
              // LAPACK sees Aᵀ = V·diag(s)·Uᵀ, so the two sets of vectors trade places.
              Scalar._lapack.gesdd(
                "S", &m, &n, x.baseAddress, &m, s.baseAddress, vt.baseAddress, &m,
                u.baseAddress, &k, work, &workCount, integers, &info)
            }
          }
        }
      }
    }
  }
  guard info == 0 else {
    throw LinearAlgebraError.noConvergence(operation: operation, shape: a.shape)
  }
  return SingularValueDecomposition(
    leftVectors: left, values: values, rightVectorsTransposed: right)
}
