/// Exponentials, logarithms and their sums over whole arrays, at a fraction of a nanosecond a
/// number.
///
/// Errors stay below 2 units in the last place over the whole range, subnormal numbers included.
/// Infinities and NaN go through as IEEE 754 asks: `exp(-∞) = 0`, `log(0) = -∞`,
/// `log(x < 0) = NaN`. Processors of different families may differ in the last place.
public enum VectorMath {
  /// Writes the exponential of every number of `source` to `target`.
  ///
  /// - Parameters:
  ///   - source: The exponents.
  ///   - target: As many numbers; may be the memory of `source` itself.
  /// - Complexity: O(count).
  public static func exp<Scalar: NumericScalar>(
    _ source: UnsafeBufferPointer<Scalar>, into target: UnsafeMutableBufferPointer<Scalar>
  ) {
    precondition(source.count == target.count, "\(source.count) numbers into \(target.count)")
    guard let from = source.baseAddress, let to = target.baseAddress else { return }
    Scalar._exp(from, to, source.count)
  }

  /// Writes the natural logarithm of every number of `source` to `target`.
  ///
  /// - Parameters:
  ///   - source: The numbers.
  ///   - target: As many numbers; may be the memory of `source` itself.
  /// - Complexity: O(count).
  public static func log<Scalar: NumericScalar>(
    _ source: UnsafeBufferPointer<Scalar>, into target: UnsafeMutableBufferPointer<Scalar>
  ) {
    precondition(source.count == target.count, "\(source.count) numbers into \(target.count)")
    guard let from = source.baseAddress, let to = target.baseAddress else { return }
    Scalar._log(from, to, source.count)
  }

  /// The exponential of every scalar.
  ///
  /// - Complexity: O(count).
  public static func exp<Scalar: NumericScalar>(_ array: NDArray<Scalar>) -> NDArray<Scalar> {
    array.withUnsafeBuffer { source in
      NDArray(shape: array.shape) { exp(source, into: $0) }
    }
  }

  /// The natural logarithm of every scalar.
  ///
  /// - Complexity: O(count).
  public static func log<Scalar: NumericScalar>(_ array: NDArray<Scalar>) -> NDArray<Scalar> {
    array.withUnsafeBuffer { source in
      NDArray(shape: array.shape) { log(source, into: $0) }
    }
  }

  /// ln Σ exp(x), without overflow: the sum of numbers that are known by their logarithms.
  ///
  /// - Returns: -∞ for no numbers or -∞ alone, +∞ where one is +∞, NaN where one is NaN.
  /// - Complexity: O(count).
  public static func logSumExp<Scalar: NumericScalar>(
    _ values: UnsafeBufferPointer<Scalar>
  ) -> Scalar {
    guard let base = values.baseAddress else { return -.infinity }
    var result = Scalar.zero
    Scalar._logSumExpRows(base, &result, count: 1, width: values.count)
    return result
  }

  /// ``logSumExp(_:)`` of every row of a matrix.
  ///
  /// - Parameter logits: rows × columns.
  /// - Returns: One number a row.
  /// - Complexity: O(count).
  public static func logSumExpRows<Scalar: NumericScalar>(
    _ logits: NDArray<Scalar>
  ) -> NDArray<Scalar> {
    precondition(logits.rank == 2, "rows of an array with shape \(logits.shape)")
    return logits.withUnsafeBuffer { rows in
      NDArray(shape: [logits.rows]) { result in
        Scalar._logSumExpRows(
          rows.baseAddress!, result.baseAddress!, count: logits.rows, width: logits.columns)
      }
    }
  }

  /// Turns every row of a matrix into `exp(row - logSumExp(row))`: shares that sum to one.
  ///
  /// Elements that share an infinite maximum share their row equally, the limit of equal elements
  /// that grow without bound: a row of -∞ alone becomes uniform, and its sum is -∞.
  ///
  /// - Parameter logits: rows × columns, replaced by the shares.
  /// - Returns: ``logSumExp(_:)`` of every row as it was.
  /// - Complexity: O(count).
  public static func softmaxRows<Scalar: NumericScalar>(
    _ logits: inout NDArray<Scalar>
  ) -> NDArray<Scalar> {
    precondition(logits.rank == 2, "rows of an array with shape \(logits.shape)")
    let (count, width) = (logits.rows, logits.columns)
    return logits.withUnsafeMutableBuffer { rows in
      NDArray(shape: [count]) { result in
        Scalar._softmaxRows(rows.baseAddress!, result.baseAddress!, count: count, width: width)
      }
    }
  }
}
