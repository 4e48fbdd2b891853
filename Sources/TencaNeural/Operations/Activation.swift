internal import CKernels

/// A function of one number between layers. Layers that can, compute it along with their own result.
public enum Activation: Sendable, Hashable, Codable {
  /// x itself.
  case identity
  /// max(x, 0).
  case relu
  /// x above 0, `slope` · x below.
  case leakyReLU(slope: Double)
  /// The hyperbolic tangent.
  case tanh
  /// 1 / (1 + e⁻ˣ).
  case sigmoid
  /// x · sigmoid(x), also called swish (Elfwing et al. 2017).
  case silu
  /// ln(1 + eˣ).
  case softplus

  /// How kernels are told; nil for the identity.
  var operation: tenca_unary? {
    switch self {
    case .identity: nil
    case .relu: tenca_unary_relu
    case .leakyReLU: tenca_unary_leaky_relu
    case .tanh: tenca_unary_tanh
    case .sigmoid: tenca_unary_sigmoid
    case .silu: tenca_unary_silu
    case .softplus: tenca_unary_softplus
    }
  }

  /// The kernel that turns the gradient of the result into that of the argument.
  var gradientOperation: tenca_binary? {
    switch self {
    case .identity: nil
    case .relu: tenca_binary_relu_gradient
    case .leakyReLU: tenca_binary_leaky_relu_gradient
    case .tanh: tenca_binary_tanh_gradient
    case .sigmoid: tenca_binary_sigmoid_gradient
    case .silu: tenca_binary_silu_gradient
    case .softplus: tenca_binary_softplus_gradient
    }
  }

  /// The slope below 0 of the leaky ReLU; 0 elsewhere.
  var parameter: Double { if case .leakyReLU(let slope) = self { slope } else { 0 } }

  /// Whether the derivative follows from the result alone, so that the argument need not be kept.
  var needsOnlyResult: Bool { self != .silu && self != .softplus }

  /// The gradient of the argument from that of the result.
  ///
  /// - Parameter known: The result where ``needsOnlyResult``, otherwise the argument.
  func gradient(_ gradient: Tensor, _ known: Tensor) -> Tensor {
    guard let gradientOperation else { return gradient }
    if !gradient.isRecorded && !known.isRecorded {
      return Tensor.combined(gradientOperation, gradient, known, parameter)
    }
    switch self {
    case .identity: return gradient
    case .relu, .leakyReLU:
      let slope = Tensor.combined(
        gradientOperation, Tensor(ones: known.shape, precision: known.precision), known, parameter)
      return gradient * slope
    case .tanh: return gradient * (1 - known.squared())
    case .sigmoid: return gradient * (known * (1 - known))
    case .silu:
      let share = known.sigmoid()
      return gradient * (share + known * share * (1 - share))
    case .softplus: return gradient * known.sigmoid()
    }
  }
}

extension Tensor {
  /// A function applied to every number.
  public func activated(_ activation: Activation) -> Tensor {
    guard let operation = activation.operation else { return self }
    let result = mapped(operation, activation.parameter)
    if activation.needsOnlyResult {
      return result.recorded(from: self) { step in
        [activation.gradient(step.gradient, step.result(result))]
      }
    }
    return result.recorded(from: self) { step in [activation.gradient(step.gradient, self)] }
  }

  /// max(x, 0).
  public func relu() -> Tensor { activated(.relu) }

  /// x above 0, `slope` · x below.
  public func leakyReLU(slope: Double = 0.2) -> Tensor { activated(.leakyReLU(slope: slope)) }

  /// The hyperbolic tangent.
  public func tanh() -> Tensor { activated(.tanh) }

  /// 1 / (1 + e⁻ˣ).
  public func sigmoid() -> Tensor { activated(.sigmoid) }

  /// x · sigmoid(x).
  public func silu() -> Tensor { activated(.silu) }

  /// ln(1 + eˣ), without overflow.
  public func softplus() -> Tensor { activated(.softplus) }
}
