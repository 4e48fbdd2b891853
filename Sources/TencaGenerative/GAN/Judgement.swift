internal import TencaNeural
internal import TencaNumerics

/// What a discriminator says of true and made examples, and what that costs it.
struct Judgement {
  /// Scores of true examples.
  let real: Tensor
  /// Scores of made examples.
  let fake: Tensor
  /// The loss of the game.
  let loss: Tensor
  /// Penalties of gradients, weighted; nil for none.
  let penalty: Tensor?
  /// The mean length of penalised gradients.
  let penalizedNorm: Double

  /// What is lowered.
  var total: Tensor { penalty.map { loss + $0 } ?? loss }

  /// Judges as many true examples as made ones, of the same classes.
  ///
  /// - Parameter network: A discriminator, watched where its gradient is wanted.
  init(
    _ options: AdversarialOptions, _ network: inout Discriminator, real: AdversarialGame.Batch,
    fake: AdversarialGame.Batch, _ chance: inout Chance
  ) {
    // R1 differentiates by the true examples that the loss looks at.
    let examples = options.realPenalty > 0 ? real.examples.watched() : real.examples
    let realScores = network(examples, labels: real.labels, &chance.pass)
    let fakeScores = network(fake.examples, labels: fake.labels, &chance.pass)
    (self.real, self.fake) = (realScores, fakeScores)
    loss = options.loss.ofDiscriminator(
      real: realScores, fake: fakeScores, smoothing: options.labelSmoothing)
    var (penalty, length): (Tensor?, Double) = (nil, 0)
    if options.gradientPenalty > 0 {
      let between = Self.between(real.examples, fake.examples, &chance).watched()
      let scores = network(between, labels: real.labels, &chance.pass)
      // Gulrajani et al. 2017, equation 3. The constant gives the root a slope at 0.
      let norm = (Self.squaredSlopes(scores, between) + 1e-12).squareRoot()
      penalty = (norm - 1).squared().mean() * options.gradientPenalty
      length = norm.mean().scalar
    }
    if options.realPenalty > 0 {
      // Mescheder et al. 2018, equation 9.
      let squares = Self.squaredSlopes(realScores, examples)
      let weighted = squares.mean() * (options.realPenalty / 2)
      penalty = penalty.map { $0 + weighted } ?? weighted
      if length == 0 { length = squares.detached().squareRoot().mean().scalar }
    }
    (self.penalty, penalizedNorm) = (penalty, length)
  }

  /// Adds what was measured to a round in which this is one of several judges.
  func add(to round: inout AdversarialGame.Round, _ loss: AdversarialLoss, share: Double) {
    let (real, fake) = (real.elements, fake.elements)
    let middle = loss.middle(real: real, fake: fake)
    round.discriminatorLoss += self.loss.scalar * share
    round.penalty += (penalty?.scalar ?? 0) * share
    round.penalizedNorm += penalizedNorm * share
    round.realAccuracy += Double(real.count { $0 > middle }) / Double(real.count) * share
    round.fakeAccuracy += Double(fake.count { $0 < middle }) / Double(fake.count) * share
  }

  /// The squared length of the gradient of every score by the examples it was given for.
  private static func squaredSlopes(_ scores: Tensor, _ examples: Tensor) -> Tensor {
    let slopes = gradients(
      of: scores, withRespectTo: [examples], differentiable: true)[0]
    return slopes.squared().reshaped([scores.shape[0], -1]).sum(over: [1])
  }

  /// Points on the way from each made example to a true one, one a pair.
  private static func between(
    _ real: Tensor, _ fake: Tensor, _ chance: inout Chance
  ) -> Tensor {
    let share = Tensor(
      uniform: [real.shape[0], 1, 1, 1], from: &chance.stream, precision: real.precision)
    return share * real.detached() + (1 - share) * fake.detached()
  }
}
