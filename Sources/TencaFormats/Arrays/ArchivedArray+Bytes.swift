import TencaNumerics

extension ArchivedArray {
  /// An array of whichever precision `array` has.
  init<Scalar: NumericScalar>(_ array: NDArray<Scalar>) {
    if let single = array as? NDArray<Float> {
      self = .float(single)
    } else {
      self = .double(array.converted())
    }
  }

  /// The bytes that one element takes.
  var elementSize: Int {
    switch self {
    case .float: 4
    case .double: 8
    }
  }

  /// The number of elements.
  var count: Int { shape.reduce(1, *) }

  /// The array with its axes in reverse order, in row-major order itself.
  func transposed() -> ArchivedArray {
    switch self {
    case .float(let array): .float(array.transposed().contiguous())
    case .double(let array): .double(array.transposed().contiguous())
    }
  }

  /// Calls `body` with the elements in row-major order, little end first.
  func withLittleEndianBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    switch self {
    case .float(let array): try array.withUnsafeBuffer { try body(littleEndianBytes(of: $0)) }
    case .double(let array): try array.withUnsafeBuffer { try body(littleEndianBytes(of: $0)) }
    }
  }
}
