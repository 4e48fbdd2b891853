/// Instance normalisation: every channel of every picture has its own mean and variance (Ulyanov et al.
/// 2016), in training and after it alike. Group normalisation with one channel a group.
public struct InstanceNormalization: Layer {
  private var groups: GroupNormalization

  /// γ, one a channel.
  public var scale: Tensor { groups.scale }
  /// β, one a channel.
  public var shift: Tensor { groups.shift }

  /// Normalises `channels` channels.
  public init(_ channels: Int, activation: Activation = .identity, epsilon: Double = 1e-5) {
    groups = GroupNormalization(
      channels, groups: channels, activation: activation, epsilon: epsilon)
  }

  /// Samples × … × channels, normalised.
  public func callAsFunction(_ x: Tensor, _ pass: inout ForwardPass) -> Tensor { groups(x, &pass) }

  /// Shows scale and shift.
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try groups.forEachTensor(path, body)
  }
}
