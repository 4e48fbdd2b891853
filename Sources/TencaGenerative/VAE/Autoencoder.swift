public import TencaNeural
public import TencaNumerics

/// A variational autoencoder (Kingma & Welling 2014; Rezende et al. 2014), or a plain one.
///
/// The encoder makes of an example the means and log variances of its code, the decoder makes of a code
/// the parameters of every pixel's distribution. Told the class, both learn the example's other
/// properties apart from it (Sohn et al. 2015).
public struct Autoencoder: Network {
  /// How it is built.
  public let options: AutoencoderOptions
  var convolutions: [Convolution2D] = []
  var hidden: Linear?
  var mean: Linear
  var logVariance: Linear?
  var expansion: Linear
  var output: Linear?
  var enlargements: [Convolution2D] = []
  /// The logarithm of a pixel's deviation, where the likelihood has one.
  var logScale: Tensor

  /// A network with random weights, drawn as PyTorch draws them.
  ///
  /// - Throws: ``GenerativeError/invalidOption(name:value:limit:)``.
  public init(_ options: AutoencoderOptions, random: inout RandomStream) throws {
    try options.check()
    self.options = options
    let latent = options.latentCount
    let classes = options.classCount
    let features: Int
    switch options.architecture {
    case .dense:
      features = options.width
      hidden = Linear(options.shape.count + classes, features, activation: .relu, &random)
    case .conv:
      var channels = options.shape.channels
      for stage in 0..<options.stages {
        let next = options.width << stage
        convolutions.append(
          Convolution2D(
            channels, next, kernel: 4, geometry: .init(stride: 2, padding: 1), activation: .relu,
            &random))
        channels = next
      }
      features = options.innerHeight * options.innerWidth * channels + classes
    }
    mean = Linear(features, latent, &random)
    logVariance = options.isVariational ? Linear(features, latent, &random) : nil
    switch options.architecture {
    case .dense:
      expansion = Linear(latent + classes, options.width, activation: .relu, &random)
      output = Linear(options.width, options.shape.count, &random)
    case .conv:
      expansion = Linear(latent + classes, features - classes, activation: .relu, &random)
      for stage in (0..<options.stages).reversed() {
        let next = stage == 0 ? options.shape.channels : options.width << (stage - 1)
        enlargements.append(
          Convolution2D(
            options.width << stage, next,
            kernel: 4, geometry: .init(stride: 2, padding: 1), isTransposed: true,
            activation: stage == 0 ? .identity : .relu, &random))
      }
    }
    logScale = Tensor([-2.0])
  }

  /// Means and log variances of codes.
  ///
  /// - Parameters:
  ///   - x: examples × height × width × channels.
  ///   - classes: examples × classes, one-hot; nil for a model without classes.
  /// - Returns: Each examples × code numbers; a plain autoencoder has no variances.
  public mutating func encode(
    _ x: Tensor, classes: Tensor? = nil, _ pass: inout ForwardPass
  ) -> (mean: Tensor, logVariance: Tensor?) {
    var h = x
    for index in convolutions.indices { h = convolutions[index](h, &pass) }
    h = h.reshaped([x.shape[0], -1])
    if let classes { h = .concatenated([h, classes], axis: 1) }
    if let hidden { h = hidden(h, &pass) }
    return (mean(h, &pass), logVariance.map { $0(h, &pass) })
  }

  /// The parameters of every pixel: logits, or means.
  ///
  /// - Returns: examples × height × width × channels.
  public mutating func decode(
    _ code: Tensor, classes: Tensor? = nil, _ pass: inout ForwardPass
  ) -> Tensor {
    let told = classes.map { Tensor.concatenated([code, $0], axis: 1) } ?? code
    var h = expansion(told, &pass)
    if let output { return output(h, &pass).reshaped([code.shape[0]] + options.shape.lengths) }
    h = h.reshaped([code.shape[0], options.innerHeight, options.innerWidth, -1])
    for index in enlargements.indices { h = enlargements[index](h, &pass) }
    return h
  }

  /// Shows every tensor.
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try convolutions.forEachTensor(path + "encoder.", body)
    if hidden != nil { try hidden!.forEachTensor(path + "encoder.hidden.", body) }
    try mean.forEachTensor(path + "encoder.mean.", body)
    if logVariance != nil { try logVariance!.forEachTensor(path + "encoder.log_variance.", body) }
    try expansion.forEachTensor(path + "decoder.hidden.", body)
    if output != nil { try output!.forEachTensor(path + "decoder.output.", body) }
    try enlargements.forEachTensor(path + "decoder.", body)
    if options.likelihood != .bernoulli { try body(path + "log_scale", .parameter, &logScale) }
  }
}

extension AutoencoderOptions {
  /// The height of the smallest picture within a convolutional encoder.
  var innerHeight: Int { shape.height >> stages }
  /// Its width.
  var innerWidth: Int { shape.width >> stages }
}

extension ExampleShape {
  /// Height, width, channels.
  var lengths: [Int] { [height, width, channels] }
}
