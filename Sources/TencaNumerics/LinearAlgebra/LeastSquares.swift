/// What ``leastSquares(_:_:relativeCutoff:)`` found.
public struct LeastSquaresSolution<Scalar: NumericScalar>: Sendable, Equatable {
  /// X, n × r, or n numbers where B was a vector.
  public let solution: NDArray<Scalar>
  /// The number of singular values above the cutoff; below n, X is the one of least norm.
  public let rank: Int
  /// The singular values of A, descending.
  public let singularValues: NDArray<Scalar>
}

/// The X that makes ‖A·X - B‖ least and, among those, has the least norm.
///
/// - Parameters:
///   - a: m × n, of any rank.
///   - b: m × r, or a vector of m.
///   - relativeCutoff: Singular values below this share of the largest count as zero; by default
///     the rounding error of the matrix, max(m, n) units in the last place.
/// - Throws: ``LinearAlgebraError``: `shapeMismatch`, `notFinite`, `noConvergence`.
/// - Complexity: O(m·n·min(m, n)) (LAPACK `gelsd`).
public func leastSquares<Scalar: NumericScalar>(
  _ a: NDArray<Scalar>, _ b: NDArray<Scalar>, relativeCutoff: Scalar? = nil
) throws -> LeastSquaresSolution<Scalar> {
  let operation = "least squares"
  precondition(a.rank == 2, "\(operation) of an array with shape \(a.shape)")
  try a.requireFinite(operation)
  let (rows, columns) = (a.rows, a.columns)
  let right = try b.asRightHandSide(operation, rows: rows, of: a.shape)
  let (width, least, most) = (right.columns, min(rows, columns), max(rows, columns))
  let resultShape = b.rank == 1 ? [columns] : [columns, width]
  var values = NDArray<Scalar>(zeros: [least])
  if least == 0 || width == 0 {
    return LeastSquaresSolution(
      solution: NDArray(zeros: resultShape), rank: 0, singularValues: values)
  }
  var matrix = a.transposed()  // row by row, what LAPACK reads column by column
  // B comes in and X goes out in the same columns, as long as the longer of the two.
  var target = NDArray<Scalar>.concatenated(
    [right.transposed(), NDArray(zeros: [width, most - rows])], axis: 1)
  var (m, n, r, longest) = (Int32(rows), Int32(columns), Int32(width), Int32(most))
  var cutoff = relativeCutoff ?? Scalar(most) * Scalar.ulpOfOne
  var rank: Int32 = 0
  var info: Int32 = 0
  matrix.withUnsafeMutableBuffer { x in
    target.withUnsafeMutableBuffer { y in
      values.withUnsafeMutableBuffer { s in
        withWorkspace { work, workCount, integers, _ in
          var workCount = workCount
          Scalar._lapack.gelsd(
            &m, &n, &r, x.baseAddress, &m, y.baseAddress, &longest, s.baseAddress, &cutoff,
            &rank, work, &workCount, integers, &info)
        }
      }
    }
  }
  guard info == 0 else {
    throw LinearAlgebraError.noConvergence(operation: operation, shape: a.shape)
  }
  return LeastSquaresSolution(
    solution: target.columns(0..<columns).transposed().reshaped(resultShape), rank: Int(rank),
    singularValues: values)
}
