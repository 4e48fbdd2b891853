internal import TencaNeural
public import TencaNumerics

/// A game about stacked pictures: three grey ones as the channels of a colour picture, so that ten
/// classes have a thousand modes (Srivastava et al. 2017; Lin et al. 2018).
public struct StackExperiment: Sendable {
  /// The grey pictures.
  public let pictures: ExampleSet
  /// Tells their classes, and so the modes of stacks.
  public let extractor: FeatureExtractor
  /// The stacks that are learned from.
  public let stacks: Int
  /// The stacks that are made to count modes.
  public let samples: Int

  /// The stacks that Lin et al. (2018) count modes of.
  public static let publishedSamples = 26_000

  /// An experiment.
  ///
  /// - Throws: ``GenerativeError``: `unlabelled` for pictures without labels, `otherShape` for pictures of
  ///   another size than the extractor's, and `invalidOption` for pictures that are not grey, other
  ///   classes than the extractor's and counts below 1.
  public init(
    _ pictures: ExampleSet, _ extractor: FeatureExtractor, stacks: Int = 10_000,
    samples: Int = publishedSamples
  ) throws {
    guard pictures.labels != nil else {
      throw GenerativeError.unlabelled(path: pictures.source, place: "its examples")
    }
    try GenerativeError.require(
      pictures.shape.channels == 1, "channels", pictures.shape.channels,
      "1: stacks are made of grey pictures")
    guard pictures.shape == extractor.network.shape else {
      throw GenerativeError.otherShape(
        path: pictures.source, found: "\(pictures.shape)", expected: "\(extractor.network.shape)")
    }
    try GenerativeError.require(
      pictures.classNames == extractor.classNames, "features",
      "of the classes \(extractor.classNames.joined(separator: ", "))",
      "of those of the pictures: \(pictures.classNames.joined(separator: ", "))")
    try GenerativeError.require(stacks >= 1, "stacks", stacks, "at least 1")
    try GenerativeError.require(samples >= 1, "samples", samples, "at least 1")
    (self.pictures, self.extractor) = (pictures, extractor)
    (self.stacks, self.samples) = (stacks, samples)
  }

  /// The modes: the classes to the third.
  public var modeCount: Int {
    extractor.classNames.count * extractor.classNames.count * extractor.classNames.count
  }

  /// The options of a convolutional game about these stacks.
  public func options(
    _ loss: AdversarialLoss, _ remedies: AdversarialRemedies = .init()
  ) -> AdversarialOptions {
    var options = AdversarialOptions(
      shape: ExampleShape(
        height: pictures.shape.height, width: pictures.shape.width, channels: 3),
      architecture: .dcgan, loss: loss)
    options.remedies = remedies
    options.width = 32
    return options
  }

  /// What true stacks score, for comparison: of as many as are made, none is even.
  ///
  /// - Throws: `CancellationError`.
  public func reference(seed: UInt64, execution: Execution = .serial) throws -> StackCoverage {
    var random = RandomStream(seed: seed, stream: 0x7265_616c)
    let scaling = ExampleScaling.toUnit(of: pictures)
    return try extractor.countingModes(samples, execution: execution) { range in
      let drawn = try pictures.stacked(range.count, &random)
      return drawn.tensor(0..<drawn.count, scaling)
    }
  }

  /// What came of a game.
  public struct Outcome: Sendable {
    /// What was counted.
    public let coverage: StackCoverage
    /// The first stacks made, to be looked at: stacks × height × width × 3, in 0...1.
    public let shown: NDArray<Float>
  }

  private static let shownCount = 64

  /// Plays to the end.
  ///
  /// - Parameters:
  ///   - steps: The generator's steps, rounded up to whole passes over the stacks.
  ///   - average: The decay of the moving average of the generator's weights; nil for none.
  ///   - seed: What first weights, stacks and noise depend on.
  /// - Throws: ``GenerativeError`` for options out of range, `NeuralError` where the game diverges, and
  ///   `CancellationError`.
  public func run(
    _ options: AdversarialOptions, steps: Int, batchSize: Int = 64, average: Double? = nil,
    seed: UInt64, execution: Execution = .serial
  ) throws -> Outcome {
    var random = RandomStream(seed: seed, stream: 0x7374_6163)
    let examples = try pictures.stacked(stacks, &random)
    var trainee = try AdversarialTrainee(
      options, examples, scaling: ExampleScaling(fitting: examples, to: .symmetric),
      averageDecay: average, seed: seed)
    try trainee.play(steps: steps, batchSize: batchSize, seed: seed, execution: execution)
    let generator = trainee.result
    func made(_ count: Int) -> Tensor {
      let noise = Tensor(normal: [count, options.noiseCount], from: &random)
      return generator.made(of: noise, classes: nil).scaled(by: 0.5, plus: 0.5)
    }
    let shown = made(Self.shownCount).floatArray
    return Outcome(
      coverage: try extractor.countingModes(samples, execution: execution) { made($0.count) },
      shown: shown)
  }
}

extension AdversarialTrainee {
  /// Takes so many steps of the generator, rounded up to whole epochs.
  ///
  /// - Throws: As `TrainingLoop`.
  mutating func play(
    steps: Int, batchSize: Int, seed: UInt64, execution: Execution
  ) throws {
    var loop = TrainingLoop(epochs: 1, batchSize: batchSize, seed: seed)
    let perEpoch = loop.stepsPerEpoch(exampleCount)
    loop.epochs = max((steps * game.options.discriminatorSteps + perEpoch - 1) / perEpoch, 1)
    try loop.run(&self, execution: execution, save: { _, _ in }, report: { _, _ in })
  }
}
