internal import TencaNeural
public import TencaNumerics

/// A game about points of a known distribution: in seconds it shows whether a generator collapses.
public struct ToyExperiment: Sendable {
  /// What is to be imitated.
  public var distribution: ToyDistribution
  /// How it is played.
  public var options: AdversarialOptions
  /// The generator's steps, rounded up to whole passes over 50,000 points.
  public var steps: Int
  /// Points a step.
  public var batchSize: Int
  /// The decay of the moving average of the generator's weights; nil for none.
  public var average: Double?
  /// What first weights, points and noise depend on.
  public var seed: UInt64

  /// The points that are made to count modes.
  public static let scoredCount = 2500
  private static let trainingCount = 50_000

  /// An experiment.
  public init(
    _ distribution: ToyDistribution, _ options: AdversarialOptions, steps: Int,
    batchSize: Int = 128, average: Double? = nil, seed: UInt64
  ) {
    (self.distribution, self.options, self.steps) = (distribution, options, steps)
    (self.batchSize, self.average, self.seed) = (batchSize, average, seed)
  }

  /// The options of a dense game about points, which collapses without remedies.
  ///
  /// Ring: two hidden layers of 128 units, 64 numbers of noise, step sizes 1e-3 of the generator and
  /// 1e-4 of the discriminator, after Metz et al. (2017). Others: three hidden layers, 2 numbers of
  /// noise, which are bent into the plane more easily, and 2e-3 for both. Wasserstein: 1e-3 and 2e-3;
  /// with a penalty 2 critic steps and the weight 0.1, for points' slopes are far from 1 at first; with
  /// clipping weights within 0.1 on the ring, otherwise 0.3, for within 0.01 points all look alike.
  ///
  /// On the ring, of several discriminators each is four times as fast as the one before: all as slow
  /// as the first would all be late. Who looks ahead sees steps of 4e-4: shorter ones show too little.
  public static func options(
    _ distribution: ToyDistribution, _ loss: AdversarialLoss,
    _ remedies: AdversarialRemedies = .init()
  ) -> AdversarialOptions {
    var options = AdversarialOptions(
      shape: ExampleShape(height: 1, width: 1, channels: 2), architecture: .dense, loss: loss)
    options.remedies = remedies
    options.width = 128
    if remedies.discriminatorCount > 1, distribution == .ring { options.rateSpread = 4 }
    (options.hiddenLayers, options.noiseCount) = distribution == .ring ? (2, 64) : (3, 2)
    switch loss {
    case .wassersteinClipping:
      (options.generatorRate, options.discriminatorRate) = (1e-3, 2e-3)
      options.weightLimit = distribution == .ring ? 0.1 : 0.3
    case .wassersteinPenalty:
      (options.generatorRate, options.discriminatorRate) = (1e-3, 2e-3)
      (options.discriminatorSteps, options.gradientPenalty) = (2, 0.1)
    default:
      (options.generatorRate, options.discriminatorRate) =
        distribution == .ring
        ? (1e-3, remedies.unrolledSteps > 0 ? 4e-4 : 1e-4) : (2e-3, 2e-3)
    }
    return options
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// What was counted of ``points``.
    public let coverage: ModeCoverage
    /// Points that the generator makes: points × 2 numbers.
    public let points: [Double]
    /// The networks at the end, whose points are ``points`` over ``ToyDistribution/spread``.
    public let game: AdversarialGame
    let unit: Double
  }

  /// Plays to the end.
  ///
  /// - Throws: ``GenerativeError`` for options out of range, `NeuralError` where the game diverges, and
  ///   `CancellationError`.
  public func run(execution: Execution = .serial) throws -> Outcome {
    var random = RandomStream(seed: seed, stream: 0x746f_7973)
    let examples = try distribution.examples(
      Self.trainingCount, unit: distribution.spread, &random)
    var trainee = try AdversarialTrainee(
      options, examples, scaling: nil, averageDecay: average, seed: seed)
    try trainee.play(steps: steps, batchSize: batchSize, seed: seed, execution: execution)
    let noise = Tensor(normal: [Self.scoredCount, options.noiseCount], from: &random)
    let points = trainee.result.made(of: noise, classes: nil).scaled(by: distribution.spread)
      .elements
    return Outcome(
      coverage: ModeCoverage(of: points, in: distribution), points: points, game: trainee.game,
      unit: distribution.spread)
  }
}

extension ToyExperiment.Outcome {
  /// What the first discriminator says of points, for a picture of its field.
  ///
  /// - Parameter points: points × 2 numbers; where packs are judged, each is shown as a pack of copies.
  /// - Returns: One score a point.
  public func scores(ofPoints points: [Double]) -> [Double] {
    var network = game.discriminators[0]
    var pass = ForwardPass.inference
    let (count, pack) = (points.count / 2, game.options.remedies.packSize)
    let single = Tensor(points.map { $0 / unit }, shape: [count, 1, 1, 2])
    let shown =
      pack == 1
      ? single
      : single.reshaped([count, 1, 2]).broadcast(to: [count, pack, 2])
        .reshaped([count * pack, 1, 1, 2])
    return withoutRecording { network(shown, labels: nil, &pass) }.elements
  }
}
