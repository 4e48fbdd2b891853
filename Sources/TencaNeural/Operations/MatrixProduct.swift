internal import TencaNumerics

extension Tensor {
  /// The matrix product op(A)·op(B); of more than two axes one product for each of the leading ones.
  ///
  /// - Parameters:
  ///   - a: … × m × k, or … × k × m where `transposeA`.
  ///   - b: … × k × n, or … × n × k where `transposeB`, with the same leading axes.
  /// - Returns: … × m × n.
  /// - Complexity: O(m · n · k) for each product.
  public static func product(
    _ a: Tensor, _ b: Tensor, transposeA: Bool = false, transposeB: Bool = false
  ) -> Tensor {
    precondition(
      a.rank >= 2 && a.shape.dropLast(2) == b.shape.dropLast(2) && a.precision == b.precision,
      "a product of tensors with shapes \(a.shape) and \(b.shape)")
    let (rowsA, columnsA) = (a.shape[a.rank - 2], a.shape[a.rank - 1])
    let (rowsB, columnsB) = (b.shape[b.rank - 2], b.shape[b.rank - 1])
    let (m, k) = transposeA ? (columnsA, rowsA) : (rowsA, columnsA)
    let (depth, n) = transposeB ? (columnsB, rowsB) : (rowsB, columnsB)
    precondition(k == depth, "a product of tensors with shapes \(a.shape) and \(b.shape)")
    let batch = a.shape.dropLast(2).reduce(1, *)
    let result = Tensor(uninitialized: a.shape.dropLast(2) + [m, n], a.precision)
    let isRounded = a.precision == .single && ProductPrecision.current == .bfloat16
    if !isRounded
      || !OneDNN.multiplyBfloat16(transposeA, transposeB, count: batch, m, n, k, a, b, result)
    {
      let size = a.precision.size
      let left = isRounded ? a.roundedToBfloat16().storage : a.storage
      let right = isRounded ? b.roundedToBfloat16().storage : b.storage
      withExtendedLifetime((left, right)) {
        forEachProduct(batch, m * n * k) { index in
          multiply(
            a.precision, transposeA, transposeB, m, n, k, left.pointer + index * m * k * size,
            right.pointer + index * k * n * size, result.pointer + index * m * n * size)
        }
      }
    }
    return result.recorded(from: a, b) { step in
      let g = step.gradient
      let da =
        !step.wants[0]
        ? nil
        : transposeA
          ? product(b, g, transposeA: transposeB, transposeB: true)
          : product(g, b, transposeB: !transposeB)
      let db =
        !step.wants[1]
        ? nil
        : transposeB
          ? product(g, a, transposeA: true, transposeB: transposeA)
          : product(a, g, transposeA: !transposeA)
      return [da, db]
    }
  }

  /// Many small products run beside each other, a large one is split by the library itself.
  private static func forEachProduct(_ batch: Int, _ work: Int, _ body: (Int) -> Void) {
    if batch < NetworkThreads.count { return (0..<batch).forEach(body) }
    forEachPart(of: batch, cost: work / 16) { part in part.forEach(body) }
  }

  /// C = op(A)·op(B) of matrices without gaps.
  static func multiply(
    _ precision: Precision, _ transposeA: Bool, _ transposeB: Bool, _ m: Int, _ n: Int, _ k: Int,
    _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ c: UnsafeMutableRawPointer
  ) {
    if m == 0 || n == 0 { return }
    if k == 0 {
      c.initializeMemory(as: UInt8.self, repeating: 0, count: m * n * precision.size)
      return
    }
    OperationCount.add(multiplications: m * n * k)
    switch precision {
    case .single:
      let (a, b) = (a.assumingMemoryBound(to: Float.self), b.assumingMemoryBound(to: Float.self))
      let c = c.assumingMemoryBound(to: Float.self)
      if OneDNN.multiply(transposeA, transposeB, m, n, k, a, b, c) { return }
      Float._gemm(
        transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: 1, a: a,
        lda: transposeA ? m : k, b: b, ldb: transposeB ? k : n, beta: 0, c: c, ldc: n)
    case .double:
      Double._gemm(
        transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: 1,
        a: a.assumingMemoryBound(to: Double.self), lda: transposeA ? m : k,
        b: b.assumingMemoryBound(to: Double.self), ldb: transposeB ? k : n, beta: 0,
        c: c.assumingMemoryBound(to: Double.self), ldc: n)
    }
  }
}
