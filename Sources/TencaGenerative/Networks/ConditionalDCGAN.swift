public import TencaNeural
public import TencaNumerics

/// The weights that adversarial networks begin with (Radford et al. 2016).
enum DCGANStart {
  static let weights = Initializer.normal(deviation: 0.02)
  static let scales = Initializer.normal(mean: 1, deviation: 0.02)
  /// Windows of four pixels that halve, or transposed double, a picture.
  static let halving = ConvolutionGeometry(stride: 2, padding: 1)
}

/// Makes pictures of 28 × 28 pixels from noise and a class (Mirza & Osindero 2014; Radford et al. 2016).
///
/// The noise and the one-hot class go through a dense layer to 7 × 7 pixels of 2 · `width` channels,
/// and two transposed convolutions double those twice.
public struct ConditionalGenerator28: Network {
  /// How many numbers of noise make a picture.
  public let noiseCount: Int
  /// How many classes there are.
  public let classCount: Int
  /// The channels before the last layer; twice as many in front of it.
  public let width: Int
  var projection: Linear
  var normalization1: BatchNormalization
  var enlargement1: Convolution2D
  var normalization2: BatchNormalization
  var enlargement2: Convolution2D

  /// A generator with random weights.
  public init(
    noise: Int = 100, classes: Int = 10, width: Int = 64, channels: Int = 1,
    _ random: inout RandomStream
  ) {
    (noiseCount, classCount, self.width) = (noise, classes, width)
    projection = Linear(
      noise + classes, 2 * width * 49, bias: false, initializer: DCGANStart.weights, &random)
    normalization1 = BatchNormalization(
      2 * width, activation: .relu, initializer: DCGANStart.scales, &random)
    enlargement1 = Convolution2D(
      2 * width, width, kernel: 4, geometry: DCGANStart.halving, isTransposed: true, bias: false,
      initializer: DCGANStart.weights, &random)
    normalization2 = BatchNormalization(
      width, activation: .relu, initializer: DCGANStart.scales, &random)
    enlargement2 = Convolution2D(
      width, channels, kernel: 4, geometry: DCGANStart.halving, isTransposed: true,
      activation: .tanh, initializer: DCGANStart.weights, &random)
  }

  /// Pictures of the classes asked for.
  ///
  /// - Parameters:
  ///   - noise: examples × ``noiseCount``.
  ///   - labels: One class a picture, from 0.
  /// - Returns: examples × 28 × 28 × channels, between -1 and 1.
  public mutating func callAsFunction(
    _ noise: Tensor, labels: [Int], _ pass: inout ForwardPass
  ) -> Tensor {
    let told = Tensor.oneHot(labels, classes: classCount, precision: noise.precision)
    var x = projection(.concatenated([noise, told], axis: 1), &pass)
    x = normalization1(x.reshaped([labels.count, 7, 7, 2 * width]), &pass)
    x = normalization2(enlargement1(x, &pass), &pass)
    return enlargement2(x, &pass)
  }

  /// Shows every tensor.
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try projection.forEachTensor(path + "project.", body)
    try normalization1.forEachTensor(path + "norm1.", body)
    try enlargement1.forEachTensor(path + "enlarge1.", body)
    try normalization2.forEachTensor(path + "norm2.", body)
    try enlargement2.forEachTensor(path + "enlarge2.", body)
  }
}

/// Tells true pictures of 28 × 28 pixels and a class from made ones; the class comes as constant planes
/// beside the picture's channels.
public struct ConditionalDiscriminator28: Network {
  /// How many classes there are.
  public let classCount: Int
  var reduction1: Convolution2D
  var reduction2: Convolution2D
  var normalization2: BatchNormalization?
  var score: Linear

  /// A discriminator with random weights.
  ///
  /// - Parameter isNormalized: Whether batches are normalised. A critic whose gradient is penalised must
  ///   look at every picture by itself, so it must not (Gulrajani et al. 2017, section 4).
  public init(
    classes: Int = 10, width: Int = 64, channels: Int = 1, isNormalized: Bool = true,
    _ random: inout RandomStream
  ) {
    classCount = classes
    reduction1 = Convolution2D(
      channels + classes, width, kernel: 4, geometry: DCGANStart.halving,
      activation: .leakyReLU(slope: 0.2), initializer: DCGANStart.weights, &random)
    reduction2 = Convolution2D(
      width, 2 * width, kernel: 4, geometry: DCGANStart.halving, bias: !isNormalized,
      activation: isNormalized ? .identity : .leakyReLU(slope: 0.2),
      initializer: DCGANStart.weights, &random)
    normalization2 =
      isNormalized
      ? BatchNormalization(
        2 * width, activation: .leakyReLU(slope: 0.2), initializer: DCGANStart.scales, &random)
      : nil
    score = Linear(2 * width * 49, 1, initializer: DCGANStart.weights, &random)
  }

  /// A logit, or a critic's score, for each picture.
  ///
  /// - Parameters:
  ///   - pictures: examples × 28 × 28 × channels, between -1 and 1.
  ///   - labels: One class a picture, from 0.
  /// - Returns: One number an example, above 0 for true.
  public mutating func callAsFunction(
    _ pictures: Tensor, labels: [Int], _ pass: inout ForwardPass
  ) -> Tensor {
    let told = Tensor.oneHot(labels, classes: classCount, precision: pictures.precision)
    let planes = told.reshaped([labels.count, 1, 1, classCount])
      .broadcast(to: Array(pictures.shape.dropLast()) + [classCount])
    var x = reduction1(.concatenated([pictures, planes], axis: 3), &pass)
    x = reduction2(x, &pass)
    if normalization2 != nil { x = normalization2!(x, &pass) }
    return score(x.reshaped([labels.count, -1]), &pass).reshaped([labels.count])
  }

  /// Shows every tensor.
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try reduction1.forEachTensor(path + "reduce1.", body)
    try reduction2.forEachTensor(path + "reduce2.", body)
    if normalization2 != nil { try normalization2!.forEachTensor(path + "norm2.", body) }
    try score.forEachTensor(path + "score.", body)
  }
}
