internal import TencaNeural
internal import TencaNumerics

/// A variational autoencoder: 784-400-20 of dense layers, or of convolutions on 128 × 64 spectrograms.
struct AutoencoderNetwork: Network {
  var encoder: [Convolution2D] = []
  var dense: [Linear] = []
  var mean: Linear
  var logVariance: Linear
  var expansion: Linear
  var decoder: [Convolution2D] = []
  var output: [Linear] = []

  /// Of dense layers.
  init(pixels: Int, hidden: Int, latent: Int, _ random: inout RandomStream) {
    dense = [Linear(pixels, hidden, activation: .relu, &random)]
    mean = Linear(hidden, latent, &random)
    logVariance = Linear(hidden, latent, &random)
    expansion = Linear(latent, hidden, activation: .relu, &random)
    output = [Linear(hidden, pixels, &random)]
  }

  /// Of convolutions, on 128 × 64 pixels.
  init(channels: [Int], latent: Int, _ random: inout RandomStream) {
    let features = channels.last! * 8 * 4
    let geometry = ConvolutionGeometry(stride: 2, padding: 1)
    for (inputs, outputs) in zip([1] + channels, channels) {
      encoder.append(
        Convolution2D(
          inputs, outputs, kernel: 4, geometry: geometry, activation: .relu, &random))
    }
    mean = Linear(features, latent, &random)
    logVariance = Linear(features, latent, &random)
    expansion = Linear(latent, features, activation: .relu, &random)
    let back = Array(channels.reversed())
    for (inputs, outputs) in zip(back, back.dropFirst() + [1]) {
      decoder.append(
        Convolution2D(
          inputs, outputs, kernel: 4, geometry: geometry, isTransposed: true,
          activation: outputs == 1 ? .identity : .relu, &random))
    }
  }

  /// Minus the evidence bound of a batch, a picture.
  mutating func loss(_ x: Tensor, _ pass: inout ForwardPass) -> Tensor {
    var h = x
    for index in encoder.indices { h = encoder[index](h, &pass) }
    h = h.reshaped([x.shape[0], -1])
    for index in dense.indices { h = dense[index](h, &pass) }
    let m = mean(h, &pass)
    let v = logVariance(h, &pass)
    let noise = Tensor(normal: m.shape, from: &pass.random)
    h = expansion(m + noise * (v * 0.5).exponential(), &pass)
    if !decoder.isEmpty { h = h.reshaped([x.shape[0], 8, 4, -1]) }
    for index in decoder.indices { h = decoder[index](h, &pass) }
    for index in output.indices { h = output[index](h, &pass) }
    return autoencoderLoss(h, x, mean: m, logVariance: v)
  }

  mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    for index in encoder.indices { try encoder[index].forEachTensor(path, body) }
    for index in dense.indices { try dense[index].forEachTensor(path, body) }
    try mean.forEachTensor(path, body)
    try logVariance.forEachTensor(path, body)
    try expansion.forEachTensor(path, body)
    for index in decoder.indices { try decoder[index].forEachTensor(path, body) }
    for index in output.indices { try output[index].forEachTensor(path, body) }
  }
}

/// A step of the dense autoencoder on `batch` rows of 784.
func denseAutoencoderStep(_ batch: Int) -> TrainingStep {
  var random = RandomStream(seed: 0)
  let network = AutoencoderNetwork(pixels: 784, hidden: 400, latent: 20, &random)
  return autoencoderStep(network, Tensor(uniform: [batch, 784], from: &random))
}

/// A step of the convolutional autoencoder on `batch` spectrograms.
func spectrogramAutoencoderStep(_ batch: Int) -> TrainingStep {
  var random = RandomStream(seed: 0)
  let network = AutoencoderNetwork(channels: [32, 64, 128, 256], latent: 64, &random)
  return autoencoderStep(network, Tensor(uniform: [batch, 128, 64, 1], from: &random))
}

private func autoencoderStep(_ start: AutoencoderNetwork, _ x: Tensor) -> TrainingStep {
  var network = start
  var optimizer = Optimizer(.adam(), rate: 1e-3)
  var pass = ForwardPass.training(RandomStream(seed: 1))
  return {
    let (_, slopes) = try network.lossAndGradients { $0.loss(x, &pass) }
    optimizer.update(&network, slopes)
  }
}

/// Bernoulli reconstruction plus Kullback-Leibler divergence, a picture (Kingma & Welling 2014).
private func autoencoderLoss(
  _ logits: Tensor, _ x: Tensor, mean: Tensor, logVariance: Tensor
) -> Tensor {
  let divergence = (logVariance + 1 - mean.squared() - logVariance.exponential()).sum() * -0.5
  return (logits.binaryCrossEntropy(x).sum() + divergence) / Double(x.shape[0])
}
