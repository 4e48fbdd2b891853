internal import CKernels

extension Tensor {
  /// One operation on pairs of numbers, not recorded; shapes are broadcast.
  static func combined(
    _ operation: tenca_binary, _ a: Tensor, _ b: Tensor, _ parameter: Double = 0
  ) -> Tensor {
    precondition(a.precision == b.precision, "tensors of two precisions in one operation")
    let fit = Broadcast(a.shape, b.shape)
    let result = Tensor(uninitialized: fit.shape, a.precision)
    let axes = fit.axes
    guard result.count > 0 else { return result }
    let none = Broadcast.Axis(length: 1, steps: (0, 0))
    let inner = axes.last ?? none
    let outer = axes.count > 1 ? axes[axes.count - 2] : none
    let size = a.precision.size
    let plane = inner.length * outer.length
    let cost = operation.rawValue >= tenca_binary_tanh_gradient.rawValue ? 4 : 1

    func run(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ target: UnsafeMutableRawPointer) {
      // A single long axis is split by itself, otherwise the outer of two is.
      let splitsInner = outer.length == 1
      forEachPart(
        of: splitsInner ? inner.length : outer.length,
        cost: splitsInner ? cost : cost * inner.length
      ) { part in
        let walked = splitsInner ? inner.steps : outer.steps
        let start = part.lowerBound * size
        tenca_tensor_binary(
          operation, result.precision.flag, a + start * walked.a, b + start * walked.b,
          target + start * (splitsInner ? 1 : inner.length), splitsInner ? 1 : part.count,
          splitsInner ? part.count : inner.length, outer.steps.a, inner.steps.a, outer.steps.b,
          inner.steps.b, parameter)
      }
    }

    /// Walks the axes outside the two that the kernel takes.
    func walk(
      _ axis: Int, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer,
      _ target: inout UnsafeMutableRawPointer
    ) {
      if axis >= axes.count - 2 {
        run(a, b, target)
        target += plane * size
        return
      }
      for index in 0..<axes[axis].length {
        walk(
          axis + 1, a + index * axes[axis].steps.a * size, b + index * axes[axis].steps.b * size,
          &target)
      }
    }

    withExtendedLifetime((a.storage, b.storage)) {
      var target = result.pointer
      walk(0, a.pointer, b.pointer, &target)
    }
    return result
  }

  /// The sum of two tensors, number by number.
  public static func + (a: Tensor, b: Tensor) -> Tensor {
    combined(tenca_binary_add, a, b).recorded(from: a, b) { step in
      [
        step.wants[0] ? step.gradient.summed(to: a.shape) : nil,
        step.wants[1] ? step.gradient.summed(to: b.shape) : nil,
      ]
    }
  }

  /// The difference of two tensors, number by number.
  public static func - (a: Tensor, b: Tensor) -> Tensor {
    combined(tenca_binary_subtract, a, b).recorded(from: a, b) { step in
      [
        step.wants[0] ? step.gradient.summed(to: a.shape) : nil,
        step.wants[1] ? -step.gradient.summed(to: b.shape) : nil,
      ]
    }
  }

  /// The product of two tensors, number by number.
  public static func * (a: Tensor, b: Tensor) -> Tensor {
    combined(tenca_binary_multiply, a, b).recorded(from: a, b) { step in
      [
        step.wants[0] ? (step.gradient * b).summed(to: a.shape) : nil,
        step.wants[1] ? (step.gradient * a).summed(to: b.shape) : nil,
      ]
    }
  }

  /// The quotient of two tensors, number by number.
  public static func / (a: Tensor, b: Tensor) -> Tensor {
    combined(tenca_binary_divide, a, b).recorded(from: a, b) { step in
      let share = step.gradient / b
      return [
        step.wants[0] ? share.summed(to: a.shape) : nil,
        step.wants[1] ? -(share * (a / b)).summed(to: b.shape) : nil,
      ]
    }
  }

  /// The larger of two numbers; where they are equal the gradient goes to `a`.
  public static func maximum(_ a: Tensor, _ b: Tensor) -> Tensor {
    chosen(tenca_binary_maximum, a, b, second: combined(tenca_binary_greater, b, a))
  }

  /// The smaller of two numbers; where they are equal the gradient goes to `a`.
  public static func minimum(_ a: Tensor, _ b: Tensor) -> Tensor {
    chosen(tenca_binary_minimum, a, b, second: combined(tenca_binary_greater, a, b))
  }

  private static func chosen(
    _ operation: tenca_binary, _ a: Tensor, _ b: Tensor, second: Tensor
  ) -> Tensor {
    combined(operation, a, b).recorded(from: a, b) { step in
      [
        step.wants[0] ? (step.gradient * (1 - second)).summed(to: a.shape) : nil,
        step.wants[1] ? (step.gradient * second).summed(to: b.shape) : nil,
      ]
    }
  }

  /// 1 where a number is above its partner, 0 elsewhere; a constant.
  public static func greater(_ a: Tensor, _ b: Tensor) -> Tensor {
    combined(tenca_binary_greater, a, b)
  }

  /// 1 where two numbers are equal, 0 elsewhere; a constant.
  public static func equal(_ a: Tensor, _ b: Tensor) -> Tensor {
    combined(tenca_binary_equal, a, b)
  }

  /// Adds another tensor of the same shape in place.
  ///
  /// Only for whoever holds the numbers alone.
  mutating func add(_ other: Tensor, scale: Double) {
    let target = pointer
    withExtendedLifetime(other.storage) {
      forEachPart(of: count) { part in
        let start = part.lowerBound * precision.size
        tenca_tensor_accumulate(
          precision.flag, other.pointer + start, target + start, part.count, scale)
      }
    }
  }
}
