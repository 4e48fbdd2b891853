internal import CKernels

extension Tensor {
  /// The same storage under another shape, without history.
  func withShape(_ shape: [Int]) -> Tensor {
    precondition(shape.reduce(1, *) == count, "shape \(self.shape) cannot become \(shape)")
    return Tensor(shape: shape, precision: precision, storage: storage)
  }

  /// The same numbers in memory of their own.
  func copied() -> Tensor {
    let result = Tensor(uninitialized: shape, precision)
    withExtendedLifetime(storage) {
      result.pointer.copyMemory(from: pointer, byteCount: count * precision.size)
    }
    return result
  }

  /// The same numbers under another shape; one length may be -1 and follows from the others.
  ///
  /// - Complexity: O(1).
  public func reshaped(_ shape: [Int]) -> Tensor {
    var shape = shape
    if let open = shape.firstIndex(of: -1) {
      let known = shape.reduce(-1, *)
      precondition(known > 0 && count % known == 0, "shape \(self.shape) cannot become \(shape)")
      shape[open] = count / known
    }
    if shape == self.shape { return self }
    return withShape(shape).recorded(from: self) { step in [step.gradient.reshaped(self.shape)] }
  }

  /// Axes in another order: axis `i` of the result is axis `order[i]` of this tensor.
  ///
  /// - Complexity: O(count), a copy.
  public func permuted(_ order: [Int]) -> Tensor {
    precondition(order.sorted() == Array(0..<rank), "\(order) does not order the axes of \(shape)")
    if order == Array(0..<rank) { return self }
    let result = Tensor(uninitialized: order.map { shape[$0] }, precision)
    let steps = order.map { self.steps[$0] }
    let first = result.shape[0]
    let rest = result.count / max(first, 1)
    withExtendedLifetime(storage) {
      forEachPart(of: first, cost: rest * 2) { part in
        var shape = result.shape
        shape[0] = part.count
        tenca_tensor_copy_strided(
          precision.flag, pointer + part.lowerBound * steps[0] * precision.size,
          result.pointer + part.lowerBound * rest * precision.size, Int32(rank), shape, steps)
      }
    }
    return result.recorded(from: self) { step in
      var back = order
      for (index, axis) in order.enumerated() { back[axis] = index }
      return [step.gradient.permuted(back)]
    }
  }

  /// A matrix with rows and columns exchanged; of more axes the last two.
  public func transposed() -> Tensor {
    precondition(rank >= 2, "the transpose of a tensor with shape \(shape)")
    return permuted(Array(0..<rank - 2) + [rank - 1, rank - 2])
  }

  /// Part of an axis.
  ///
  /// - Complexity: O(count of the part), a copy.
  public func sliced(_ axis: Int, _ range: Range<Int>) -> Tensor {
    let axis = axis < 0 ? axis + rank : axis
    precondition(
      range.lowerBound >= 0 && range.upperBound <= shape[axis],
      "\(range) of axis \(axis) of a tensor with shape \(shape)")
    if range == 0..<shape[axis] { return self }
    let result = blocks(axis, range)
    let length = shape[axis]
    return result.recorded(from: self) { step in
      [step.gradient.padded(axis, before: range.lowerBound, after: length - range.upperBound)]
    }
  }

  /// Zeros before and behind an axis.
  ///
  /// - Complexity: O(count of the result).
  public func padded(_ axis: Int, before: Int, after: Int) -> Tensor {
    let axis = axis < 0 ? axis + rank : axis
    if before == 0 && after == 0 { return self }
    var shape = shape
    let range = before..<before + shape[axis]
    shape[axis] += before + after
    let result = Tensor(zeros: shape, precision: precision)
    result.write(self, axis, at: before)
    return result.recorded(from: self) { step in [step.gradient.sliced(axis, range)] }
  }

  /// Tensors one behind another along an axis.
  ///
  /// - Precondition: They agree in all other axes.
  public static func concatenated(_ parts: [Tensor], axis: Int) -> Tensor {
    let axis = axis < 0 ? axis + parts[0].rank : axis
    if parts.count == 1 { return parts[0] }
    var shape = parts[0].shape
    shape[axis] = parts.reduce(0) { $0 + $1.shape[axis] }
    let result = Tensor(uninitialized: shape, parts[0].precision)
    var ranges: [Range<Int>] = []
    for part in parts {
      var expected = shape
      expected[axis] = part.shape[axis]
      precondition(part.shape == expected, "shapes \(parts.map(\.shape)) along axis \(axis)")
      let start = ranges.last?.upperBound ?? 0
      result.write(part, axis, at: start)
      ranges.append(start..<start + part.shape[axis])
    }
    return result.recorded(from: parts) { [ranges] step in
      ranges.indices.map { step.wants[$0] ? step.gradient.sliced(axis, ranges[$0]) : nil }
    }
  }

  /// How far apart neighbours along each axis are.
  private var steps: [Int] {
    var steps = [Int](repeating: 1, count: rank)
    for axis in (0..<max(rank - 1, 0)).reversed() {
      steps[axis] = steps[axis + 1] * shape[axis + 1]
    }
    return steps
  }

  /// A copy of part of an axis.
  private func blocks(_ axis: Int, _ range: Range<Int>) -> Tensor {
    var shape = shape
    let inner = shape[(axis + 1)...].reduce(1, *)
    let outer = shape[..<axis].reduce(1, *)
    let row = shape[axis] * inner
    shape[axis] = range.count
    let result = Tensor(uninitialized: shape, precision)
    withExtendedLifetime(storage) {
      tenca_tensor_copy_strided(
        precision.flag, pointer + range.lowerBound * inner * precision.size, result.pointer, 2,
        [outer, range.count * inner], [row, 1])
    }
    return result
  }

  /// Writes a tensor into part of an axis, in place.
  private func write(_ part: Tensor, _ axis: Int, at start: Int) {
    let inner = shape[(axis + 1)...].reduce(1, *)
    let outer = shape[..<axis].reduce(1, *)
    withExtendedLifetime(part.storage) {
      tenca_tensor_write_strided(
        precision.flag, part.pointer, pointer + start * inner * precision.size, 2,
        [outer, part.shape[axis] * inner], [shape[axis] * inner, 1])
    }
  }
}
