import TencaNumerics

@testable import TencaNeural

/// A dense variational autoencoder as in PyTorch's examples.
struct DenseVAE: Network {
  var encoder: Linear
  var mean: Linear
  var logVariance: Linear
  var decoder: Linear
  var output: Linear

  init(pixels: Int, hidden: Int, latent: Int) {
    var random = RandomStream(seed: 0)
    encoder = Linear(pixels, hidden, activation: .relu, &random)
    mean = Linear(hidden, latent, &random)
    logVariance = Linear(hidden, latent, &random)
    decoder = Linear(latent, hidden, activation: .relu, &random)
    output = Linear(hidden, pixels, &random)
  }

  func loss(_ x: Tensor, noise: Tensor) -> Tensor {
    var pass = ForwardPass.training(RandomStream(seed: 0))
    let h = encoder(x, &pass)
    let (mean, logVariance) = (mean(h, &pass), logVariance(h, &pass))
    let logits = output(decoder(drawn(mean, logVariance, noise), &pass), &pass)
    return bound(logits, x, mean, logVariance)
  }

  mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try encoder.forEachTensor(path + "encoder.", body)
    try mean.forEachTensor(path + "mean.", body)
    try logVariance.forEachTensor(path + "log_variance.", body)
    try decoder.forEachTensor(path + "decoder.", body)
    try output.forEachTensor(path + "output.", body)
  }
}

/// A convolutional variational autoencoder for pictures of one channel.
struct ConvolutionalVAE: Network {
  var encoder: [Convolution2D] = []
  var mean: Linear
  var logVariance: Linear
  var projection: Linear
  var decoder: [Convolution2D] = []

  init(channels: [Int], features: Int, latent: Int) {
    var random = RandomStream(seed: 0)
    let counts = [1] + channels
    for (inputs, outputs) in zip(counts, channels) {
      encoder.append(
        Convolution2D(
          inputs, outputs, kernel: 4, geometry: .init(stride: 2, padding: 1), activation: .relu,
          &random))
      decoder.insert(
        Convolution2D(
          outputs, inputs, kernel: 4, geometry: .init(stride: 2, padding: 1), isTransposed: true,
          activation: inputs == 1 ? .identity : .relu, &random), at: 0)
    }
    mean = Linear(features, latent, &random)
    logVariance = Linear(features, latent, &random)
    projection = Linear(latent, features, activation: .relu, &random)
  }

  func loss(_ x: Tensor, noise: Tensor) -> Tensor {
    var pass = ForwardPass.training(RandomStream(seed: 0))
    var h = x
    for layer in encoder { h = layer(h, &pass) }
    let shape = h.shape
    h = h.reshaped([shape[0], -1])
    let (mean, logVariance) = (mean(h, &pass), logVariance(h, &pass))
    h = projection(drawn(mean, logVariance, noise), &pass).reshaped(shape)
    for layer in decoder { h = layer(h, &pass) }
    return bound(h, x, mean, logVariance)
  }

  mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try encoder.forEachTensor(path + "encoder.", body)
    try mean.forEachTensor(path + "mean.", body)
    try logVariance.forEachTensor(path + "log_variance.", body)
    try projection.forEachTensor(path + "project.", body)
    try decoder.forEachTensor(path + "decoder.", body)
  }
}

/// A code from its distribution and noise.
private func drawn(_ mean: Tensor, _ logVariance: Tensor, _ noise: Tensor) -> Tensor {
  mean + noise * (logVariance * 0.5).exponential()
}

/// The mean of cross-entropy and divergence, a number an example.
private func bound(_ logits: Tensor, _ x: Tensor, _ mean: Tensor, _ logVariance: Tensor) -> Tensor {
  let error = logits.binaryCrossEntropy(x).sum()
  let divergence = (mean.squared() + logVariance.exponential() - logVariance - 1).sum() * 0.5
  return (error + divergence) / Double(x.shape[0])
}
