public import TencaNeural
public import TencaNumerics

/// A game on its way, with the true examples.
public struct AdversarialTrainee: Trainee {
  /// The networks so far.
  public private(set) var game: AdversarialGame
  /// The moving average of the generator's weights, where one is kept (Karras et al. 2018).
  public private(set) var average: Generator?
  /// What the same noise became at the beginning of every epoch: examples × height × width × channels.
  public private(set) var film: [Tensor] = []
  private let averageDecay: Double?
  private let examples: ExampleSet
  private let scaling: ExampleScaling?
  private let filmNoise: Tensor
  /// What the generator measured when it last moved.
  private var lastRound = AdversarialGame.Round()

  /// How many examples a film shows.
  public static let filmCount = 10

  /// Networks that have learned nothing yet.
  ///
  /// - Parameters:
  ///   - scaling: Brings examples to -1...1; nil for points, which stay as they are.
  ///   - averageDecay: The decay of the moving average of the generator's weights; nil for none.
  /// - Throws: ``GenerativeError/invalidOption(name:value:limit:)``.
  public init(
    _ options: AdversarialOptions, _ examples: ExampleSet, scaling: ExampleScaling?,
    averageDecay: Double? = nil, seed: UInt64
  ) throws {
    if let averageDecay {
      try GenerativeError.require(
        (0..<1).contains(averageDecay), "average", averageDecay, "at least 0 and below 1")
    }
    let random = RandomStream(seed: seed, stream: 0x6761_6d65)
    game = try AdversarialGame(options, random: random)
    self.averageDecay = averageDecay
    average = averageDecay == nil ? nil : game.generator
    (self.examples, self.scaling) = (examples, scaling)
    var own = random.split(.max)
    filmNoise = Tensor(normal: [Self.filmCount, options.noiseCount], from: &own)
  }

  /// What is used afterwards: the average where one is kept.
  public var result: Generator { average ?? game.generator }

  /// How many examples there are.
  public var exampleCount: Int { examples.count }

  /// A step of the discriminators, and one of the generator where it is its turn.
  public mutating func step(_ batch: [Int], _ moment: TrainingMoment) throws -> [TrainingMeasure] {
    let options = game.options
    if moment.epoch >= film.count { film.append(frame()) }
    // What is left at the end of an epoch may not fill a pack; it is repeated until it does.
    let batch = (0..<max(batch.count, options.remedies.packSize)).map { batch[$0 % batch.count] }
    let labels = options.classCount > 0 ? examples.labels.map { all in batch.map { all[$0] } } : nil
    let real = AdversarialGame.Batch(examples.tensor(batch, scaling), labels: labels)
    let left = 1 - Double(moment.step) / Double(max(moment.totalSteps, 1))
    let round = try game.play(
      real, noiseLevel: options.instanceNoise * left,
      rateFactor: options.isAnnealed ? left : 1,
      movesGenerator: (moment.step + 1) % options.discriminatorSteps == 0, moment.random)
    if round.generatorLoss != nil {
      if let averageDecay {
        average?.move(
          towards: game.generator,
          decay: Generator.movingAverageDecay(
            averageDecay, after: moment.step / options.discriminatorSteps))
      }
    }
    return measures(of: round)
  }

  private mutating func measures(of round: AdversarialGame.Round) -> [TrainingMeasure] {
    if round.generatorLoss != nil { lastRound = round }
    let isPenalized = game.options.gradientPenalty > 0 || game.options.realPenalty > 0
    let penalties = [
      TrainingMeasure("penalty", round.penalty),
      TrainingMeasure("penalizedNorm", round.penalizedNorm),
    ]
    return [
      TrainingMeasure("discriminatorLoss", round.discriminatorLoss),
      TrainingMeasure("generatorLoss", lastRound.generatorLoss ?? 0),
      TrainingMeasure("realAccuracy", round.realAccuracy),
      TrainingMeasure("fakeAccuracy", round.fakeAccuracy),
      TrainingMeasure("discriminatorGradient", round.discriminatorGradient),
      TrainingMeasure("generatorGradient", lastRound.generatorGradient ?? 0),
    ] + (isPenalized ? penalties : [])
  }

  /// What the film's noise becomes now.
  public func frame() -> Tensor {
    result.made(
      of: filmNoise,
      classes: game.options.classCount == 0
        ? nil : (0..<Self.filmCount).map { $0 % game.options.classCount })
  }

  /// Networks, moments, the average and the film.
  public func arrays() -> [String: ArchivedArray] {
    var result = game.arrays()
    result.merge(average?.arrays(prefix: "average.") ?? [:]) { own, _ in own }
    for (index, frame) in film.enumerated() { result["film.\(index)"] = frame.archived }
    return result
  }

  /// Goes on where ``arrays()`` were taken.
  ///
  /// - Throws: `NeuralError`.
  public mutating func load(_ arrays: [String: ArchivedArray], steps: Int) throws {
    try game.load(
      arrays, generatorSteps: steps / game.options.discriminatorSteps, discriminatorSteps: steps)
    try average?.load(arrays, prefix: "average.")
    film = []
    while let frame = arrays["film.\(film.count)"] { film.append(Tensor(frame)) }
  }
}

extension Generator {
  /// What codes become outside of training.
  ///
  /// - Parameter classes: One class an example; nil for a generator without classes.
  /// - Returns: examples × height × width × channels.
  public func made(of codes: Tensor, classes: [Int]?) -> Tensor {
    var copy = self
    var pass = ForwardPass.inference
    return withoutRecording { copy(codes, labels: classes, &pass) }
  }
}
