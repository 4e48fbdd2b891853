internal import TencaNeural
internal import TencaNumerics

/// Layers one after another; convolutions, norms and dense layers as the networks here need them.
struct StackedNetwork: Network {
  enum Part: Sendable {
    case dense(Linear)
    case convolution(Convolution2D)
    case norm(BatchNormalization)
    /// Rows become pictures of so many rows and columns.
    case pictures(Int, Int)
  }

  var parts: [Part]

  mutating func callAsFunction(_ x: Tensor, _ pass: inout ForwardPass) -> Tensor {
    var h = x
    for index in parts.indices {
      switch parts[index] {
      case .dense(let layer): h = layer(h.reshaped([x.shape[0], -1]), &pass)
      case .convolution(let layer): h = layer(h, &pass)
      case .norm(var layer):
        h = layer(h, &pass)
        parts[index] = .norm(layer)
      case .pictures(let height, let width): h = h.reshaped([x.shape[0], height, width, -1])
      }
    }
    return h
  }

  mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    for index in parts.indices {
      let part = parts[index]
      // Let go of the old value first, so that whoever changes a tensor holds it alone.
      parts[index] = .pictures(0, 0)
      switch consume part {
      case .dense(var layer):
        try layer.forEachTensor(path, body)
        parts[index] = .dense(layer)
      case .convolution(var layer):
        try layer.forEachTensor(path, body)
        parts[index] = .convolution(layer)
      case .norm(var layer):
        try layer.forEachTensor(path, body)
        parts[index] = .norm(layer)
      case .pictures(let height, let width): parts[index] = .pictures(height, width)
      }
    }
  }
}

extension StackedNetwork {
  private static let start = Initializer.normal(deviation: 0.02)
  private static let enlarging = ConvolutionGeometry(stride: 2, padding: 1)

  private static func convolution(
    _ inputs: Int, _ outputs: Int, geometry: ConvolutionGeometry = enlarging,
    transposed: Bool = false, bias: Bool = false,
    activation: Activation = .identity, _ random: inout RandomStream
  ) -> Part {
    .convolution(
      Convolution2D(
        inputs, outputs, kernel: 4, geometry: geometry, isTransposed: transposed, bias: bias,
        activation: activation, initializer: start, &random))
  }

  private static func norm(
    _ channels: Int, _ activation: Activation, _ random: inout RandomStream
  ) -> Part {
    .norm(
      BatchNormalization(
        channels, activation: activation, initializer: .normal(mean: 1, deviation: 0.02), &random))
  }

  /// 100 numbers of noise and 10 of a label to 28 × 28 pixels.
  static func smallGenerator(_ random: inout RandomStream) -> StackedNetwork {
    StackedNetwork(parts: [
      .dense(Linear(110, 128 * 49, bias: false, initializer: start, &random)), .pictures(7, 7),
      norm(128, .relu, &random), convolution(128, 64, transposed: true, &random),
      norm(64, .relu, &random),
      convolution(64, 1, transposed: true, bias: true, activation: .tanh, &random),
    ])
  }

  /// 28 × 28 pixels and 10 label planes to one number.
  static func smallDiscriminator(
    normalizes: Bool, _ random: inout RandomStream
  ) -> StackedNetwork {
    let leaky = Activation.leakyReLU(slope: 0.2)
    var parts = [
      convolution(11, 64, bias: true, activation: leaky, &random),
      convolution(64, 128, bias: !normalizes, activation: normalizes ? .identity : leaky, &random),
    ]
    if normalizes { parts.append(norm(128, leaky, &random)) }
    return StackedNetwork(
      parts: parts + [.dense(Linear(128 * 49, 1, initializer: start, &random))])
  }

  /// 100 numbers of noise to 64 × 64 pixels (Radford et al. 2016, with 32 channels at the top).
  static func deepGenerator(_ random: inout RandomStream) -> StackedNetwork {
    var parts: [Part] = [.pictures(1, 1)]
    for (inputs, outputs) in [(100, 256), (256, 128), (128, 64), (64, 32)] {
      let geometry = inputs == 100 ? ConvolutionGeometry() : enlarging
      parts.append(convolution(inputs, outputs, geometry: geometry, transposed: true, &random))
      parts.append(norm(outputs, .relu, &random))
    }
    return StackedNetwork(
      parts: parts + [convolution(32, 1, transposed: true, activation: .tanh, &random)])
  }

  /// 64 × 64 pixels to one number.
  static func deepDiscriminator(_ random: inout RandomStream) -> StackedNetwork {
    let leaky = Activation.leakyReLU(slope: 0.2)
    var parts = [convolution(1, 32, activation: leaky, &random)]
    for (inputs, outputs) in [(32, 64), (64, 128), (128, 256)] {
      parts.append(convolution(inputs, outputs, &random))
      parts.append(norm(outputs, leaky, &random))
    }
    return StackedNetwork(
      parts: parts + [convolution(256, 1, geometry: ConvolutionGeometry(), &random)])
  }
}
