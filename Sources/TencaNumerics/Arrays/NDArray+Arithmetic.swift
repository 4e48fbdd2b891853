extension NDArray {
  /// The array of `transform` applied to every scalar.
  @inlinable
  public func map<Result: NumericScalar>(_ transform: (Scalar) throws -> Result) rethrows
    -> NDArray<Result>
  {
    try withUnsafeBuffer { source in
      try NDArray<Result>(shape: shape) { target in
        for i in source.indices { target[i] = try transform(source[i]) }
      }
    }
  }

  /// The array of `combine` applied to the scalars of two arrays of one shape.
  @inlinable
  public func zipped(with other: NDArray, _ combine: (Scalar, Scalar) -> Scalar) -> NDArray {
    precondition(shape == other.shape, "shapes \(shape) and \(other.shape) differ")
    return withUnsafeBuffer { x in
      other.withUnsafeBuffer { y in
        NDArray(shape: shape) { target in
          for i in x.indices { target[i] = combine(x[i], y[i]) }
        }
      }
    }
  }

  /// The same numbers in another precision, rounded to nearest.
  @inlinable
  public func converted<Other: NumericScalar>(to type: Other.Type = Other.self) -> NDArray<Other> {
    if let same = self as? NDArray<Other> { return same }
    return map { Other($0) }
  }

  /// The elementwise sum.
  @inlinable
  public static func + (a: NDArray, b: NDArray) -> NDArray { a.zipped(with: b, +) }
  /// The elementwise difference.
  @inlinable
  public static func - (a: NDArray, b: NDArray) -> NDArray { a.zipped(with: b, -) }
  /// The elementwise product.
  @inlinable
  public static func * (a: NDArray, b: NDArray) -> NDArray { a.zipped(with: b, *) }
  /// The elementwise quotient.
  @inlinable
  public static func / (a: NDArray, b: NDArray) -> NDArray { a.zipped(with: b, /) }
  /// Every scalar times a number.
  @inlinable
  public static func * (a: NDArray, b: Scalar) -> NDArray { a.map { $0 * b } }
  /// Every scalar plus a number.
  @inlinable
  public static func + (a: NDArray, b: Scalar) -> NDArray { a.map { $0 + b } }

  /// The smallest and the largest scalar; nil when empty or when a scalar is NaN.
  ///
  /// - Complexity: O(count).
  @inlinable
  public func range() -> ClosedRange<Scalar>? {
    withUnsafeBuffer { buffer in
      guard var low = buffer.first, !low.isNaN else { return nil }
      var high = low
      for value in buffer {
        if value.isNaN { return nil }
        low = Swift.min(low, value)
        high = Swift.max(high, value)
      }
      return low...high
    }
  }

  /// The position, in row-major order, of the first scalar that is NaN or infinite.
  @inlinable
  public func firstNonFinite() -> Int? {
    withUnsafeBuffer { buffer in buffer.firstIndex { !$0.isFinite } }
  }
}
