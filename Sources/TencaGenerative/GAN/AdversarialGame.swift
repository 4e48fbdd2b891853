public import TencaNeural
public import TencaNumerics

/// A generator and its discriminators, with the optimisers that move them.
///
/// A discriminator's step leaves the generator alone and the other way round: whoever does not move is a
/// constant, and no gradient by its weights is computed.
public struct AdversarialGame: Sendable {
  /// How both are built and play.
  public let options: AdversarialOptions
  /// Makes examples.
  public private(set) var generator: Generator
  /// Judge them; one unless there are several.
  public internal(set) var discriminators: [Discriminator]
  private var generatorOptimizer: Optimizer
  var discriminatorOptimizers: [Optimizer]

  /// Networks with random weights.
  ///
  /// - Throws: ``GenerativeError/invalidOption(name:value:limit:)``.
  public init(_ options: AdversarialOptions, random: RandomStream) throws {
    try options.check()
    self.options = options
    var own = random.split(0)
    generator = Generator(options, &own)
    discriminators = (0..<options.remedies.discriminatorCount).map { index in
      var own = random.split(UInt64(index + 1))
      return Discriminator(options, &own)
    }
    generatorOptimizer = Optimizer(options.rule, rate: options.generatorRate)
    discriminatorOptimizers = discriminators.indices.map { index in
      Optimizer(options.rule, rate: options.discriminatorRate(of: index))
    }
  }

  /// Examples with their classes.
  public struct Batch: Sendable {
    /// examples × height × width × channels.
    public var examples: Tensor
    /// One class an example; nil without classes.
    public var labels: [Int]?

    /// Puts them together.
    public init(_ examples: Tensor, labels: [Int]? = nil) {
      (self.examples, self.labels) = (examples, labels)
    }

    var count: Int { examples.shape[0] }
  }

  /// What was measured in a round.
  public struct Round: Sendable, Equatable {
    /// The mean loss of the discriminators, without penalties.
    public var discriminatorLoss = 0.0
    /// Penalties of gradients, weighted.
    public var penalty = 0.0
    /// The mean length of the gradients that were penalised; 0 where none were.
    public var penalizedNorm = 0.0
    /// The share of true examples that are taken for true.
    public var realAccuracy = 0.0
    /// The share of made examples that are taken for made.
    public var fakeAccuracy = 0.0
    /// The mean length of the discriminators' gradients.
    public var discriminatorGradient = 0.0
    /// The loss of the generator; nil where it did not move.
    public var generatorLoss: Double?
    /// The length of the generator's gradient; nil where it did not move.
    public var generatorGradient: Double?
  }

  /// One step of every discriminator, and one of the generator where it is its turn.
  ///
  /// - Parameters:
  ///   - real: True examples; those that do not fill a pack are left out.
  ///   - noiseLevel: The deviation of noise on what discriminators see.
  ///   - rateFactor: Multiplies the options' step sizes.
  ///   - movesGenerator: Whether the generator moves, too.
  ///   - random: Chance of this round.
  /// - Throws: `NeuralError.diverged` for a loss or a gradient that is not finite.
  public mutating func play(
    _ real: Batch, noiseLevel: Double = 0, rateFactor: Double = 1, movesGenerator: Bool,
    _ random: RandomStream
  ) throws -> Round {
    generatorOptimizer.rate = options.generatorRate * rateFactor
    for index in discriminators.indices {
      discriminatorOptimizers[index].rate = options.discriminatorRate(of: index) * rateFactor
    }
    var chance = Chance(random, noiseLevel: noiseLevel)
    let real = real.filling(packs: options.remedies.packSize)
    let noise = Tensor(normal: [real.count, options.noiseCount], from: &chance.stream)
    var round = Round()
    guard movesGenerator else {
      let made = withoutRecording { generator(noise, labels: real.labels, &chance.pass) }
      try moveDiscriminators(real, Batch(made, labels: real.labels), &chance, &round)
      return round
    }
    let slopes = try playBoth(real, noise, &chance, &round)
    round.generatorGradient = norm(of: slopes)
    generatorOptimizer.update(&generator, slopes)
    return round
  }

  /// The length of the gradient that the generator would move by, without a move of anybody.
  ///
  /// - Parameter count: The examples that are made for it.
  public func generatorGradient(_ count: Int, _ random: RandomStream) -> Double {
    var chance = Chance(random, noiseLevel: 0)
    var watched = generator.watched()
    let noise = Tensor(normal: [count, options.noiseCount], from: &chance.stream)
    let labels = options.classCount > 0 ? (0..<count).map { $0 % options.classCount } : nil
    let made = Batch(watched(noise, labels: labels, &chance.pass), labels: labels)
    let loss = generatorLoss(made, against: discriminators, &chance)
    return norm(of: gradients(of: loss, withRespectTo: watched.parameters))
  }

