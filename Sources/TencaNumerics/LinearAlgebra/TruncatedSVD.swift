/// The greatest singular values of a sparse matrix, and their vectors, by a randomised search for
/// the space that the matrix stretches most (N. Halko, P. Martinsson, J. Tropp, "Finding structure
/// with randomness", SIAM Review 53, 2011, algorithms 4.4 and 5.1).
///
/// Values that stand out from those behind them are as good as exact; the last ones of many alike
/// come out a little small. The entry of greatest magnitude in each right vector is positive.
///
/// - Parameters:
///   - a: m × n.
///   - rank: How many values to find; at most min(m, n) are there.
///   - oversampling: How many more directions are searched along. 10, as the paper advises.
///   - powerIterations: How often the directions are sent through Aᵀ and A to be sharpened. 5: the
///     singular values of documents fall off slowly, and fewer leave the last ones a few per cent
///     short.
///   - seed: The same seed gives the same vectors.
///   - execution: The same bytes come out on any number of threads.
/// - Returns: U, m × k, the values, and Vᵀ, k × n, for k = min(rank, m, n).
/// - Throws: ``LinearAlgebraError``: `notFinite`, `noConvergence`; `CancellationError`.
/// - Complexity: O(powerIterations · (entries · l + (m + n) · l²)) for l = rank + oversampling.
public func truncatedSVD(
  _ a: SparseMatrix, rank: Int, oversampling: Int = 10, powerIterations: Int = 5, seed: UInt64 = 0,
  execution: Execution = .serial
) throws -> SingularValueDecomposition<Double> {
  precondition(rank >= 1 && oversampling >= 0 && powerIterations >= 0, "rank \(rank) of an SVD")
  let least = min(a.rows, a.columns)
  let (kept, directions) = (min(rank, least), min(rank + oversampling, least))
  if kept == 0 {
    return SingularValueDecomposition(
      leftVectors: NDArray(zeros: [a.rows, 0]), values: NDArray(zeros: [0]),
      rightVectorsTransposed: NDArray(zeros: [0, a.columns]))
  }
  let transposed = a.transposed()
  var random = RandomStream(seed: seed)
  let start = NDArray<Double>(
    (0..<a.columns * directions).map { _ in random.normal() },
    shape: [a.columns, directions])
  var range = try orthonormalBasis(matrixProduct(a, start, execution: execution))
  for _ in 0..<powerIterations {
    // Made orthonormal each time, as otherwise all directions turn towards the first.
    let domain = try orthonormalBasis(matrixProduct(transposed, range, execution: execution))
    range = try orthonormalBasis(matrixProduct(a, domain, execution: execution))
  }
  // A ≈ Q·(Qᵀ·A), and what is in brackets is small enough to decompose.
  let small = try singularValueDecomposition(
    matrixProduct(transposed, range, execution: execution))
  var right = small.leftVectors.transposed().rows(0..<kept).contiguous()
  let signs = orientRows(of: &right)
  var left = matrixProduct(range, small.rightVectorsTransposed.rows(0..<kept).transposed())
  for column in signs.indices where signs[column] < 0 {
    for row in 0..<left.rows { left[row, column] = -left[row, column] }
  }
  return SingularValueDecomposition(
    leftVectors: left, values: small.values.slice(axis: 0, 0..<kept).contiguous(),
    rightVectorsTransposed: right)
}

/// Orthonormal columns that span what the columns of `matrix` do, or more.
private func orthonormalBasis(_ matrix: NDArray<Double>) throws -> NDArray<Double> {
  try singularValueDecomposition(matrix).leftVectors
}
