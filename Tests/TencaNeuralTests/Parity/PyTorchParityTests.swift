import TencaGenerative
import TencaNumerics
import Testing

@testable import TencaNeural

@Suite("one training step, as PyTorch takes it")
struct PyTorchParityTests {
  @Test("dense variational autoencoder", arguments: StepGolden.variants)
  func denseVAE(_ variant: StepGolden.Variant) throws {
    let golden = try StepGolden("vae-dense", variant)
    let network = DenseVAE(
      pixels: try golden.length("input.pictures", 1),
      hidden: try golden.length("network.initial.encoder.bias", 0),
      latent: try golden.length("input.noise", 1))
    try compareStep(golden, network, rate: 1e-3) { network, golden in
      network.loss(try golden.tensor("input.pictures"), noise: try golden.tensor("input.noise"))
    }
  }

  @Test("convolutional variational autoencoder", arguments: StepGolden.variants)
  func convolutionalVAE(_ variant: StepGolden.Variant) throws {
    let golden = try StepGolden("vae-convolutional", variant)
    let channels = try (0..<4).map { try golden.length("network.initial.encoder.\($0).bias", 0) }
    let network = ConvolutionalVAE(
      channels: channels, features: try golden.length("network.initial.project.bias", 0),
      latent: try golden.length("input.noise", 1))
    let flattened = [
      "mean.weight": FlattenedAxis(axis: 1, channels: channels[3]),
      "log_variance.weight": FlattenedAxis(axis: 1, channels: channels[3]),
      "project.weight": FlattenedAxis(axis: 0, channels: channels[3]),
      "project.bias": FlattenedAxis(axis: 0, channels: channels[3]),
    ]
    try compareStep(golden, network, flattened: flattened, rate: 1e-3) { network, golden in
      network.loss(try golden.pictures("input.pictures"), noise: try golden.tensor("input.noise"))
    }
  }

  @Test("diffusion U-net", arguments: StepGolden.variants)
  func diffusionUNet(_ variant: StepGolden.Variant) throws {
    let golden = try StepGolden("diffusion-unet", variant)
    var random = RandomStream(seed: 0)
    let network = DiffusionUNet(
      width: try golden.length("network.initial.input.bias", 0),
      time: try golden.length("network.initial.time1.bias", 0),
      groups: variant == .full ? 8 : 2, &random)
    let noisy = try golden.pictures("input.pictures")
    let noise = try golden.pictures("input.noise")
    let steps = try golden.labels("input.steps")
    try compareStep(golden, network, rate: 2e-4) { network, _ in
      var pass = ForwardPass.training(RandomStream(seed: 0))
      return (network(noisy, steps: steps, &pass) - noise).squared().mean()
    }
  }

  @Test("conditional DCGAN", arguments: StepGolden.variants)
  func conditionalDCGAN(_ variant: StepGolden.Variant) throws {
    let pair = try AdversarialPair("conditional-dcgan", variant, loss: .nonSaturating)
    try compareAdversarialStep(pair, labels: try pair.golden.labels("input.labels"))
  }

  @Test("DCGAN of 64 pixels", arguments: StepGolden.variants)
  func dcgan64(_ variant: StepGolden.Variant) throws {
    try compareAdversarialStep(try AdversarialPair(large: "dcgan64", variant), labels: nil)
  }

  @Test("Wasserstein GAN with gradient penalty", arguments: StepGolden.variants)
  func wassersteinGAN(_ variant: StepGolden.Variant) throws {
    var pair = try AdversarialPair("wgan-gp", variant, loss: .wassersteinPenalty)
    let golden = pair.golden
    let labels = try golden.labels("input.labels")
    let real = try golden.pictures("input.pictures")
    let share = try golden.tensor("input.share")
    var pass = ForwardPass.training(RandomStream(seed: 0))
    var rule = Optimizer(.adam(beta1: 0, beta2: 0.9), rate: 1e-4)
    var watched = pair.generator.watched()
    let fake = watched(try golden.tensor("input.noise"), labels: labels, &pass)
    var critic = pair.comparison("discriminator")
    let (loss, slopes) = try pair.discriminator.lossAndGradients { network in
      let made = fake.detached()
      let between = (real * share + made * (1 - share)).watched()
      let score = network(between, labels: labels, &pass)
      let slope = gradients(of: score, withRespectTo: [between], differentiable: true)[0]
      let length = slope.squared().sum(over: [1, 2, 3]).squareRoot()
      let difference =
        network(made, labels: labels, &pass).mean() - network(real, labels: labels, &pass).mean()
      return difference + (length - 1).squared().mean() * 10
    }
    try critic.step(&pair.discriminator, loss: loss, slopes, &rule)
    let lost = -pair.discriminator(fake, labels: labels, &pass).mean()
    var comparison = pair.comparison("generator")
    var generatorRule = Optimizer(.adam(beta1: 0, beta2: 0.9), rate: 1e-4)
    let down = gradients(of: lost, withRespectTo: watched.parameters)
    try comparison.step(&pair.generator, loss: lost, down, &generatorRule)
    try comparison.compareStatistics(watched)
    tell("wgan-gp", variant, critic.worst, comparison.worst)
  }

  /// One step of a single network.
  private func compareStep<N: Network>(
    _ golden: StepGolden, _ start: N, flattened: [String: FlattenedAxis] = [:], rate: Double,
    _ loss: (N, StepGolden) throws -> Tensor
  ) throws {
    var network = start
    var comparison = StepComparison(golden, "network", flattened: flattened)
    try comparison.load(&network)
    let (value, slopes) = try network.lossAndGradients { try loss($0, golden) }
    var rule = Optimizer(.adam(), rate: rate)
    try comparison.step(&network, loss: value, slopes, &rule)
    tell("\(N.self)", golden.variant, comparison.worst)
  }

  /// The discriminator's step, then the generator's.
  private func compareAdversarialStep(_ pair: AdversarialPair, labels: [Int]?) throws {
    var (generator, discriminator) = (pair.generator, pair.discriminator)
    var second = pair.comparison("generator")
    var first = pair.comparison("discriminator")
    let real = try pair.golden.pictures("input.pictures")
    var pass = ForwardPass.training(RandomStream(seed: 0))
    var watched = generator.watched()
    let fake = watched(try pair.golden.tensor("input.noise"), labels: labels, &pass)
    let (value, slopes) = try discriminator.lossAndGradients { network in
      AdversarialLoss.nonSaturating.ofDiscriminator(
        real: network(real, labels: labels, &pass),
        fake: network(fake.detached(), labels: labels, &pass))
    }
    var ruleD = Optimizer(.adam(beta1: 0.5), rate: 2e-4)
    try first.step(&discriminator, loss: value, slopes, &ruleD)
    let lost = AdversarialLoss.nonSaturating.ofGenerator(
      fake: discriminator(fake, labels: labels, &pass))
    let down = gradients(of: lost, withRespectTo: watched.parameters)
    var ruleG = Optimizer(.adam(beta1: 0.5), rate: 2e-4)
    try second.step(&generator, loss: lost, down, &ruleG)
    try first.compareStatistics(discriminator)
    try second.compareStatistics(watched)
    tell(pair.name, pair.golden.variant, first.worst, second.worst)
  }

  /// Prints the worst error of a large network, which is what one runs those for.
  private func tell(_ name: String, _ variant: StepGolden.Variant, _ errors: Double...) {
    if variant == .full { print("worst relative error of \(name): \(errors.max() ?? 0)") }
  }
}
