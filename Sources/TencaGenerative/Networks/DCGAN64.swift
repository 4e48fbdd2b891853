public import TencaNeural
public import TencaNumerics

/// Makes pictures of 64 × 64 pixels from noise (Radford et al. 2016, figure 1).
///
/// The noise is one pixel of many channels; transposed convolutions make 4 × 4 of 8 · `width` channels
/// and then double the picture four times while they halve the channels.
public struct Generator64: Layer {
  /// How many numbers of noise make a picture.
  public let noiseCount: Int
  var convolutions: [Convolution2D] = []
  var normalizations: [BatchNormalization] = []

  /// A generator with random weights.
  ///
  /// - Parameter width: The channels before the last layer.
  public init(noise: Int = 100, width: Int = 32, channels: Int = 1, _ random: inout RandomStream) {
    noiseCount = noise
    let counts = [noise, 8 * width, 4 * width, 2 * width, width, channels]
    for (stage, (inputs, outputs)) in zip(counts, counts.dropFirst()).enumerated() {
      let isLast = stage == counts.count - 2
      convolutions.append(
        Convolution2D(
          inputs, outputs, kernel: 4, geometry: stage == 0 ? .init() : DCGANStart.halving,
          isTransposed: true, bias: false, activation: isLast ? .tanh : .identity,
          initializer: DCGANStart.weights, &random))
      if isLast { break }
      normalizations.append(
        BatchNormalization(
          outputs, activation: .relu, initializer: DCGANStart.scales, &random))
    }
  }

  /// Pictures from noise.
  ///
  /// - Parameter noise: examples × ``noiseCount``.
  /// - Returns: examples × 64 × 64 × channels, between -1 and 1.
  public mutating func callAsFunction(_ noise: Tensor, _ pass: inout ForwardPass) -> Tensor {
    var x = noise.reshaped([noise.shape[0], 1, 1, noiseCount])
    for stage in convolutions.indices {
      x = convolutions[stage](x, &pass)
      if stage < normalizations.count { x = normalizations[stage](x, &pass) }
    }
    return x
  }

  /// Shows every tensor.
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try convolutions.forEachTensor(path + "convolutions.", body)
    try normalizations.forEachTensor(path + "norms.", body)
  }
}

/// Tells true pictures of 64 × 64 pixels from made ones: the generator's layers the other way round.
public struct Discriminator64: Layer {
  var convolutions: [Convolution2D] = []
  var normalizations: [BatchNormalization] = []

  /// A discriminator with random weights.
  ///
  /// - Parameter width: The channels behind the first layer.
  public init(width: Int = 32, channels: Int = 1, _ random: inout RandomStream) {
    let counts = [channels, width, 2 * width, 4 * width, 8 * width, 1]
    for (stage, (inputs, outputs)) in zip(counts, counts.dropFirst()).enumerated() {
      let isLast = stage == counts.count - 2
      convolutions.append(
        Convolution2D(
          inputs, outputs, kernel: 4, geometry: isLast ? .init() : DCGANStart.halving, bias: false,
          activation: stage == 0 ? .leakyReLU(slope: 0.2) : .identity,
          initializer: DCGANStart.weights, &random))
      if stage == 0 || isLast { continue }
      normalizations.append(
        BatchNormalization(
          outputs, activation: .leakyReLU(slope: 0.2), initializer: DCGANStart.scales, &random))
    }
  }

  /// A logit for each picture.
  ///
  /// - Parameter pictures: examples × 64 × 64 × channels, between -1 and 1.
  /// - Returns: One number an example, above 0 for true.
  public mutating func callAsFunction(_ pictures: Tensor, _ pass: inout ForwardPass) -> Tensor {
    var x = pictures
    for stage in convolutions.indices {
      x = convolutions[stage](x, &pass)
      // The first layer is not normalised, nor is the last.
      if normalizations.indices.contains(stage - 1) { x = normalizations[stage - 1](x, &pass) }
    }
    return x.reshaped([pictures.shape[0]])
  }

  /// Shows every tensor.
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try convolutions.forEachTensor(path + "convolutions.", body)
    try normalizations.forEachTensor(path + "norms.", body)
  }
}
