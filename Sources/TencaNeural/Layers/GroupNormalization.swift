/// Group normalisation with an activation in the same pass (Wu & He 2018): the channels of each sample in
/// groups, each group with its own mean and variance, in training and after it alike.
public struct GroupNormalization: Layer {
  /// γ, one a channel.
  public var scale: Tensor
  /// β, one a channel.
  public var shift: Tensor
  /// Into how many groups neighbouring channels are put.
  public let groups: Int
  /// Added to variances.
  public let epsilon: Double
  /// Applied to the result.
  public let activation: Activation

  /// Normalises `channels` channels in groups; one group takes all channels of a sample together.
  ///
  /// - Precondition: The groups divide the channels.
  public init(
    _ channels: Int, groups: Int, activation: Activation = .identity, epsilon: Double = 1e-5
  ) {
    precondition(groups > 0 && channels % groups == 0, "\(channels) channels in \(groups) groups")
    scale = Tensor(ones: [channels])
    shift = Tensor(zeros: [channels])
    (self.groups, self.epsilon, self.activation) = (groups, epsilon, activation)
  }

  /// Samples × … × channels, normalised.
  public func callAsFunction(_ x: Tensor, _ pass: inout ForwardPass) -> Tensor {
    x.normalized(
      .groups(groups), scale: scale, shift: shift, epsilon: epsilon, activation: activation
    ).0
  }

  /// Shows scale and shift.
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try body(path + "weight", .parameter, &scale)
    try body(path + "bias", .parameter, &shift)
  }
}
