/// Layer normalisation over the last axis: every row has its own mean and variance (Ba et al. 2016).
public struct LayerNormalization: Layer {
  /// γ, one a place of the row.
  public var scale: Tensor
  /// β, one a place of the row.
  public var shift: Tensor
  /// Added to variances.
  public let epsilon: Double
  /// Applied to the result.
  public let activation: Activation

  /// Normalises rows of `width` numbers.
  public init(_ width: Int, activation: Activation = .identity, epsilon: Double = 1e-5) {
    scale = Tensor(ones: [width])
    shift = Tensor(zeros: [width])
    (self.epsilon, self.activation) = (epsilon, activation)
  }

  /// … × width, normalised.
  public func callAsFunction(_ x: Tensor, _ pass: inout ForwardPass) -> Tensor {
    x.reshaped([-1, scale.count])
      .normalized(.groups(1), scale: scale, shift: shift, epsilon: epsilon, activation: activation)
      .0.reshaped(x.shape)
  }

  /// Shows scale and shift.
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try body(path + "weight", .parameter, &scale)
    try body(path + "bias", .parameter, &shift)
  }
}
