public import TencaNeural
public import TencaNumerics

/// A feature network on its way.
public struct FeatureTrainee: Trainee {
  /// The network so far.
  public private(set) var network: FeatureNetwork
  private var optimizer: Optimizer
  private let examples: ExampleSet
  private let labels: [Int]
  private let scaling: ExampleScaling?

  /// A network that has learned nothing yet.
  ///
  /// - Parameter rate: Adam's step size.
  /// - Throws: ``GenerativeError``: `unlabelled`, and `invalidOption` for fewer than two classes.
  public init(
    _ examples: ExampleSet, scaling: ExampleScaling? = nil, rate: Double = 1e-3, seed: UInt64
  ) throws {
    guard let labels = examples.labels else {
      throw GenerativeError.unlabelled(path: examples.source, place: "its examples")
    }
    let classes = examples.classNames.count
    try GenerativeError.require(classes >= 2, "classes", classes, "at least 2")
    var random = RandomStream(seed: seed, stream: 0x6665_6174)
    network = FeatureNetwork(examples.shape, classes: classes, random: &random)
    optimizer = Optimizer(.adam(), rate: rate)
    (self.examples, self.labels, self.scaling) = (examples, labels, scaling)
  }

  /// How many examples there are.
  public var exampleCount: Int { examples.count }

  /// One step of Adam on the cross-entropy.
  public mutating func step(_ batch: [Int], _ moment: TrainingMoment) throws -> [TrainingMeasure] {
    let x = examples.tensor(batch, scaling)
    let truth = batch.map { labels[$0] }
    var pass = ForwardPass.training(moment.random)
    let (loss, gradients) = try network.lossAndGradients { network in
      network(x, &pass).logits.crossEntropy(truth)
    }
    optimizer.update(&network, gradients)
    return [TrainingMeasure("crossEntropy", loss.scalar)]
  }

  /// Weights and moments.
  public func arrays() -> [String: ArchivedArray] {
    network.arrays(with: optimizer)
  }

  /// Goes on where ``arrays()`` were taken.
  ///
  /// - Throws: `NeuralError`.
  public mutating func load(_ arrays: [String: ArchivedArray], steps: Int) throws {
    try network.load(arrays, with: &optimizer, steps: steps)
  }
}
