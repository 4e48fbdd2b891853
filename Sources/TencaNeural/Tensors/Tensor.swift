internal import CKernels
public import TencaNumerics

/// An n-dimensional array of numbers that remembers how it was made, so that results can be
/// differentiated by it.
///
/// Row-major without gaps. Pictures are images × height × width × channels: channels last, so that
/// what is done to every channel runs along memory. A tensor is a value; only an optimiser changes
/// one in place, and only where nobody else holds it.
///
/// What an operation needs for its gradient is kept only if one of its operands is watched
/// (``watched()``) or was itself made from a watched one.
///
/// ```swift
/// let x = Tensor([1, 2, 3]).watched()
/// let y = (x * x).sum()
/// gradients(of: y, withRespectTo: [x])[0].elements      // [2, 4, 6]
/// ```
///
/// Operations demand fitting shapes by precondition, as arrays demand valid indices.
public struct Tensor: Sendable {
  /// The length of each axis; `[]` is a single number.
  public let shape: [Int]
  /// The type of the numbers.
  public let precision: Precision
  var storage: TensorStorage
  /// How this tensor follows from watched ones; nil where it does not.
  let node: GraphNode?

  init(shape: [Int], precision: Precision, storage: TensorStorage, node: GraphNode? = nil) {
    self.shape = shape
    self.precision = precision
    self.storage = storage
    self.node = node
  }

  /// A tensor whose numbers are undefined until a kernel writes them.
  init(uninitialized shape: [Int], _ precision: Precision) {
    self.init(
      shape: shape, precision: precision,
      storage: TensorStorage(byteCount: shape.reduce(1, *) * precision.size))
  }

  /// The number of numbers.
  public var count: Int { shape.reduce(1, *) }

  /// The number of axes.
  public var rank: Int { shape.count }

  var pointer: UnsafeMutableRawPointer { storage.pointer }
}

extension Tensor {
  /// Makes a tensor filled with one value.
  public init(repeating value: Double, shape: [Int], precision: Precision = .single) {
    self.init(uninitialized: shape, precision)
    switch precision {
    case .single:
      pointer.assumingMemoryBound(to: Float.self).update(repeating: Float(value), count: count)
    case .double:
      pointer.assumingMemoryBound(to: Double.self).update(repeating: value, count: count)
    }
  }

  /// Makes a tensor of zeros.
  public init(zeros shape: [Int], precision: Precision = .single) {
    self.init(repeating: 0, shape: shape, precision: precision)
  }

  /// Makes a tensor of ones.
  public init(ones shape: [Int], precision: Precision = .single) {
    self.init(repeating: 1, shape: shape, precision: precision)
  }

  /// Makes a tensor whose numbers `initialize` writes, in row-major order and single precision.
  ///
  /// - Parameter initialize: Receives undefined memory and must write all of it.
  public init(
    shape: [Int], initializingWith initialize: (UnsafeMutableBufferPointer<Float>) throws -> Void
  ) rethrows {
    self.init(uninitialized: shape, .single)
    try initialize(
      UnsafeMutableBufferPointer(
        start: pointer.assumingMemoryBound(to: Float.self), count: count))
  }

  /// Makes a tensor from numbers in row-major order.
  ///
  /// - Parameter shape: The length of each axis; one axis where it is left out.
  /// - Precondition: The numbers fill the shape.
  public init(
    _ elements: some Collection<Double>, shape: [Int]? = nil, precision: Precision = .single
  ) {
    let shape = shape ?? [elements.count]
    self.init(uninitialized: shape, precision)
    precondition(elements.count == count, "\(elements.count) numbers do not fill \(shape)")
    switch precision {
    case .single:
      let target = pointer.assumingMemoryBound(to: Float.self)
      for (index, value) in elements.enumerated() { target[index] = Float(value) }
    case .double:
      let target = pointer.assumingMemoryBound(to: Double.self)
      for (index, value) in elements.enumerated() { target[index] = value }
    }
  }

  /// Makes a tensor from an array; a copy.
  public init<Scalar: NumericScalar>(_ array: NDArray<Scalar>) {
    self.init(uninitialized: array.shape, Scalar.self == Double.self ? .double : .single)
    array.withUnsafeBuffer { source in
      pointer.copyMemory(
        from: UnsafeRawPointer(source.baseAddress ?? UnsafePointer(bitPattern: 64)!),
        byteCount: count * precision.size)
    }
  }

  /// All numbers in row-major order, in double precision.
  ///
  /// - Complexity: O(count).
  public var elements: [Double] {
    withExtendedLifetime(storage) {
      switch precision {
      case .single:
        UnsafeBufferPointer(start: pointer.assumingMemoryBound(to: Float.self), count: count)
          .map(Double.init)
      case .double:
        Array(
          UnsafeBufferPointer(start: pointer.assumingMemoryBound(to: Double.self), count: count))
      }
    }
  }

  /// The number of a tensor that holds one.
  public var scalar: Double {
    precondition(count == 1, "one number is asked of a tensor with shape \(shape)")
    return withExtendedLifetime(storage) {
      precision == .single
        ? Double(pointer.load(as: Float.self)) : pointer.load(as: Double.self)
    }
  }

  /// Calls `body` with the numbers of a single-precision tensor.
  public func withUnsafeFloats<Result>(
    _ body: (UnsafeBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    precondition(precision == .single, "floats are asked of a tensor of doubles")
    return try withExtendedLifetime(storage) {
      try body(
        UnsafeBufferPointer(start: pointer.assumingMemoryBound(to: Float.self), count: count))
    }
  }

  /// The numbers as an array of the core, in single precision.
  public var floatArray: NDArray<Float> {
    let tensor = converted(to: .single)
    return tensor.withUnsafeFloats { floats in
      NDArray(shape: shape) { _ = $0.update(fromContentsOf: floats) }
    }
  }

  /// The same numbers in another precision, without their history.
  public func converted(to precision: Precision) -> Tensor {
    if precision == self.precision { return detached() }
    return Tensor(elements, shape: shape, precision: precision)
  }

  /// Whether no number is infinite or NaN.
  ///
  /// - Complexity: O(count).
  public var isFinite: Bool {
    withExtendedLifetime(storage) { tenca_tensor_is_finite(precision.flag, pointer, count) != 0 }
  }
}
