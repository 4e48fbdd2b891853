extension NDArray {
  /// The scalar at one index per axis.
  ///
  /// - Complexity: O(rank).
  @inlinable
  public subscript(indices: [Int]) -> Scalar {
    get { storage.base[position(of: indices)] }
    set {
      makeWritable()
      storage.base[position(of: indices)] = newValue
    }
  }

  @inlinable
  func position(of indices: [Int]) -> Int {
    precondition(indices.count == rank, "\(indices.count) indices for shape \(shape)")
    var result = offset
    for axis in 0..<rank {
      precondition(
        indices[axis] >= 0 && indices[axis] < shape[axis], "index \(indices) outside \(shape)")
      result += indices[axis] * strides[axis]
    }
    return result
  }

  /// The scalar at `index` of a vector.
  @inlinable
  public subscript(index: Int) -> Scalar {
    get {
      precondition(rank == 1 && index >= 0 && index < shape[0], "index outside the vector")
      return storage.base[offset + index * strides[0]]
    }
    set {
      makeWritable()
      precondition(rank == 1 && index >= 0 && index < shape[0], "index outside the vector")
      storage.base[offset + index] = newValue
    }
  }

  /// The scalar in `row` and `column` of a matrix.
  @inlinable
  public subscript(row: Int, column: Int) -> Scalar {
    get { storage.base[position(row: row, column: column)] }
    set {
      makeWritable()
      storage.base[position(row: row, column: column)] = newValue
    }
  }

  @inlinable
  func position(row: Int, column: Int) -> Int {
    precondition(
      rank == 2 && row >= 0 && row < shape[0] && column >= 0 && column < shape[1],
      "row or column outside the matrix")
    return offset + row * strides[0] + column * strides[1]
  }

  /// A view of the indices `range` along `axis`.
  ///
  /// - Complexity: O(rank); nothing is copied.
  public func slice(axis: Int, _ range: Range<Int>) -> NDArray {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= shape[axis],
      "slice \(range) outside axis \(axis) of shape \(shape)")
    var newShape = shape
    newShape[axis] = range.count
    return NDArray(
      storage: storage, offset: offset + range.lowerBound * strides[axis], shape: newShape,
      strides: strides)
  }

  /// A view at one `index` of `axis`, which disappears from the shape.
  public func select(axis: Int, _ index: Int) -> NDArray {
    precondition(
      index >= 0 && index < shape[axis], "index \(index) outside axis \(axis) of shape \(shape)")
    var newShape = shape
    var newStrides = strides
    newShape.remove(at: axis)
    newStrides.remove(at: axis)
    return NDArray(
      storage: storage, offset: offset + index * strides[axis], shape: newShape,
      strides: newStrides)
  }

  /// A view of row `index`: the first axis removed.
  public func row(_ index: Int) -> NDArray { select(axis: 0, index) }

  /// A view of column `index` of a matrix.
  public func column(_ index: Int) -> NDArray { select(axis: 1, index) }

  /// A view of the rows `range`.
  public func rows(_ range: Range<Int>) -> NDArray { slice(axis: 0, range) }

  /// A view of the columns `range` of a matrix.
  public func columns(_ range: Range<Int>) -> NDArray { slice(axis: 1, range) }

  /// A view with the axes in reverse order: a matrix's transpose.
  public func transposed() -> NDArray { permuted(Array((0..<rank).reversed())) }

  /// A view whose axis `i` is this array's axis `axes[i]`.
  public func permuted(_ axes: [Int]) -> NDArray {
    precondition(axes.sorted() == Array(0..<rank), "\(axes) is not an order of \(rank) axes")
    return NDArray(
      storage: storage, offset: offset, shape: axes.map { shape[$0] },
      strides: axes.map { strides[$0] })
  }

  /// The same scalars in row-major order under another shape.
  ///
  /// - Complexity: O(rank) when contiguous (a view), otherwise one copy.
  public func reshaped(_ newShape: [Int]) -> NDArray {
    precondition(
      newShape.reduce(1, *) == count, "\(count) scalars do not fill the shape \(newShape)")
    let source = contiguous()
    return NDArray(
      storage: source.storage, offset: source.offset, shape: newShape,
      strides: Self.rowMajorStrides(of: newShape))
  }

  /// Arrays joined along `axis`; all other axes must agree.
  ///
  /// - Complexity: O(total count).
  @inlinable
  public static func concatenated(_ parts: [NDArray], axis: Int = 0) -> NDArray {
    precondition(!parts.isEmpty, "nothing to concatenate")
    var shape = parts[0].shape
    shape[axis] = parts.reduce(0) { $0 + $1.shape[axis] }
    for part in parts {
      var other = part.shape
      other[axis] = shape[axis]
      precondition(other == shape, "shape \(part.shape) does not join \(parts[0].shape)")
    }
    let outer = shape[..<axis].reduce(1, *)
    return NDArray(shape: shape) { target in
      var position = 0
      let sources = parts.map { $0.contiguous() }
      for block in 0..<outer {
        for source in sources {
          let length = source.count / Swift.max(outer, 1)
          source.withUnsafeBuffer { buffer in
            for i in 0..<length { target[position + i] = buffer[block * length + i] }
          }
          position += length
        }
      }
    }
  }
}
