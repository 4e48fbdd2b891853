public import TencaNeural
public import TencaNumerics

/// An autoencoder on its way, with the examples it learns from.
public struct AutoencoderTrainee: Trainee {
  /// The network so far.
  public private(set) var network: Autoencoder
  /// The moving average of its weights, where one is kept.
  public private(set) var average: Autoencoder?
  private var optimizer: Optimizer
  private let schedule: LearningRateSchedule
  private let gradientLimit: Double?
  private let averageDecay: Double?
  private let examples: ExampleSet
  private let scaling: ExampleScaling?

  /// A network that has learned nothing yet.
  ///
  /// - Parameters:
  ///   - scaling: Applied to every example first.
  ///   - schedule: Adam's step sizes.
  ///   - gradientLimit: The length to which longer gradients are shortened; nil for none.
  ///   - averageDecay: The decay of the moving average of weights; nil for none.
  /// - Throws: ``GenerativeError/invalidOption(name:value:limit:)``.
  public init(
    _ options: AutoencoderOptions, _ examples: ExampleSet, scaling: ExampleScaling? = nil,
    schedule: LearningRateSchedule, gradientLimit: Double? = nil, averageDecay: Double? = nil,
    seed: UInt64
  ) throws {
    if let averageDecay {
      try GenerativeError.require(
        (0..<1).contains(averageDecay), "average", averageDecay, "at least 0 and below 1")
    }
    if let gradientLimit {
      try GenerativeError.require(
        gradientLimit > 0 && gradientLimit.isFinite, "clip-gradients", gradientLimit,
        "a number above 0")
    }
    var random = RandomStream(seed: seed, stream: 0x696e_6974)
    network = try Autoencoder(options, random: &random)
    optimizer = Optimizer(.adam(), rate: schedule.rate)
    (self.schedule, self.gradientLimit) = (schedule, gradientLimit)
    self.averageDecay = averageDecay
    average = averageDecay == nil ? nil : network
    (self.examples, self.scaling) = (examples, scaling)
  }

  /// What is used afterwards: the average where one is kept.
  public var result: Autoencoder { average ?? network }

  /// How many examples there are.
  public var exampleCount: Int { examples.count }

  /// One step of Adam on the loss; measures it and the parts of the bound.
  public mutating func step(_ batch: [Int], _ moment: TrainingMoment) throws -> [TrainingMeasure] {
    var random = moment.random
    var x = examples.tensor(batch, scaling)
    if network.options.isBinarized { x = x.binarized(&random) }
    let classes = examples.classTensor(batch, network.options.classCount)
    let noise = Tensor(normal: [batch.count, network.options.latentCount], from: &random)
    let rising = network.options.annealing * Double(moment.totalSteps)
    let weight = rising > 0 ? min(Double(moment.step) / rising, 1) : 1
    var pass = ForwardPass.training(random)
    var bound = Autoencoder.Bound(reconstruction: 0, divergence: 0)
    var (loss, gradients) = try network.lossAndGradients { network in
      let (loss, parts) = network.loss(
        x, classes: classes, noise: noise, weight: weight, &pass)
      bound = parts
      return loss
    }
    if let gradientLimit { gradients = clipped(gradients, toNorm: gradientLimit).gradients }
    optimizer.rate = schedule.rate(at: moment.step)
    optimizer.update(&network, gradients)
    if let averageDecay {
      average?.move(
        towards: network,
        decay: Autoencoder.movingAverageDecay(averageDecay, after: moment.step))
    }
    return [
      TrainingMeasure("loss", loss.scalar), TrainingMeasure("negativeElbo", bound.negativeElbo),
      TrainingMeasure("reconstruction", bound.reconstruction),
      TrainingMeasure("kl", bound.divergence),
    ]
  }

  /// Weights and moments.
  public func arrays() -> [String: ArchivedArray] {
    network.arrays(with: optimizer)
      .merging(average?.arrays(prefix: "average.") ?? [:]) { own, _ in own }
  }

  /// Goes on where ``arrays()`` were taken.
  ///
  /// - Throws: `NeuralError`.
  public mutating func load(_ arrays: [String: ArchivedArray], steps: Int) throws {
    try network.load(arrays, with: &optimizer, steps: steps)
    try average?.load(arrays, prefix: "average.")
  }
}

extension ExampleSet {
  /// Examples as a tensor: batch × height × width × channels.
  public func tensor(_ batch: some Collection<Int>, _ scaling: ExampleScaling? = nil) -> Tensor {
    Tensor(shape: [batch.count, shape.height, shape.width, shape.channels]) { target in
      copyExamples(batch, into: target)
      scaling?.apply(to: target)
    }
  }

  /// Their classes, one-hot; nil where `count` is 0.
  public func classTensor(_ batch: some Collection<Int>, _ count: Int) -> Tensor? {
    guard count > 0, let labels else { return nil }
    return Tensor.oneHot(batch.map { labels[$0] }, classes: count)
  }
}
