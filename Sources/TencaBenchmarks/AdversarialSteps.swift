internal import TencaGenerative
internal import TencaNeural
internal import TencaNumerics

/// A step of the conditional DCGAN on 28 × 28 pixels.
func conditionalAdversaryStep(_ batch: Int) -> TrainingStep {
  gameStep(batch, side: 28, classes: 10, loss: .nonSaturating)
}

/// A step of the DCGAN on 64 × 64 pixels.
func deepAdversaryStep(_ batch: Int) -> TrainingStep {
  gameStep(batch, side: 64, classes: 0, loss: .nonSaturating)
}

/// A step of a critic with gradient penalty (Gulrajani et al. 2017) and one of its generator.
func criticStep(_ batch: Int) -> TrainingStep {
  gameStep(batch, side: 28, classes: 10, loss: .wassersteinPenalty)
}

/// A step of both sides, with made-up pictures of made-up classes.
private func gameStep(
  _ batch: Int, side: Int, classes: Int, loss: AdversarialLoss
) -> TrainingStep {
  var options = AdversarialOptions(
    shape: ExampleShape(height: side, width: side, channels: 1), loss: loss)
  options.classCount = classes
  var random = RandomStream(seed: 0)
  let pictures = Tensor(uniform: [batch, side, side, 1], in: -1..<1, from: &random)
  let labels = (0..<batch).map { _ in random.integer(below: max(classes, 1)) }
  let real = AdversarialGame.Batch(pictures, labels: classes > 0 ? labels : nil)
  // The options are the defaults, which are within their limits.
  var game = try! AdversarialGame(options, random: random)
  return {
    random = random.split(1)
    _ = try game.play(real, movesGenerator: true, random)
  }
}
