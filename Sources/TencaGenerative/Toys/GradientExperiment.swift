internal import TencaNeural
public import TencaNumerics

/// What a generator could learn from a discriminator that gets better and better while the generator
/// stands still: the length of its gradient, loss by loss.
///
/// Source: Arjovsky & Bottou 2017, Towards principled methods for training generative adversarial
/// networks, figure 2.
public struct GradientExperiment: Sendable {
  /// What is to be imitated.
  public var distribution: ToyDistribution
  /// The losses, each with a discriminator of its own.
  public var losses: [AdversarialLoss]
  /// The discriminator's steps.
  public var steps: Int
  /// Points a step.
  public var batchSize: Int
  /// What first weights, points and noise depend on.
  public var seed: UInt64

  /// An experiment.
  public init(
    _ distribution: ToyDistribution,
    losses: [AdversarialLoss] = [.minimax, .nonSaturating, .wassersteinPenalty], steps: Int = 2000,
    batchSize: Int = 256, seed: UInt64 = 1
  ) {
    (self.distribution, self.losses) = (distribution, losses)
    (self.steps, self.batchSize, self.seed) = (steps, batchSize, seed)
  }

  /// One loss's course.
  public struct Course: Sendable, Codable, Equatable {
    /// The loss.
    public let loss: AdversarialLoss
    /// The discriminator's steps before each measurement.
    public let steps: [Int]
    /// The length of the generator's gradient.
    public let gradient: [Double]
    /// The share of points that the discriminator tells right.
    public let accuracy: [Double]
  }

  /// How many points of a course are measured.
  private static let measurements = 60

  /// Trains the discriminators.
  ///
  /// - Throws: ``GenerativeError`` for options out of range, and `CancellationError`.
  public func run(execution: Execution = .serial) throws -> [Course] {
    try GenerativeError.require(steps >= 1, "steps", steps, "at least 1")
    return try losses.map { try course($0, execution) }
  }

  private func course(_ loss: AdversarialLoss, _ execution: Execution) throws -> Course {
    var options = ToyExperiment.options(distribution, loss)
    // One step size for all, so that what differs is the loss, and its paper's penalty.
    options.discriminatorRate = 1e-3
    if loss == .wassersteinPenalty { options.gradientPenalty = 10 }
    options.noiseCount = 16
    // Two layers' points lie close together at first, apart from all true ones: a discriminator can be
    // always right.
    (options.hiddenLayers, options.width) = (2, 128)
    var game = try AdversarialGame(options, random: RandomStream(seed: seed))
    let random = RandomStream(seed: seed, stream: 0x6772_6164)
    let every = max(steps / Self.measurements, 1)
    var (places, lengths, accuracies): ([Int], [Double], [Double]) = ([], [], [])
    for step in 0...steps {
      try execution.cancellation.check()
      execution.progress(.init(task: loss.rawValue, completed: step, total: steps))
      var own = random.split(UInt64(step))
      let real = AdversarialGame.Batch(
        try distribution.examples(batchSize, &own).tensor(0..<batchSize))
      let slope = step % every == 0 ? game.generatorGradient(batchSize, own.split(1)) : nil
      let round = try game.play(real, movesGenerator: false, own.split(2))
      if let slope {
        places.append(step)
        lengths.append(slope)
        accuracies.append((round.realAccuracy + round.fakeAccuracy) / 2)
      }
    }
    return Course(loss: loss, steps: places, gradient: lengths, accuracy: accuracies)
  }
}
