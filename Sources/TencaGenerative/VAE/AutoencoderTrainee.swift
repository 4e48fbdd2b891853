public import TencaNeural
public import TencaNumerics

/// An autoencoder on its way, with the examples it learns from.
public struct AutoencoderTrainee: Trainee {
  /// The network so far.
  public private(set) var network: Autoencoder
  private var optimizer: Optimizer
  private let examples: ExampleSet
  private let scaling: ExampleScaling?

  /// A network that has learned nothing yet.
  ///
  /// - Parameters:
  ///   - scaling: Applied to every example first.
  ///   - rate: Adam's step size.
  /// - Throws: ``GenerativeError/invalidOption(name:value:limit:)``.
  public init(
    _ options: AutoencoderOptions, _ examples: ExampleSet, scaling: ExampleScaling? = nil,
    rate: Double = 1e-3, seed: UInt64
  ) throws {
    try GenerativeError.require(
      rate > 0 && rate.isFinite, "rate", rate, "a number above 0")
    var random = RandomStream(seed: seed, stream: 0x696e_6974)
    network = try Autoencoder(options, random: &random)
    optimizer = Optimizer(.adam(), rate: rate)
    (self.examples, self.scaling) = (examples, scaling)
  }

  /// How many examples there are.
  public var exampleCount: Int { examples.count }

  /// One step of Adam on the loss; measures it and the parts of the bound.
  public mutating func step(_ batch: [Int], _ moment: TrainingMoment) throws -> [TrainingMeasure] {
    var random = moment.random
    let x = examples.tensor(batch, scaling)
    let classes = examples.classTensor(batch, network.options.classCount)
    let noise = Tensor(normal: [batch.count, network.options.latentCount], from: &random)
    let rising = network.options.annealing * Double(moment.totalSteps)
    let weight = rising > 0 ? min(Double(moment.step) / rising, 1) : 1
    var pass = ForwardPass.training(random)
    var bound = Autoencoder.Bound(reconstruction: 0, divergence: 0)
    let (loss, gradients) = network.lossAndGradients { network in
      let (loss, parts) = network.loss(
        x, classes: classes, noise: noise, weight: weight, &pass)
      bound = parts
      return loss
    }
    optimizer.update(&network, gradients)
    return [
      TrainingMeasure("loss", loss.scalar), TrainingMeasure("negativeElbo", bound.negativeElbo),
      TrainingMeasure("reconstruction", bound.reconstruction),
      TrainingMeasure("kl", bound.divergence),
    ]
  }

  /// Weights and moments.
  public func arrays() -> [String: ArchivedArray] {
    network.arrays(prefix: "network.").merging(optimizer.arrays(prefix: "optimizer.")) { a, _ in a }
  }

  /// Goes on where ``arrays()`` were taken.
  ///
  /// - Throws: `NeuralError`.
  public mutating func load(_ arrays: [String: ArchivedArray], steps: Int) throws {
    try network.load(arrays, prefix: "network.")
    try optimizer.load(
      arrays, prefix: "optimizer.", steps: steps, parameters: network.parameters)
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
