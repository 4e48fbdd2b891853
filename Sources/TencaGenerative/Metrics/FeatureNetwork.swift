public import TencaNeural
public import TencaNumerics

/// The classifier whose last hidden layer measures of samples look at.
///
/// Convolutions of 3 × 3 pixels that halve the picture, with twice the channels each time, until a side
/// is shorter than 8; then one hidden layer, which gives the features.
public struct FeatureNetwork: Network {
  /// The numbers that describe an example.
  public static let featureCount = 64

  /// The size of examples.
  public let shape: ExampleShape
  /// The classes.
  public let classCount: Int
  var convolutions: [Convolution2D] = []
  var hidden: Linear
  var output: Linear

  /// A network with random weights.
  public init(_ shape: ExampleShape, classes: Int, random: inout RandomStream) {
    (self.shape, classCount) = (shape, classes)
    var (height, width, channels, next) = (shape.height, shape.width, shape.channels, 32)
    while convolutions.isEmpty || min(height, width) >= 8 {
      convolutions.append(
        Convolution2D(
          channels, next, kernel: 3, geometry: .init(stride: 2, padding: 1), activation: .relu,
          &random))
      (height, width) = ((height + 1) / 2, (width + 1) / 2)
      (channels, next) = (next, next * 2)
    }
    hidden = Linear(
      height * width * channels, Self.featureCount, activation: .relu, &random)
    output = Linear(Self.featureCount, classes, &random)
  }

  /// Features and logits of classes.
  ///
  /// - Parameter x: examples × height × width × channels, in 0...1.
  /// - Returns: examples × ``featureCount``, and examples × classes.
  public func callAsFunction(
    _ x: Tensor, _ pass: inout ForwardPass
  ) -> (features: Tensor, logits: Tensor) {
    var h = x
    for convolution in convolutions { h = convolution(h, &pass) }
    let features = hidden(h.reshaped([x.shape[0], -1]), &pass)
    return (features, output(features, &pass))
  }

  /// Shows every tensor.
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    for index in convolutions.indices {
      try convolutions[index].forEachTensor("\(path)reduce.\(index).", body)
    }
    try hidden.forEachTensor(path + "hidden.", body)
    try output.forEachTensor(path + "output.", body)
  }
}

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
  public mutating func step(_ batch: [Int], _ moment: TrainingMoment) -> [TrainingMeasure] {
    let x = examples.tensor(batch, scaling)
    let truth = batch.map { labels[$0] }
    var pass = ForwardPass.training(moment.random)
    let (loss, gradients) = network.lossAndGradients { network in
      network(x, &pass).logits.crossEntropy(truth)
    }
    optimizer.update(&network, gradients)
    return [TrainingMeasure("crossEntropy", loss.scalar)]
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
