public import TencaNumerics

/// Batch normalisation with an activation in the same pass (Ioffe & Szegedy 2015).
///
/// In training the batch's own moments are used, and running ones are kept for later as PyTorch keeps
/// them: momentum 0.1, the running variance divided by the count less one.
public struct BatchNormalization: Layer {
  /// γ, one a channel.
  public var scale: Tensor
  /// β, one a channel.
  public var shift: Tensor
  /// Means for use after training.
  public var runningMean: Tensor
  /// Variances for use after training.
  public var runningVariance: Tensor
  /// The share that a batch has in the running moments.
  public let momentum: Double
  /// Added to variances.
  public let epsilon: Double
  /// Applied to the result.
  public let activation: Activation

  /// Normalises `channels` channels.
  public init(
    _ channels: Int, activation: Activation = .identity, momentum: Double = 0.1,
    epsilon: Double = 1e-5, initializer: Initializer = .constant(1), _ random: inout RandomStream
  ) {
    scale = initializer.tensor([channels], fanIn: channels, fanOut: channels, &random)
    shift = Tensor(zeros: [channels])
    runningMean = Tensor(zeros: [channels])
    runningVariance = Tensor(ones: [channels])
    (self.momentum, self.epsilon, self.activation) = (momentum, epsilon, activation)
  }

  /// Normalised channels, the last axis.
  public mutating func callAsFunction(_ x: Tensor, _ pass: inout ForwardPass) -> Tensor {
    guard pass.isTraining else {
      return x.normalized(
        mean: runningMean, variance: runningVariance, scale: scale, shift: shift,
        epsilon: epsilon, activation: activation)
    }
    let (result, moments) = x.normalized(
      .batch, scale: scale, shift: shift, epsilon: epsilon, activation: activation)
    let terms = Double(x.count / scale.count)
    let unbiased = terms > 1 ? terms / (terms - 1) : 1
    func moved(_ running: Tensor, _ found: [Double], _ factor: Double) -> Tensor {
      let old = running.elements
      return Tensor(
        zip(old, found).map { (1 - momentum) * $0 + momentum * factor * $1 },
        precision: running.precision)
    }
    runningMean = moved(runningMean, moments.mean, 1)
    runningVariance = moved(runningVariance, moments.variance, unbiased)
    return result
  }

  /// Shows scale and shift, and the running moments.
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try body(path + "weight", .parameter, &scale)
    try body(path + "bias", .parameter, &shift)
    try body(path + "running_mean", .statistic, &runningMean)
    try body(path + "running_var", .statistic, &runningVariance)
  }
}
