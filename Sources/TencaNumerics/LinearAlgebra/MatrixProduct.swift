/// The product A·B of two matrices.
///
/// Transposed views and views of some rows or columns cost no copy.
///
/// - Parameters:
///   - a: m × k.
///   - b: k × n.
/// - Returns: m × n.
/// - Complexity: O(m·n·k), on one thread (OpenBLAS).
public func matrixProduct<Scalar: NumericScalar>(
  _ a: NDArray<Scalar>, _ b: NDArray<Scalar>
) -> NDArray<Scalar> {
  precondition(a.rank == 2 && b.rank == 2, "the product of shapes \(a.shape) and \(b.shape)")
  return NDArray(shape: [a.rows, b.columns]) { target in
    multiply(a, b, into: target, alpha: 1, beta: 0)
  }
}

/// C ← α·A·B + β·C, in the memory that C has.
///
/// - Parameters:
///   - a: m × k; transposed and sliced views cost no copy.
///   - b: k × n.
///   - c: m × n. What it held does not matter where `beta` is 0, not even NaN.
///   - alpha: The factor of the product.
///   - beta: The factor of what `c` held.
/// - Complexity: O(m·n·k), on one thread (OpenBLAS).
public func matrixProduct<Scalar: NumericScalar>(
  _ a: NDArray<Scalar>, _ b: NDArray<Scalar>, into c: inout NDArray<Scalar>, alpha: Scalar = 1,
  beta: Scalar = 0
) {
  precondition(
    a.rank == 2 && b.rank == 2 && c.shape == [a.rows, b.columns],
    "the product of shapes \(a.shape) and \(b.shape) into \(c.shape)")
  c.withUnsafeMutableBuffer { multiply(a, b, into: $0, alpha: alpha, beta: beta) }
}

private func multiply<Scalar: NumericScalar>(
  _ a: NDArray<Scalar>, _ b: NDArray<Scalar>, into target: UnsafeMutableBufferPointer<Scalar>,
  alpha: Scalar, beta: Scalar
) {
  let (m, n, k) = (a.rows, b.columns, a.columns)
  precondition(b.rows == k, "the product of shapes \(a.shape) and \(b.shape)")
  if target.isEmpty { return }
  // BLAS refuses matrices without columns.
  if k == 0 {
    for i in target.indices { target[i] = beta == 0 ? 0 : beta * target[i] }
    return
  }
  let (left, right) = (ProductOperand(a), ProductOperand(b))
  withExtendedLifetime((left, right)) {
    Scalar._gemm(
      transposeA: left.isTransposed, transposeB: right.isTransposed, m: m, n: n, k: k,
      alpha: alpha, a: left.base, lda: left.leadingDimension, b: right.base,
      ldb: right.leadingDimension, beta: beta, c: target.baseAddress!, ldc: n)
  }
}

/// A matrix as BLAS takes it: rows or columns without gaps, a fixed distance apart.
private struct ProductOperand<Scalar: NumericScalar> {
  private let array: NDArray<Scalar>
  let isTransposed: Bool
  let leadingDimension: Int

  var base: UnsafePointer<Scalar> { UnsafePointer(array.storage.base + array.offset) }

  init(_ matrix: NDArray<Scalar>) {
    let (rows, columns) = (matrix.rows, matrix.columns)
    // Where an axis has one index, its stride says nothing.
    let rowStride = rows == 1 ? columns : matrix.strides[0]
    let columnStride = columns == 1 ? rows : matrix.strides[1]
    if (columns == 1 || matrix.strides[1] == 1) && rowStride >= columns {
      (array, isTransposed, leadingDimension) = (matrix, false, rowStride)
    } else if (rows == 1 || matrix.strides[0] == 1) && columnStride >= rows {
      (array, isTransposed, leadingDimension) = (matrix, true, columnStride)
    } else {
      (array, isTransposed, leadingDimension) = (matrix.contiguous(), false, columns)
    }
  }
}

/// The scalar product Σ x·y of two vectors; views cost no copy.
///
/// - Complexity: O(count).
public func dot<Scalar: NumericScalar>(_ x: NDArray<Scalar>, _ y: NDArray<Scalar>) -> Scalar {
  precondition(x.rank == 1 && x.shape == y.shape, "dot of shapes \(x.shape) and \(y.shape)")
  return withExtendedLifetime((x, y)) {
    Scalar._dot(
      n: x.count, x: x.storage.base + x.offset, strideX: x.strides[0],
      y: y.storage.base + y.offset, strideY: y.strides[0])
  }
}

/// y ← α·x + y for two vectors, in the memory that y has.
///
/// - Complexity: O(count).
public func axpy<Scalar: NumericScalar>(
  _ alpha: Scalar, _ x: NDArray<Scalar>, into y: inout NDArray<Scalar>
) {
  precondition(x.rank == 1 && x.shape == y.shape, "axpy of shapes \(x.shape) and \(y.shape)")
  y.withUnsafeMutableBuffer { target in
    withExtendedLifetime(x) {
      Scalar._axpy(
        n: x.count, alpha: alpha, x: x.storage.base + x.offset, strideX: x.strides[0],
        y: target.baseAddress!, strideY: 1)
    }
  }
}
