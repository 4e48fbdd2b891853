public import TencaNumerics

/// An array left as it lies in a file, whose numbers are converted when they are asked for.
///
/// Opening one costs nothing where the file is mapped into memory, and a byte stays a byte: sixty
/// thousand pictures of 28 × 28 take 47 MB instead of 376 MB in double precision.
public struct StoredArray: Sendable {
  /// The length of each axis.
  public let shape: [Int]
  /// What messages call the array: its file, for a member of an NPZ file both names.
  public let path: String
  private let type: ElementType
  private let order: ByteOrder
  private let contents: Contents

  private enum Contents: Sendable {
    case file(FileBytes, start: Int)
    case bytes([UInt8], start: Int)
    case floats(NDArray<Float>)
  }

  /// An array whose elements begin at byte `start` of a file; the caller has made sure of its size.
  init(
    _ file: FileBytes, start: Int, type: ElementType, order: ByteOrder, shape: [Int], path: String
  ) {
    (self.type, self.order, self.shape, self.path) = (type, order, shape, path)
    contents = .file(file, start: start)
  }

  /// An array whose elements begin at place `start` of `bytes`; the caller has made sure of its size.
  init(
    _ bytes: [UInt8], start: Int, type: ElementType, order: ByteOrder, shape: [Int], path: String
  ) {
    (self.type, self.order, self.shape, self.path) = (type, order, shape, path)
    contents = .bytes(bytes, start: start)
  }

  /// Makes an array of bytes that are in memory.
  ///
  /// - Precondition: `bytes.count` is the product of `shape`.
  public init(_ bytes: [UInt8], shape: [Int], path: String) {
    precondition(
      bytes.count == shape.reduce(1, *), "\(bytes.count) bytes do not fill the shape \(shape)")
    self.init(bytes, start: 0, type: .uint8, order: .little, shape: shape, path: path)
  }

  /// Makes an array of numbers that are in memory.
  public init(_ array: NDArray<Float>, path: String) {
    (type, order, shape, self.path) = (.float32, .little, array.shape, path)
    contents = .floats(array.contiguous())
  }

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// Whether the elements are unsigned bytes, as those of pictures.
  public var holdsBytes: Bool { type == .uint8 }

  /// Whether the elements may be fractions, infinite or no numbers at all.
  public var holdsFloats: Bool {
    switch type {
    case .float16, .bfloat16, .float32, .float64: true
    default: false
    }
  }

  /// Whether the elements are read from the file when they are asked for, not held in memory.
  public var isMapped: Bool {
    if case .file = contents { true } else { false }
  }

  /// Writes a range of elements, counted in row-major order, in single precision: half precision and
  /// integers below 2²⁴ exactly, others rounded to nearest.
  ///
  /// - Parameters:
  ///   - range: The elements.
  ///   - target: Room for as many numbers; it may be uninitialised.
  /// - Complexity: O(range).
  public func copyElements(_ range: Range<Int>, into target: UnsafeMutableBufferPointer<Float>) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= count && target.count == range.count,
      "elements \(range) of \(count) for \(target.count) places")
    func copy(_ bytes: UnsafeRawBufferPointer, _ start: Int) {
      let first = start + range.lowerBound * type.size
      let last = start + range.upperBound * type.size
      type.convert(
        UnsafeRawBufferPointer(rebasing: bytes[first..<last]), order: order, into: target)
    }
    switch contents {
    case .file(let file, let start): file.withBytes { $0.withUnsafeBytes { copy($0, start) } }
    case .bytes(let bytes, let start): bytes.withUnsafeBytes { copy($0, start) }
    case .floats(let array):
      array.withUnsafeBuffer { _ = target.initialize(fromContentsOf: $0[range]) }
    }
  }

  /// The elements in single precision, in row-major order.
  public var elements: [Float] { elements(0..<count) }

  /// A range of elements in single precision; see ``copyElements(_:into:)``.
  public func elements(_ range: Range<Int>) -> [Float] {
    [Float](unsafeUninitializedCapacity: range.count) { target, written in
      copyElements(range, into: UnsafeMutableBufferPointer(rebasing: target[..<range.count]))
      written = range.count
    }
  }

  /// The first element, in row-major order, that is infinite or no number in single precision.
  ///
  /// - Complexity: O(count); O(1) for integers.
  public func firstNotFinite() -> (index: Int, value: Float)? {
    guard holdsFloats else { return nil }
    let block = 1 << 14
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: block) { room in
      for start in stride(from: 0, to: count, by: block) {
        let range = start..<min(start + block, count)
        let part = UnsafeMutableBufferPointer(rebasing: room[..<range.count])
        copyElements(range, into: part)
        if let place = part.firstIndex(where: { !$0.isFinite }) {
          return (start + place, part[place])
        }
      }
      return nil
    }
  }
}

extension ElementType {
  /// Converts every number of `bytes` to single precision.
  fileprivate func convert(
    _ bytes: UnsafeRawBufferPointer, order: ByteOrder,
    into target: UnsafeMutableBufferPointer<Float>
  ) {
    func load<Raw: FixedWidthInteger>(_ convert: (Raw) -> Float) {
      for i in target.indices {
        let raw = bytes.loadUnaligned(fromByteOffset: i * MemoryLayout<Raw>.size, as: Raw.self)
        (target.baseAddress! + i).initialize(to: convert(Raw(raw: raw, order: order)))
      }
    }
    switch self {
    case .float16: load { Float(Float16(bitPattern: $0)) }
    // The upper half of a single-precision number.
    case .bfloat16: load { (raw: UInt16) in Float(bitPattern: UInt32(raw) << 16) }
    case .float32: load { Float(bitPattern: $0) }
    case .float64: load { Float(Double(bitPattern: $0)) }
    case .int8: load { (raw: Int8) in Float(raw) }
    case .int16: load { (raw: Int16) in Float(raw) }
    case .int32: load { (raw: Int32) in Float(raw) }
    case .int64: load { (raw: Int64) in Float(raw) }
    case .uint8: load { (raw: UInt8) in Float(raw) }
    case .uint16: load { (raw: UInt16) in Float(raw) }
    case .uint32: load { (raw: UInt32) in Float(raw) }
    case .uint64: load { (raw: UInt64) in Float(raw) }
    case .bool: load { (raw: UInt8) in raw == 0 ? 0 : 1 }
    }
  }
}
