/// An n-dimensional array of floating-point numbers: the value that every module shares.
///
/// Row-major and 64-byte aligned. Rows, columns, slices, transposes and reshapes are views: they
/// share storage and copy nothing until one of the sharers is written to (copy on write), so an
/// array always behaves as a value.
///
/// ```swift
/// var frames = NDArray<Float>(zeros: [100, 13])     // frames × coefficients
/// frames[3, 0] = 1
/// let first = frames.column(0)                      // a view, no copy
/// let energy = first.elements.reduce(0, +)
/// ```
public struct NDArray<Scalar: NumericScalar>: Sendable {
  @usableFromInline var storage: AlignedStorage<Scalar>
  @usableFromInline var offset: Int

  /// The length of each axis; `[]` is a single number.
  public private(set) var shape: [Int]

  /// How far apart in memory two neighbours along each axis are, in scalars.
  public private(set) var strides: [Int]

  @usableFromInline
  init(storage: AlignedStorage<Scalar>, offset: Int, shape: [Int], strides: [Int]) {
    self.storage = storage
    self.offset = offset
    self.shape = shape
    self.strides = strides
  }

  /// Makes an array whose scalars `initialize` fills in, in row-major order.
  ///
  /// - Parameters:
  ///   - shape: The length of each axis, none negative.
  ///   - initialize: Receives uninitialised memory and must write every scalar of it.
  /// - Complexity: O(count).
  @inlinable
  public init(
    shape: [Int], initializingWith initialize: (UnsafeMutableBufferPointer<Scalar>) throws -> Void
  ) rethrows {
    precondition(shape.allSatisfy { $0 >= 0 }, "negative axis length in shape \(shape)")
    let count = shape.reduce(1, *)
    let storage = AlignedStorage<Scalar>(uninitializedCount: count)
    try initialize(UnsafeMutableBufferPointer(start: storage.base, count: count))
    self.init(
      storage: storage, offset: 0, shape: shape, strides: Self.rowMajorStrides(of: shape))
  }

  /// Makes an array filled with one value.
  @inlinable
  public init(repeating value: Scalar, shape: [Int]) {
    self.init(shape: shape) { $0.update(repeating: value) }
  }

  /// Makes an array of zeros.
  @inlinable
  public init(zeros shape: [Int]) {
    self.init(repeating: 0, shape: shape)
  }

  /// Makes an array from its elements in row-major order.
  ///
  /// - Precondition: `elements.count` is the product of `shape`.
  public init(_ elements: some Collection<Scalar>, shape: [Int]) {
    precondition(
      elements.count == shape.reduce(1, *),
      "\(elements.count) elements do not fill the shape \(shape)")
    self.init(shape: shape) { _ = $0.update(fromContentsOf: elements) }
  }

  /// Makes a one-dimensional array (a vector).
  public init(_ elements: some Collection<Scalar>) {
    self.init(elements, shape: [elements.count])
  }

  /// Makes a matrix from its rows.
  ///
  /// - Precondition: All rows are equally long.
  public init(rows: [[Scalar]]) {
    let width = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == width }, "rows of unequal length")
    self.init(rows.flatMap { $0 }, shape: [rows.count, width])
  }

  /// The identity matrix of `order` rows.
  public static func identity(_ order: Int) -> NDArray {
    var result = NDArray(zeros: [order, order])
    for i in 0..<order { result[i, i] = 1 }
    return result
  }

  @inlinable
  static func rowMajorStrides(of shape: [Int]) -> [Int] {
    var strides = [Int](repeating: 1, count: shape.count)
    for axis in stride(from: shape.count - 2, through: 0, by: -1) {
      strides[axis] = strides[axis + 1] * Swift.max(shape[axis + 1], 1)
    }
    return strides
  }
}

extension NDArray {
  /// The number of axes.
  @inlinable
  public var rank: Int { shape.count }

  /// The number of scalars.
  @inlinable
  public var count: Int { shape.reduce(1, *) }

  /// Whether the array holds no scalars.
  @inlinable
  public var isEmpty: Bool { shape.contains(0) }

  /// The number of rows of a matrix, or the length of any array's first axis.
  @inlinable
  public var rows: Int { shape[0] }

  /// The number of columns of a matrix.
  ///
  /// - Precondition: The array has two axes.
  @inlinable
  public var columns: Int {
    precondition(rank == 2, "columns of an array with shape \(shape)")
    return shape[1]
  }

  /// Whether the scalars lie in row-major order without gaps.
  @inlinable
  public var isContiguous: Bool {
    var expected = 1
    for axis in stride(from: rank - 1, through: 0, by: -1) {
      if shape[axis] != 1 && strides[axis] != expected { return isEmpty }
      expected *= shape[axis]
    }
    return true
  }

  /// All scalars in row-major order.
  ///
  /// - Complexity: O(count).
  @inlinable
  public var elements: [Scalar] { withUnsafeBuffer { Array($0) } }

  /// A copy whose scalars lie in row-major order without gaps; the array itself where they do.
  ///
  /// - Complexity: O(1) when already contiguous, otherwise O(count).
  @inlinable
  public func contiguous() -> NDArray {
    if isContiguous { return self }
    return NDArray(shape: shape) { target in
      var position = 0
      copyElements(axis: 0, from: offset, into: target, at: &position)
    }
  }

  @inlinable
  func copyElements(
    axis: Int, from start: Int, into target: UnsafeMutableBufferPointer<Scalar>,
    at position: inout Int
  ) {
    if axis == rank {
      target[position] = storage.base[start]
      position += 1
    } else if axis == rank - 1 {
      let step = strides[axis]
      for i in 0..<shape[axis] { target[position + i] = storage.base[start + i * step] }
      position += shape[axis]
    } else {
      for i in 0..<shape[axis] {
        copyElements(axis: axis + 1, from: start + i * strides[axis], into: target, at: &position)
      }
    }
  }

  /// Makes this value the only owner of contiguous storage, so that it may be written to.
  @inlinable
  mutating func makeWritable() {
    if isKnownUniquelyReferenced(&storage) && isContiguous { return }
    let source = contiguous()
    if source.storage !== storage {
      self = source
    } else {
      self = NDArray(shape: shape) { target in
        target.baseAddress!.update(from: storage.base + offset, count: target.count)
      }
    }
  }

  /// Calls `body` with the scalars in row-major order.
  ///
  /// - Complexity: O(1) when contiguous; otherwise one copy.
  @inlinable
  public func withUnsafeBuffer<Result>(
    _ body: (UnsafeBufferPointer<Scalar>) throws -> Result
  ) rethrows -> Result {
    let source = contiguous()
    return try withExtendedLifetime(source.storage) {
      try body(
        UnsafeBufferPointer(start: source.storage.base + source.offset, count: source.count))
    }
  }

  /// Calls `body` with the scalars in row-major order, to be changed in place.
  ///
  /// - Complexity: O(1) when the storage is contiguous and not shared; otherwise one copy.
  @inlinable
  public mutating func withUnsafeMutableBuffer<Result>(
    _ body: (UnsafeMutableBufferPointer<Scalar>) throws -> Result
  ) rethrows -> Result {
    makeWritable()
    return try body(UnsafeMutableBufferPointer(start: storage.base + offset, count: count))
  }
}

extension NDArray: Equatable {
  /// Whether shapes are equal and all scalars compare equal (so NaN differs from itself).
  @inlinable
  public static func == (a: NDArray, b: NDArray) -> Bool {
    a.shape == b.shape
      && a.withUnsafeBuffer { x in b.withUnsafeBuffer { y in x.elementsEqual(y) } }
  }
}
