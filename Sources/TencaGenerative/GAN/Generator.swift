public import TencaNeural
public import TencaNumerics

/// Makes examples from noise, and from a class where it is told one.
public struct Generator: Network {
  /// The size of what it makes.
  public let shape: ExampleShape
  /// How many numbers of noise make an example.
  public let noiseCount: Int
  /// The classes that it is told; 0 for none.
  public let classCount: Int
  var layers: Sequential

  /// A generator with random weights, normal with deviation 0.02 where it is convolutional.
  ///
  /// Convolutional: a dense layer to the smallest picture, and transposed convolutions that double it
  /// while they halve the channels. Dense: hidden layers of one width. Pictures end in a hyperbolic tangent,
  /// points do not.
  public init(_ options: AdversarialOptions, _ random: inout RandomStream) {
    (shape, noiseCount) = (options.shape, options.noiseCount)
    classCount = options.classCount
    layers =
      options.architecture == .dense
      ? Self.dense(options, &random) : Self.convolutional(options, &random)
  }

  /// Examples of the classes asked for.
  ///
  /// - Parameters:
  ///   - noise: examples × ``noiseCount``.
  ///   - labels: One class an example; nil for a generator without classes.
  /// - Returns: examples × height × width × channels, pictures between -1 and 1.
  public mutating func callAsFunction(
    _ noise: Tensor, labels: [Int]?, _ pass: inout ForwardPass
  ) -> Tensor {
    guard let labels else { return layers(noise, &pass) }
    let told = Tensor.oneHot(labels, classes: classCount, precision: noise.precision)
    return layers(.concatenated([noise, told], axis: 1), &pass)
  }

  /// Shows every tensor.
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try layers.forEachTensor(path, body)
  }

  private static func dense(
    _ options: AdversarialOptions, _ random: inout RandomStream
  ) -> Sequential {
    let weights = start(options).weights
    var inputs = options.noiseCount + options.classCount
    var layers: [any Layer] = []
    for _ in 0..<options.hiddenLayers {
      layers.append(
        Linear(inputs, options.width, activation: .relu, initializer: weights, &random))
      inputs = options.width
    }
    layers.append(
      Linear(
        inputs, options.shape.count, activation: options.isPoints ? .identity : .tanh,
        initializer: weights, &random))
    return Sequential(layers + [Reshaping(to: options.shape.lengths)])
  }

  private static func convolutional(
    _ options: AdversarialOptions, _ random: inout RandomStream
  ) -> Sequential {
    let stages = options.stages
    let normalizes = options.architecture == .dcgan
    let (height, width) = (options.shape.height >> stages, options.shape.width >> stages)
    var channels = options.width << (stages - 1)
    let activation: Activation = normalizes ? .identity : .relu
    var layers: [any Layer] = [
      Linear(
        options.noiseCount + options.classCount, channels * height * width, bias: !normalizes,
        activation: activation, initializer: start(options).weights, &random),
      Reshaping(to: [height, width, channels]),
    ]
    for stage in (0..<stages).reversed() {
      if normalizes {
        layers.append(
          BatchNormalization(
            channels, activation: .relu, initializer: start(options).scales, &random))
      }
      let next = stage == 0 ? options.shape.channels : channels / 2
      layers.append(
        Convolution2D(
          channels, next, kernel: 4, geometry: halving, isTransposed: true,
          bias: !normalizes || stage == 0, activation: stage == 0 ? .tanh : activation,
          initializer: start(options).weights, &random))
      channels = next
    }
    return Sequential(layers)
  }

  /// Windows of four pixels that halve, or transposed double, a picture.
  static let halving = ConvolutionGeometry(stride: 2, padding: 1)

  /// What weights, and the scales of batch normalisation, begin with.
  ///
  /// Without batch normalisation weights of deviation 0.02 would let the signal die from layer to
  /// layer, so those begin by fan-in; those of more than two dense layers by He, for the same reason.
  static func start(
    _ options: AdversarialOptions
  ) -> (weights: Initializer, scales: Initializer) {
    let weights: Initializer =
      switch options.architecture {
      case .dense: options.hiddenLayers > 2 ? .he : .fanIn
      case .dcgan: .normal(deviation: 0.02)
      case .specgan: .he
      }
    return (weights, .normal(mean: 1, deviation: 0.02))
  }
}

/// Gives the numbers of every example another shape.
struct Reshaping: Layer {
  /// The shape of one example.
  let lengths: [Int]

  init(to lengths: [Int]) { self.lengths = lengths }

  func callAsFunction(_ x: Tensor, _ pass: inout ForwardPass) -> Tensor {
    x.reshaped([x.shape[0]] + lengths)
  }

  func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) {}
}
