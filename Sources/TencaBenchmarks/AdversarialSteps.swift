internal import TencaGenerative
internal import TencaNeural
internal import TencaNumerics

/// Two networks against each other, and what a step of their training needs.
private struct Adversaries<Generator: Network, Judge: Network> {
  /// Makes pictures of noise.
  typealias Making = (inout Generator, Tensor, inout ForwardPass) -> Tensor
  /// Gives each picture a number.
  typealias Judging = (inout Judge, Tensor, inout ForwardPass) -> Tensor
  /// What the judge is to minimise, from true and made pictures.
  typealias JudgeLoss = (inout Judge, _ x: Tensor, _ fake: Tensor, inout ForwardPass) -> Tensor

  var generator: Generator
  var judge: Judge
  var generatorOptimizer: Optimizer
  var judgeOptimizer: Optimizer
  var pass = ForwardPass.training(RandomStream(seed: 1))
  let x: Tensor
  let make: Making
  let score: Judging

  init(
    _ generator: Generator, _ judge: Judge, x: Tensor, rule: OptimizerRule, rate: Double,
    make: @escaping Making, score: @escaping Judging
  ) {
    (self.generator, self.judge, self.x) = (generator, judge, x)
    generatorOptimizer = Optimizer(rule, rate: rate)
    judgeOptimizer = Optimizer(rule, rate: rate)
    (self.make, self.score) = (make, score)
  }

  /// One step of each, with the same made pictures for both.
  mutating func step(judgeLoss: JudgeLoss, generatorLoss: (Tensor) -> Tensor) {
    let slopes = generatorSlopes(judgeLoss, generatorLoss)
    generatorOptimizer.update(&generator, slopes)
  }

  private mutating func generatorSlopes(
    _ judgeLoss: JudgeLoss, _ generatorLoss: (Tensor) -> Tensor
  ) -> [Tensor] {
    var watched = generator.watched()
    let noise = Tensor(normal: [x.shape[0], 100], from: &pass.random)
    let fake = make(&watched, noise, &pass)
    let (x, constant) = (x, fake.detached())
    let (_, slopes) = judge.lossAndGradients { judgeLoss(&$0, x, constant, &pass) }
    judgeOptimizer.update(&judge, slopes)
    let loss = generatorLoss(score(&judge, fake, &pass))
    generator.takeStatistics(from: watched)
    return gradients(of: loss, withRespectTo: watched.parameters)
  }

  /// A step in which the judge tells true from made and the generator wants to be taken for true.
  mutating func nonSaturatingStep() {
    let score = score
    step { judge, x, fake, pass in
      crossEntropy(score(&judge, x, &pass), 1) + crossEntropy(score(&judge, fake, &pass), 0)
    } generatorLoss: {
      crossEntropy($0, 1)
    }
  }
}

private func crossEntropy(_ logits: Tensor, _ truth: Double) -> Tensor {
  logits.binaryCrossEntropy(Tensor(repeating: truth, shape: logits.shape)).mean()
}

private func madeUp(_ batch: Int, _ size: Int, _ random: inout RandomStream) -> Tensor {
  Tensor(uniform: [batch, size, size, 1], in: -1..<1, from: &random)
}

/// The conditional networks for 28 × 28 pixels with made-up pictures of made-up classes.
private func conditionalPair(
  _ batch: Int, isNormalized: Bool, rule: OptimizerRule, rate: Double
) -> Adversaries<ConditionalGenerator28, ConditionalDiscriminator28> {
  var random = RandomStream(seed: 0)
  let generator = ConditionalGenerator28(&random)
  let judge = ConditionalDiscriminator28(isNormalized: isNormalized, &random)
  let x = madeUp(batch, 28, &random)
  let labels = (0..<batch).map { _ in random.integer(below: 10) }
  return Adversaries(generator, judge, x: x, rule: rule, rate: rate) {
    $0($1, labels: labels, &$2)
  } score: {
    $0($1, labels: labels, &$2)
  }
}

/// A step of the conditional DCGAN on 28 × 28 pixels.
func conditionalAdversaryStep(_ batch: Int) -> TrainingStep {
  var pair = conditionalPair(batch, isNormalized: true, rule: .adam(beta1: 0.5), rate: 2e-4)
  return { pair.nonSaturatingStep() }
}

/// A step of the DCGAN on 64 × 64 pixels.
func deepAdversaryStep(_ batch: Int) -> TrainingStep {
  var random = RandomStream(seed: 0)
  let (generator, judge) = (Generator64(&random), Discriminator64(&random))
  var pair = Adversaries<Generator64, Discriminator64>(
    generator, judge, x: madeUp(batch, 64, &random), rule: .adam(beta1: 0.5), rate: 2e-4
  ) {
    $0($1, &$2)
  } score: {
    $0($1, &$2)
  }
  return { pair.nonSaturatingStep() }
}

/// A step of a critic with gradient penalty (Gulrajani et al. 2017) and one of its generator.
func criticStep(_ batch: Int) -> TrainingStep {
  var pair = conditionalPair(
    batch, isNormalized: false, rule: .adam(beta1: 0, beta2: 0.9), rate: 1e-4)
  let score = pair.score
  return {
    pair.step { critic, x, fake, pass in
      let share = Tensor(uniform: [batch, 1, 1, 1], from: &pass.random)
      let between = (share * x + (1 - share) * fake).watched()
      let slope = gradients(
        of: score(&critic, between, &pass).sum(), withRespectTo: [between], differentiable: true)[0]
      let length = slope.squared().sum(over: [1, 2, 3]).squareRoot()
      let penalty = (length - 1).squared().mean() * 10
      return score(&critic, fake, &pass).mean() - score(&critic, x, &pass).mean() + penalty
    } generatorLoss: {
      -$0.mean()
    }
  }
}
