internal import TencaNeural
internal import TencaNumerics

/// Two networks against each other, and what a step of their training needs.
private struct Adversaries {
  var generator: StackedNetwork
  var discriminator: StackedNetwork
  var generatorOptimizer: Optimizer
  var discriminatorOptimizer: Optimizer
  var pass = ForwardPass.training(RandomStream(seed: 1))
  let x: Tensor
  /// One row a picture; nil where there are no labels.
  let labels: Tensor?

  init(
    _ generator: StackedNetwork, _ discriminator: StackedNetwork, x: Tensor, labels: Tensor? = nil,
    rule: OptimizerRule, rate: Double
  ) {
    (self.generator, self.discriminator) = (generator, discriminator)
    generatorOptimizer = Optimizer(rule, rate: rate)
    discriminatorOptimizer = Optimizer(rule, rate: rate)
    (self.x, self.labels) = (x, labels)
  }

  /// One step of each, with the same made-up pictures for both.
  mutating func step(
    discriminatorLoss: (inout StackedNetwork, Tensor, inout ForwardPass, Tensor?) -> Tensor,
    generatorLoss: (Tensor) -> Tensor
  ) throws {
    let slopes = try generatorSlopes(discriminatorLoss, generatorLoss)
    generatorOptimizer.update(&generator, slopes)
  }

  private mutating func generatorSlopes(
    _ discriminatorLoss: (inout StackedNetwork, Tensor, inout ForwardPass, Tensor?) -> Tensor,
    _ generatorLoss: (Tensor) -> Tensor
  ) throws -> [Tensor] {
    var watched = generator.watched()
    let noise = Tensor(normal: [x.shape[0], 100], from: &pass.random)
    let code = labels.map { Tensor.concatenated([noise, $0], axis: 1) } ?? noise
    let fake = watched(code, &pass)
    let planes = labels.map {
      $0.reshaped([x.shape[0], 1, 1, 10]).broadcast(to: Array(x.shape.dropLast()) + [10])
    }
    let constant = fake.detached()
    let (_, slopes) = try discriminator.lossAndGradients {
      discriminatorLoss(&$0, constant, &pass, planes)
    }
    discriminatorOptimizer.update(&discriminator, slopes)
    let loss = generatorLoss(discriminator(labelled(fake, planes), &pass))
    generator.takeStatistics(from: watched)
    return gradients(of: loss, withRespectTo: watched.parameters)
  }
}

/// Pictures with label planes as further channels.
private func labelled(_ x: Tensor, _ planes: Tensor?) -> Tensor {
  planes.map { Tensor.concatenated([x, $0], axis: 3) } ?? x
}

private func crossEntropy(_ logits: Tensor, _ truth: Double) -> Tensor {
  logits.binaryCrossEntropy(Tensor(repeating: truth, shape: logits.shape)).mean()
}

private func madeUp(_ batch: Int, _ size: Int, _ random: inout RandomStream) -> Tensor {
  Tensor(uniform: [batch, size, size, 1], in: -1..<1, from: &random)
}

private func madeUpLabels(_ batch: Int, _ random: inout RandomStream) -> Tensor {
  .oneHot((0..<batch).map { _ in random.integer(below: 10) }, classes: 10)
}

/// A step of the conditional DCGAN on 28 × 28 pixels.
func conditionalAdversaryStep(_ batch: Int) -> TrainingStep {
  var random = RandomStream(seed: 0)
  let pair = Adversaries(
    .smallGenerator(&random), .smallDiscriminator(normalizes: true, &random),
    x: madeUp(batch, 28, &random), labels: madeUpLabels(batch, &random), rule: .adam(beta1: 0.5),
    rate: 2e-4)
  return nonSaturatingStep(pair)
}

/// A step of the DCGAN on 64 × 64 pixels.
func deepAdversaryStep(_ batch: Int) -> TrainingStep {
  var random = RandomStream(seed: 0)
  let pair = Adversaries(
    .deepGenerator(&random), .deepDiscriminator(&random), x: madeUp(batch, 64, &random),
    rule: .adam(beta1: 0.5), rate: 2e-4)
  return nonSaturatingStep(pair)
}

private func nonSaturatingStep(_ start: Adversaries) -> TrainingStep {
  var pair = start
  return {
    let x = pair.x
    try pair.step { network, fake, pass, planes in
      crossEntropy(network(labelled(x, planes), &pass), 1)
        + crossEntropy(network(labelled(fake, planes), &pass), 0)
    } generatorLoss: {
      crossEntropy($0, 1)
    }
  }
}

/// A step of a critic with gradient penalty (Gulrajani et al. 2017) and one of its generator.
func criticStep(_ batch: Int) -> TrainingStep {
  var random = RandomStream(seed: 0)
  var pair = Adversaries(
    .smallGenerator(&random), .smallDiscriminator(normalizes: false, &random),
    x: madeUp(batch, 28, &random), labels: madeUpLabels(batch, &random),
    rule: .adam(beta1: 0, beta2: 0.9), rate: 1e-4)
  return {
    let x = pair.x
    try pair.step { network, fake, pass, planes in
      let share = Tensor(uniform: [batch, 1, 1, 1], from: &pass.random)
      let between = (share * x + (1 - share) * fake).watched()
      let score = network(labelled(between, planes), &pass).sum()
      let slope = gradients(of: score, withRespectTo: [between], differentiable: true)[0]
      let length = slope.squared().sum(over: [1, 2, 3]).squareRoot()
      let penalty = (length - 1).squared().mean() * 10
      return network(labelled(fake, planes), &pass).mean()
        - network(labelled(x, planes), &pass).mean() + penalty
    } generatorLoss: {
      -$0.mean()
    }
  }
}
