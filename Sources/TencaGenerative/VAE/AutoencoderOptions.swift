/// How an autoencoder is built and what it is trained for.
public struct AutoencoderOptions: Sendable, Codable, Equatable {
  /// What lies between the pictures and the code.
  public enum Architecture: String, Sendable, Codable, CaseIterable {
    /// One hidden layer each way.
    case dense
    /// Convolutions that halve the picture, 4 × 4 with stride 2, and their mirror image.
    case conv
  }

  /// What a decoded number says of a pixel.
  public enum Likelihood: String, Sendable, Codable, CaseIterable {
    /// The logit of the probability that a pixel is white; grey pixels count as probabilities.
    case bernoulli
    /// The mean of a normal variable, whose deviation is learned and the same for all pixels.
    case gaussian
    /// The mean of a logistic variable rounded to 256 levels (Kingma et al. 2016), with a learned scale.
    case logistic
  }

  /// The size of the examples.
  public var shape: ExampleShape
  /// The classes that are told to encoder and decoder; 0 for none.
  public var classCount = 0
  /// Whether codes are distributions; false is a plain autoencoder.
  public var isVariational = true
  /// Dense or convolutional.
  public var architecture = Architecture.dense
  /// The numbers of a code.
  public var latentCount = 20
  /// Dense: the hidden units. Convolutional: the channels of the first stage, doubled at each next.
  public var width = 400
  /// What a decoded number means.
  public var likelihood = Likelihood.bernoulli
  /// Whether pixels are black or white by chance, as likely white as they are bright: drawn anew in
  /// every step of training (Salakhutdinov & Murray 2008; Burda et al. 2016), and in measuring.
  public var isBinarized = false
  /// The weight of the divergence (Higgins et al. 2017).
  public var beta = 1.0
  /// The share of the run over which the weight rises from 0.
  public var annealing = 0.0
  /// Nats of each code number that cost nothing (Kingma et al. 2016).
  public var freeBits = 0.0

  /// Options for examples of a shape; the rest as VAE 784-400-20 of the first VAE paper's followers.
  public init(shape: ExampleShape) { self.shape = shape }

  /// The stages of halving that a convolutional one makes: at most four, while sides stay whole and at
  /// least 4 pixels long.
  public var stages: Int { shape.halvings(atMost: 4) }

  /// - Throws: ``GenerativeError/invalidOption(name:value:limit:)``.
  public func check() throws {
    try GenerativeError.require(
      (1...4096).contains(latentCount), "latent", latentCount, "from 1 to 4096")
    try GenerativeError.require((1...65536).contains(width), "width", width, "from 1 to 65536")
    try GenerativeError.require(
      beta >= 0 && beta.isFinite, "beta", beta, "a number of at least 0")
    try GenerativeError.require((0...1).contains(annealing), "annealing", annealing, "from 0 to 1")
    try GenerativeError.require(
      freeBits >= 0 && freeBits.isFinite, "free-bits", freeBits, "a number of at least 0")
    if architecture == .conv {
      try GenerativeError.require(
        stages >= 1, "size", "\(shape.height)x\(shape.width)",
        "even in height and width and at least 8 x 8 for convolutions; use --size or --architecture dense"
      )
    }
  }
}
