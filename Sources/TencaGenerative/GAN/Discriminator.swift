public import TencaNeural
public import TencaNumerics

/// Scores examples: high for true ones, low for made ones.
public struct Discriminator: Network {
  private let classCount: Int
  private let packSize: Int
  var features: Sequential
  var score: Sequential
  /// One row a class, where the class is told by projection.
  var classes: Embedding?

  /// A discriminator with random weights.
  ///
  /// Convolutional: convolutions that halve the picture while they double the channels, the first not
  /// normalised. Dense: hidden layers of one width. Then what compares the batch, and one number.
  public init(_ options: AdversarialOptions, _ random: inout RandomStream) {
    let isProjected = options.classCount > 0 && options.conditioning == .projection
    let toldByPlanes = isProjected ? 0 : options.classCount
    (classCount, packSize) = (toldByPlanes, options.remedies.packSize)
    let channels = (options.shape.channels + toldByPlanes) * packSize
    let (layers, count) =
      options.architecture == .dense
      ? Self.dense(options, channels, &random) : Self.convolutional(options, channels, &random)
    features = Sequential(layers)
    var last: [any Layer] = []
    var width = count
    if options.remedies.comparesBatch {
      let comparison = MinibatchDiscrimination(width, &random)
      width += comparison.kernelCount
      last.append(comparison)
    }
    if options.remedies.measuresDeviation {
      width += 1
      last.append(MinibatchDeviation())
    }
    if !last.isEmpty {
      // What is told of the batch is weighed by a hidden layer: a number read straight into the score
      // can only be the better the larger, not the better the nearer to that of true batches.
      let hidden = Linear(
        width, Self.batchWidth(options), activation: Self.activation,
        initializer: options.architecture == .dense ? Generator.start(options).weights : .he,
        &random)
      last.append(Self.weighted(hidden, options, &random))
      width = Self.batchWidth(options)
    }
    let initializer =
      options.architecture == .dense ? Initializer.fanIn : Generator.start(options).weights
    last.append(
      Self.weighted(
        Linear(width, 1, initializer: initializer, &random), options, &random))
    score = Sequential(last)
    classes =
      isProjected
      ? Embedding(options.classCount, count, initializer: initializer, &random) : nil
  }

  /// One number an example, or one a pack of examples.
  ///
  /// - Parameters:
  ///   - examples: examples × height × width × channels, a whole number of packs.
  ///   - labels: One class an example; nil for a discriminator without classes.
  public mutating func callAsFunction(
    _ examples: Tensor, labels: [Int]?, _ pass: inout ForwardPass
  ) -> Tensor {
    let found = described(examples, labels: labels, &pass)
    let scores = score(found, &pass).reshaped([found.shape[0]])
    guard let classes, let labels else { return scores }
    return scores + (found * classes(labels)).sum(over: [1])
  }

  /// The features of examples, or of packs of them, with their classes' planes beside them.
  private mutating func described(
    _ examples: Tensor, labels: [Int]?, _ pass: inout ForwardPass
  ) -> Tensor {
    guard let labels, classCount > 0 else {
      return features(Self.packed(examples, packSize), &pass)
    }
    if packSize == 1, let first = features.layers[0] as? Convolution2D {
      let x = examples.convolved(
        by: first.weight, bias: first.bias, besidePlanesOf: labels, geometry: first.geometry,
        activation: first.activation)
      return features.callAsFunction(x, from: 1, &pass)
    }
    let planes = Tensor.planes(
      of: labels, classes: classCount, height: examples.shape[1], width: examples.shape[2],
      precision: examples.precision)
    return features(Self.packed(.concatenated([examples, planes], axis: 3), packSize), &pass)
  }

  /// Shows every tensor.
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try features.forEachTensor(path + "features.", body)
    try score.forEachTensor(path + "score.", body)
    if classes != nil { try classes!.forEachTensor(path + "classes.", body) }
  }

  /// Examples that follow each other, one beside the other in channels.
  private static func packed(_ x: Tensor, _ size: Int) -> Tensor {
    if size == 1 { return x }
    let (count, height, width, channels) = (x.shape[0] / size, x.shape[1], x.shape[2], x.shape[3])
    return x.reshaped([count, size, height, width, channels]).permuted([0, 2, 3, 1, 4])
      .reshaped([count, height, width, size * channels])
  }

  /// The units of the hidden layer behind what compares a batch.
  private static func batchWidth(_ options: AdversarialOptions) -> Int {
    options.architecture == .dense ? options.width : 128
  }

  private static let activation = Activation.leakyReLU(slope: 0.2)

  private static func dense(
    _ options: AdversarialOptions, _ channels: Int, _ random: inout RandomStream
  ) -> (layers: [any Layer], features: Int) {
    var inputs = options.shape.height * options.shape.width * channels
    var layers: [any Layer] = [Reshaping(to: [inputs])]
    for _ in 0..<options.hiddenLayers {
      let layer = Linear(
        inputs, options.width, activation: activation,
        initializer: Generator.start(options).weights, &random)
      layers.append(weighted(layer, options, &random))
      inputs = options.width
    }
    return (layers, inputs)
  }

  private static func convolutional(
    _ options: AdversarialOptions, _ channels: Int, _ random: inout RandomStream
  ) -> (layers: [any Layer], features: Int) {
    let start = Generator.start(options)
    var layers: [any Layer] = []
    var inputs = channels
    for stage in 0..<options.stages {
      let outputs = options.width << stage
      let normalizes = options.normalizesDiscriminator && stage > 0
      let convolution = Convolution2D(
        inputs, outputs, kernel: 4, geometry: Generator.halving, bias: !normalizes,
        activation: normalizes ? .identity : activation, initializer: start.weights, &random)
      layers.append(weighted(convolution, options, &random))
      if normalizes {
        layers.append(
          BatchNormalization(
            outputs, activation: activation, initializer: start.scales, &random))
      }
      inputs = outputs
    }
    let count =
      inputs * (options.shape.height >> options.stages) * (options.shape.width >> options.stages)
    return (layers + [Reshaping(to: [count])], count)
  }

  /// A layer, divided by its largest singular value where that is a remedy.
  private static func weighted(
    _ layer: some WeightedLayer, _ options: AdversarialOptions, _ random: inout RandomStream
  ) -> any Layer {
    options.remedies.isSpectral ? SpectralNormalization(layer, &random) : layer
  }
}
