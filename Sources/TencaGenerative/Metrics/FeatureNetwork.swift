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
    try convolutions.forEachTensor(path + "reduce.", body)
    try hidden.forEachTensor(path + "hidden.", body)
    try output.forEachTensor(path + "output.", body)
  }
}
