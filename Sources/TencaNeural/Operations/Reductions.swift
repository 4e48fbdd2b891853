internal import CKernels

extension Tensor {
  /// Sums over axes, which are kept with the length 1 where `keepingAxes`.
  ///
  /// - Parameter axes: Axes, negative ones counted from the last; all where left out.
  /// - Complexity: O(count). Sums run in blocks, so the error hardly grows with the count.
  public func sum(over axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    let axes = resolved(axes)
    let kept = shape.enumerated().map { axes.contains($0.offset) ? 1 : $0.element }
    let shape =
      keepingAxes ? kept : self.shape.indices.filter { !axes.contains($0) }.map { kept[$0] }
    let result = reduced(over: axes, tenca_tensor_sum).withShape(shape)
    return result.recorded(from: self) { step in
      [step.gradient.reshaped(kept).broadcast(to: self.shape)]
    }
  }

  /// Means over axes.
  public func mean(over axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    let terms = resolved(axes).reduce(1) { $0 * shape[$1] }
    return sum(over: axes, keepingAxes: keepingAxes).scaled(by: 1 / Double(max(terms, 1)))
  }

  /// The largest number along an axis, which is kept with the length 1. A constant: its gradient is
  /// not recorded.
  func maximum(along axis: Int) -> Tensor {
    var shape = shape
    shape[axis] = 1
    return reduced(over: [axis], tenca_tensor_maximum).withShape(shape)
  }

  /// Sums what was broadcast, so that the shape becomes `shape` again.
  func summed(to shape: [Int]) -> Tensor {
    if shape == self.shape { return self }
    let lead = rank - shape.count
    let axes = self.shape.indices.filter {
      $0 < lead || (shape[$0 - lead] == 1 && self.shape[$0] != 1)
    }
    return sum(over: axes, keepingAxes: true).reshaped(shape)
  }

  /// Repeats numbers along axes of length 1, or new ones in front, to fill `shape`.
  public func broadcast(to shape: [Int]) -> Tensor {
    if shape == self.shape { return self }
    let frame = Broadcast(self.shape, shape)
    precondition(frame.shape == shape, "shape \(self.shape) does not fill \(shape)")
    let result = Tensor.repeated(self, shape)
    return result.recorded(from: self) { step in [step.gradient.summed(to: self.shape)] }
  }

  /// The numbers of `a` in the places of a larger shape.
  private static func repeated(_ a: Tensor, _ shape: [Int]) -> Tensor {
    let result = Tensor(uninitialized: shape, a.precision)
    // Along a repeated axis the same numbers are read again: its step is 0.
    let left = Array(repeating: 1, count: shape.count - a.rank) + a.shape
    var steps = [Int](repeating: 0, count: shape.count)
    var step = 1
    for axis in shape.indices.reversed() {
      steps[axis] = left[axis] == 1 ? 0 : step
      step *= left[axis]
    }
    withExtendedLifetime(a.storage) {
      tenca_tensor_copy_strided(
        a.precision.flag, a.pointer, result.pointer, Int32(shape.count), shape, steps)
    }
    return result
  }

  private func resolved(_ axes: [Int]?) -> [Int] {
    guard let axes else { return Array(0..<rank) }
    return axes.map { axis in
      let resolved = axis < 0 ? axis + rank : axis
      precondition(shape.indices.contains(resolved), "axis \(axis) of a tensor with shape \(shape)")
      return resolved
    }
  }

  private typealias Kernel = (
    Int32, UnsafeRawPointer?, UnsafeMutableRawPointer?, Int, Int, Int
  ) -> Void

  /// Reduces runs of neighbouring axes one after another, the last first; the shape is left to the
  /// caller.
  private func reduced(over axes: [Int], _ kernel: Kernel) -> Tensor {
    var current = detached()
    var axis = rank - 1
    while axis >= 0 {
      guard axes.contains(axis) else {
        axis -= 1
        continue
      }
      let last = axis
      while axis > 0, axes.contains(axis - 1) { axis -= 1 }
      let middle = current.shape[axis...last].reduce(1, *)
      let outer = current.shape[..<axis].reduce(1, *)
      let inner = current.shape[(last + 1)...].reduce(1, *)
      var shape = current.shape
      for reducedAxis in axis...last { shape[reducedAxis] = 1 }
      let next = Tensor(uninitialized: shape, precision)
      if outer == 1, inner > 1 || middle >= 1 << 17, middle > 1024,
        Double(middle) * Double(inner) > 1e5
      {
        current.reduceLong(middle, inner, into: next, kernel)
      } else {
        let size = precision.size
        withExtendedLifetime(current.storage) {
          forEachPart(of: outer, cost: middle * inner) { part in
            kernel(
              precision.flag, current.pointer + part.lowerBound * middle * inner * size,
              next.pointer + part.lowerBound * inner * size, part.count, middle, inner)
          }
        }
      }
      current = next
      axis -= 1
    }
    return current.storage === storage ? copied() : current
  }

  /// Reduces one long axis in sixteen parts, whose results are reduced in turn: the order is the same
  /// for any number of threads.
  private func reduceLong(_ middle: Int, _ inner: Int, into target: Tensor, _ kernel: Kernel) {
    let parts = 16
    let partial = Tensor(uninitialized: [parts, inner], precision)
    let size = precision.size
    withExtendedLifetime(storage) {
      forEachPart(of: parts, cost: middle * inner / parts) { range in
        for part in range {
          let first = middle * part / parts
          let end = middle * (part + 1) / parts
          kernel(
            precision.flag, pointer + first * inner * size, partial.pointer + part * inner * size,
            1,
            end - first, inner)
        }
      }
    }
    kernel(precision.flag, partial.pointer, target.pointer, 1, parts, inner)
  }
}
