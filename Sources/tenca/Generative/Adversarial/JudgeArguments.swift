import ArgumentParser
internal import TencaGenerative

/// How discriminators learn, in games about data and about toys.
struct JudgeArguments: ParsableArguments {
  @Option(
    help: """
      Steps of the discriminator for one of the generator. Default: 1, of Wasserstein losses 5, of \
      wasserstein-gp about points 2.
      """)
  var criticSteps: Int?

  @Option(help: "Step size of the discriminator. Default: the generator's, of toys the toy's own.")
  var discriminatorRate: Double?

  @Option(
    help: """
      Step size of each further discriminator over that of the one before. Default: 1, on the ring of \
      toys 4.
      """)
  var rateSpread: Double?

  @Option(
    help: """
      Cut the discriminator's weights here. Default: 0.01 of wasserstein-clipping, of the ring 0.1, of \
      other points 0.3.
      """)
  var clipWeights: Double?

  @Option(
    help: """
      Weight of the gradient's penalty between true and made. Default: 10 of wasserstein-gp, about \
      points 0.1.
      """)
  var gradientPenalty: Double?

  @Option(help: "Weight of the penalty of the gradient at true examples, R1.")
  var r1 = 0.0

  @Option(help: "Deviation of noise on what the discriminator sees; it falls to 0 over the run.")
  var instanceNoise = 0.0

  /// Takes over what was given; the rest stays as the game wants it.
  func apply(to options: inout AdversarialOptions) {
    options.discriminatorRate = discriminatorRate ?? options.discriminatorRate
    options.discriminatorSteps = criticSteps ?? options.discriminatorSteps
    options.rateSpread = rateSpread ?? options.rateSpread
    options.weightLimit = clipWeights ?? options.weightLimit
    options.gradientPenalty = gradientPenalty ?? options.gradientPenalty
    options.realPenalty = r1
    options.instanceNoise = instanceNoise
  }
}
