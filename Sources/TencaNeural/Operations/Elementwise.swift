internal import CKernels

extension Tensor {
  /// One operation on every number, not recorded.
  func mapped(_ operation: tenca_unary, _ parameter: Double = 0) -> Tensor {
    let result = Tensor(uninitialized: shape, precision)
    // Operations with an exponential in them take several times longer.
    forEachPart(of: count, cost: 4) { part in
      let start = part.lowerBound * precision.size
      tenca_tensor_unary(
        operation, precision.flag, pointer + start, result.pointer + start, part.count, parameter)
    }
    return result
  }

  /// scale · x + shift, not recorded.
  private func mapped(scale: Double, shift: Double) -> Tensor {
    let result = Tensor(uninitialized: shape, precision)
    forEachPart(of: count) { part in
      let start = part.lowerBound * precision.size
      tenca_tensor_affine(
        precision.flag, pointer + start, result.pointer + start, part.count, scale, shift)
    }
    return result
  }

  /// Every number times `scale`, plus `shift`.
  public func scaled(by scale: Double, plus shift: Double = 0) -> Tensor {
    mapped(scale: scale, shift: shift)
      .recorded(from: self) { step in [step.gradient.scaled(by: scale)] }
  }

  /// eˣ.
  public func exponential() -> Tensor {
    let result = mapped(tenca_unary_exp)
    return result.recorded(from: self) { step in [step.gradient * step.result(result)] }
  }

  /// ln x; -∞ at 0 and NaN below.
  public func logarithm() -> Tensor {
    mapped(tenca_unary_log).recorded(from: self) { step in [step.gradient / self] }
  }

  /// √x; NaN below 0. The gradient at 0 is infinite.
  public func squareRoot() -> Tensor {
    let result = mapped(tenca_unary_sqrt)
    return result.recorded(from: self) { step in
      [step.gradient.scaled(by: 0.5) / step.result(result)]
    }
  }

  /// 1 / x.
  public func reciprocal() -> Tensor {
    let result = mapped(tenca_unary_reciprocal)
    return result.recorded(from: self) { step in
      [-(step.gradient * step.result(result).squared())]
    }
  }

  /// x².
  public func squared() -> Tensor {
    mapped(tenca_unary_square)
      .recorded(from: self) { step in [(step.gradient * self).scaled(by: 2)] }
  }

  /// |x|; the gradient at 0 is 0.
  public func absolute() -> Tensor {
    mapped(tenca_unary_absolute).recorded(from: self) { step in
      [step.gradient * self.mapped(tenca_unary_sign)]
    }
  }

  /// sin x.
  public func sine() -> Tensor {
    mapped(tenca_unary_sine).recorded(from: self) { step in [step.gradient * self.cosine()] }
  }

  /// cos x.
  public func cosine() -> Tensor {
    mapped(tenca_unary_cosine).recorded(from: self) { step in [-(step.gradient * self.sine())] }
  }

  /// Numbers outside the range are moved to its nearer bound; no gradient passes there.
  public func clamped(to range: ClosedRange<Double>) -> Tensor {
    let low = Tensor(repeating: range.lowerBound, shape: [], precision: precision)
    let high = Tensor(repeating: range.upperBound, shape: [], precision: precision)
    return Tensor.minimum(Tensor.maximum(self, low), high)
  }

  /// The same numbers with the sign turned.
  public static prefix func - (x: Tensor) -> Tensor { x.scaled(by: -1) }

  /// A number added to every one.
  public static func + (x: Tensor, shift: Double) -> Tensor { x.scaled(by: 1, plus: shift) }

  /// A number taken from every one.
  public static func - (x: Tensor, shift: Double) -> Tensor { x.scaled(by: 1, plus: -shift) }

  /// Every number taken from one.
  public static func - (shift: Double, x: Tensor) -> Tensor { x.scaled(by: -1, plus: shift) }

  /// Every number times another.
  public static func * (x: Tensor, scale: Double) -> Tensor { x.scaled(by: scale) }

  /// Every number times another.
  public static func * (scale: Double, x: Tensor) -> Tensor { x.scaled(by: scale) }

  /// Every number divided by another.
  public static func / (x: Tensor, divisor: Double) -> Tensor { x.scaled(by: 1 / divisor) }
}