  /// The discriminators' step and the generator's gradient, both at the same made examples.
  private mutating func playBoth(
    _ real: Batch, _ noise: Tensor, _ chance: inout Chance, _ round: inout Round
  ) throws -> [Tensor] {
    var watched = generator.watched("generator.")
    let made = watched(noise, labels: real.labels, &chance.pass)
    try moveDiscriminators(real, Batch(made.detached(), labels: real.labels), &chance, &round)
    let fake = Batch(made, labels: real.labels)
    let loss =
      options.remedies.unrolledSteps == 0
      ? generatorLoss(fake, against: discriminators, &chance)
      : generatorLoss(fake, against: lookingAhead(real, fake, &chance), answering: real, &chance)
    round.generatorLoss = loss.scalar
    let slopes = try watched.finiteGradients(of: loss, "generator.")
    generator.takeStatistics(from: watched)
    return slopes
  }

  /// The generator's loss; of several discriminators the one that it deceives least counts most: the
  /// losses are weighted by their softmax (Durugkar et al. 2017, section 3.1.2).
  ///
  /// - Parameter real: The true examples that the judges learned from in answer to the made ones; nil for
  ///   judges who do not answer.
  private func generatorLoss(
    _ fake: Batch, against judges: [Discriminator], answering real: Batch? = nil,
    _ chance: inout Chance
  ) -> Tensor {
    let losses = judges.map { judge in
      var judge = judge
      let seen = chance.blurred(fake.examples)
      let loss = options.loss.ofGenerator(fake: judge(seen, labels: fake.labels, &chance.pass))
      guard let real else { return loss }
      // What the judge loses at true examples is the generator's gain (Metz et al. 2017, equation 8, has
      // the whole value of the game): without it, the generator would be content to have its answers
      // forget what is true.
      let scores = judge(chance.blurred(real.examples), labels: real.labels, &chance.pass)
      return loss - options.loss.ofDiscriminator(real: scores, smoothing: options.labelSmoothing)
    }
    if losses.count == 1 { return losses[0] }
    let all = Tensor.concatenated(losses.map { $0.reshaped([1]) }, axis: 0)
    return (all * all.detached().reshaped([1, losses.count]).softmax().reshaped([losses.count]))
      .sum()
  }

  /// A step of every discriminator.
  private mutating func moveDiscriminators(
    _ real: Batch, _ fake: Batch, _ chance: inout Chance, _ round: inout Round
  ) throws {
    let share = 1 / Double(discriminators.count)
    for index in discriminators.indices {
      let seen = (
        Batch(chance.blurred(real.examples), labels: real.labels),
        Batch(chance.blurred(fake.examples), labels: fake.labels)
      )
      var judgement: Judgement?
      let (_, slopes) = try discriminators[index].lossAndGradients(
        Self.prefix(index)
      ) { network in
        let found = Judgement(options, &network, real: seen.0, fake: seen.1, &chance)
        judgement = found
        return found.total
      }
      judgement?.add(to: &round, options.loss, share: share)
      round.discriminatorGradient += norm(of: slopes) * share
      discriminatorOptimizers[index].update(&discriminators[index], slopes)
      if options.weightLimit > 0 { discriminators[index].cutWeights(at: options.weightLimit) }
    }
  }
}

/// Where a round takes chance from.
struct Chance {
  /// Noise of examples and of what discriminators see.
  var stream: RandomStream
  /// How inputs go through layers.
  var pass: ForwardPass
  /// The deviation of noise on what discriminators see.
  let noiseLevel: Double

  init(_ random: RandomStream, noiseLevel: Double) {
    (stream, self.noiseLevel) = (random.split(0), noiseLevel)
    pass = .training(random.split(1))
  }

  /// Examples with noise on them.
  mutating func blurred(_ examples: Tensor) -> Tensor {
    if noiseLevel == 0 { return examples }
    return examples
      + Tensor(
        normal: examples.shape, deviation: noiseLevel, from: &stream,
        precision: examples.precision)
  }
}

extension AdversarialGame.Batch {
  /// The examples that fill packs.
  func filling(packs size: Int) -> Self {
    let whole = count - count % size
    if whole == count { return self }
    return Self(examples.sliced(0, 0..<whole), labels: labels.map { Array($0[..<whole]) })
  }
}

extension Network {
  /// Brings every weight between -limit and limit (Arjovsky et al. 2017, algorithm 1, line 7).
  mutating func cutWeights(at limit: Double) {
    forEachTensor("") { _, role, tensor in
      if role == .parameter { tensor = tensor.clamped(to: -limit...limit) }
    }
  }
}

extension AdversarialGame {
  /// Networks and moments, by name.
  func arrays() -> [String: ArchivedArray] {
    discriminators.indices.reduce(
      into: generator.arrays(with: generatorOptimizer, prefix: "generator.")
    ) { result, index in
      let own = discriminators[index].arrays(
        with: discriminatorOptimizers[index], prefix: Self.prefix(index))
      result.merge(own) { kept, _ in kept }
    }
  }

  /// Goes on where ``arrays()`` were taken.
  ///
  /// - Throws: `NeuralError`.
  mutating func load(
    _ arrays: [String: ArchivedArray], generatorSteps: Int, discriminatorSteps: Int
  ) throws {
    try generator.load(
      arrays, with: &generatorOptimizer, prefix: "generator.", steps: generatorSteps)
    for index in discriminators.indices {
      try discriminators[index].load(
        arrays, with: &discriminatorOptimizers[index], prefix: Self.prefix(index),
        steps: discriminatorSteps)
    }
  }

  /// What the names of a discriminator's tensors begin with.
  private static func prefix(_ index: Int) -> String { "discriminator\(index)." }
}
