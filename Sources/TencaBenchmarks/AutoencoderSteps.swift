internal import TencaGenerative
internal import TencaNeural
internal import TencaNumerics

/// A step of the dense autoencoder 784-400-20 on `batch` pictures.
func denseAutoencoderStep(_ batch: Int) throws -> TrainingStep {
  try autoencoderStep(AutoencoderOptions(shape: .init(height: 28, width: 28, channels: 1)), batch)
}

/// A step of the convolutional autoencoder on `batch` spectrograms.
func spectrogramAutoencoderStep(_ batch: Int) throws -> TrainingStep {
  var options = AutoencoderOptions(shape: .init(height: 128, width: 64, channels: 1))
  options.architecture = .conv
  options.width = 32
  options.latentCount = 64
  return try autoencoderStep(options, batch)
}

private func autoencoderStep(_ options: AutoencoderOptions, _ batch: Int) throws -> TrainingStep {
  var random = RandomStream(seed: 0)
  var network = try Autoencoder(options, random: &random)
  let shape = options.shape
  let x = Tensor(uniform: [batch, shape.height, shape.width, shape.channels], from: &random)
  var optimizer = Optimizer(.adam(), rate: 1e-3)
  var pass = ForwardPass.training(RandomStream(seed: 1))
  return {
    let noise = Tensor(normal: [batch, options.latentCount], from: &pass.random)
    let (_, slopes) = try network.lossAndGradients {
      $0.loss(x, classes: nil, noise: noise, &pass).loss
    }
    optimizer.update(&network, slopes)
  }
}
