import TencaNumerics

/// The kinds of numbers that array files hold, and how each becomes an array.
///
/// Half-precision numbers become single precision; integers and truth values become double
/// precision, where integers beyond 2⁵³ are rounded to nearest.
enum ElementType: CaseIterable {
  case float16, bfloat16, float32, float64
  case int8, int16, int32, int64
  case uint8, uint16, uint32, uint64
  case bool

  /// The bytes that one number takes.
  var size: Int {
    switch self {
    case .int8, .uint8, .bool: 1
    case .float16, .bfloat16, .int16, .uint16: 2
    case .float32, .int32, .uint32: 4
    case .float64, .int64, .uint64: 8
    }
  }

  /// The number of elements of `shape`, or nil when their bytes cannot be counted in an `Int`.
  ///
  /// Axes of length 0 count as 1 meanwhile: the other axes of an empty array must be sane too, since
  /// strides are made of them.
  func elementCount(of shape: [Int]) -> Int? {
    var bytes = size
    for axis in shape {
      guard axis >= 0 else { return nil }
      let (product, overflow) = bytes.multipliedReportingOverflow(by: max(axis, 1))
      if overflow { return nil }
      bytes = product
    }
    return shape.contains(0) ? 0 : bytes / size
  }

  /// The array of `shape` that `bytes` hold in row-major order.
  ///
  /// - Precondition: `bytes` are as many as the elements of `shape` take.
  func array(_ bytes: UnsafeRawBufferPointer, shape: [Int], order: ByteOrder) -> ArchivedArray {
    func float<Raw: FixedWidthInteger>(_ convert: (Raw) -> Float) -> ArchivedArray {
      .float(load(bytes, shape: shape, order: order, convert))
    }
    func double<Raw: FixedWidthInteger>(_ convert: (Raw) -> Double) -> ArchivedArray {
      .double(load(bytes, shape: shape, order: order, convert))
    }
    return switch self {
    case .float16: float { Float(Float16(bitPattern: $0)) }
    // The upper half of a single-precision number.
    case .bfloat16: float { (raw: UInt16) in Float(bitPattern: UInt32(raw) << 16) }
    case .float32: float { Float(bitPattern: $0) }
    case .float64: double { Double(bitPattern: $0) }
    case .int8: double { (raw: Int8) in Double(raw) }
    case .int16: double { (raw: Int16) in Double(raw) }
    case .int32: double { (raw: Int32) in Double(raw) }
    case .int64: double { (raw: Int64) in Double(raw) }
    case .uint8: double { (raw: UInt8) in Double(raw) }
    case .uint16: double { (raw: UInt16) in Double(raw) }
    case .uint32: double { (raw: UInt32) in Double(raw) }
    case .uint64: double { (raw: UInt64) in Double(raw) }
    case .bool: double { (raw: UInt8) in raw == 0 ? 0 : 1 }
    }
  }

  private func load<Raw: FixedWidthInteger, Scalar: NumericScalar>(
    _ bytes: UnsafeRawBufferPointer, shape: [Int], order: ByteOrder, _ convert: (Raw) -> Scalar
  ) -> NDArray<Scalar> {
    NDArray(shape: shape) { target in
      precondition(bytes.count == target.count * MemoryLayout<Raw>.size, "bytes do not fill shape")
      for i in target.indices {
        let raw = bytes.loadUnaligned(fromByteOffset: i * MemoryLayout<Raw>.size, as: Raw.self)
        (target.baseAddress! + i).initialize(to: convert(Raw(raw: raw, order: order)))
      }
    }
  }
}
