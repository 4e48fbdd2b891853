public import TencaNumerics

/// A dense layer: activation(x·Wᵀ + b).
public struct Linear: Layer {
  /// out × in.
  public var weight: Tensor
  /// out numbers; nil for none.
  public var bias: Tensor?
  /// Applied to the result.
  public let activation: Activation

  /// A layer from `inputs` to `outputs` numbers.
  public init(
    _ inputs: Int, _ outputs: Int, bias: Bool = true, activation: Activation = .identity,
    initializer: Initializer = .fanIn, _ random: inout RandomStream
  ) {
    weight = initializer.tensor([outputs, inputs], fanIn: inputs, fanOut: outputs, &random)
    self.bias =
      bias ? initializer.bias(outputs, fanIn: inputs, &random) : nil
    self.activation = activation
  }

  /// Rows of `in` numbers to rows of `out` numbers.
  public func callAsFunction(_ x: Tensor, _ pass: inout ForwardPass) -> Tensor {
    x.linear(weight, bias: bias, activation: activation)
  }

  /// Shows weight and bias.
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try body(path + "weight", .parameter, &weight)
    if bias != nil { try body(path + "bias", .parameter, &bias!) }
  }
}

extension Initializer {
  /// A layer's bias: like its weights where they depend on fan-in alone, else zeros.
  func bias(_ count: Int, fanIn: Int, _ random: inout RandomStream) -> Tensor {
    self == .fanIn
      ? tensor([count], fanIn: fanIn, fanOut: count, &random) : Tensor(zeros: [count])
  }
}
