extension Tensor {
  /// Scaled dot-product attention, softmax(Q·Kᵀ / √d)·V (Vaswani et al. 2017, equation 1).
  ///
  /// - Parameters:
  ///   - queries: … × m × d.
  ///   - keys: … × n × d, with the same leading axes.
  ///   - values: … × n × e.
  ///   - bias: Added before the softmax, for example a mask of large negative numbers; broadcast.
  /// - Returns: … × m × e.
  /// - Complexity: O(m · n · (d + e)) time for each of the leading axes, and m · n numbers of memory.
  public static func attention(
    queries: Tensor, keys: Tensor, values: Tensor, bias: Tensor? = nil
  ) -> Tensor {
    let scale = 1 / Double(queries.shape[queries.rank - 1]).squareRoot()
    // The queries are the smaller to scale where there are many keys.
    let scores = product(queries.scaled(by: scale), keys, transposeB: true)
    return product((bias.map { scores + $0 } ?? scores).softmax(), values)
  }
}
