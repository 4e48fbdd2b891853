public import TencaNeural

/// How a generator and its discriminators are built, and how they play.
public struct AdversarialOptions: Sendable, Codable, Equatable {
  /// What lies between noise and examples, and between examples and scores.
  public enum Architecture: String, Sendable, Codable, CaseIterable {
    /// Hidden layers of one width (Goodfellow et al. 2014).
    case dense
    /// Convolutions that double the picture or halve it, 4 × 4 with stride 2, with batch normalisation
    /// (Radford et al. 2016).
    case dcgan
    /// The same without normalisation, for spectrograms (Donahue et al. 2019): its discriminator looks
    /// at every example by itself, as a penalty of its gradient wants it.
    case specgan
  }

  /// How a discriminator is told the class.
  public enum Conditioning: String, Sendable, Codable, CaseIterable {
    /// As constant planes beside the picture's channels, one a class (Mirza & Osindero 2014).
    case planes
    /// By a product of the last features with a learned vector of the class (Miyato & Koyama 2018).
    case projection
  }

  /// The size of the examples; a single pixel for points, whose numbers have no limits.
  public var shape: ExampleShape
  /// The classes that generator and discriminator are told; 0 for none.
  public var classCount = 0
  /// How the discriminator is told.
  public var conditioning = Conditioning.planes
  /// Dense or convolutional.
  public var architecture: Architecture
  /// The numbers of noise that make an example.
  public var noiseCount = 100
  /// Dense: the units of a hidden layer. Convolutional: the channels next to the picture, doubled at
  /// each stage away from it.
  public var width: Int
  /// Dense: the hidden layers of each network.
  public var hiddenLayers: Int {
    get { layers ?? 2 }
    set { layers = newValue == 2 ? nil : newValue }
  }
  /// Nil for two, as in files from before there was a choice.
  private var layers: Int?
  /// What is played for.
  public var loss: AdversarialLoss
  /// What is done against collapse.
  public var remedies = AdversarialRemedies()
  /// Steps of the discriminator for one of the generator.
  public var discriminatorSteps: Int
  /// The size to which a discriminator's weights are cut after every step; 0 for none.
  public var weightLimit: Double
  /// The weight of (‖∇D‖ - 1)² between true and made examples; 0 for none.
  public var gradientPenalty: Double
  /// The weight γ of γ/2 ‖∇D‖² at true examples (Mescheder et al. 2018); 0 for none.
  public var realPenalty = 0.0
  /// How far below 1 the probability of true examples lies that a discriminator is taught.
  public var labelSmoothing = 0.0
  /// The deviation of noise on what discriminators see at the start; it falls to 0 over the run
  /// (Sønderby et al. 2017).
  public var instanceNoise = 0.0
  /// How gradients change weights.
  public var rule: OptimizerRule
  /// The generator's step size.
  public var generatorRate: Double
  /// The discriminators' step size; another one than the generator's is a game on two time scales
  /// (Heusel et al. 2017).
  public var discriminatorRate: Double
  /// The step size of each further discriminator over that of the one before, so that there are slow
  /// judges, who remember, and fast ones, who see through the latest trick (Durugkar et al. 2017 have
  /// judges of different strength, too). Nothing where there is one.
  public var rateSpread: Double {
    get { spread ?? 1 }
    set { spread = newValue == 1 ? nil : newValue }
  }
  /// Nil for 1, as in files from before there was a choice.
  private var spread: Double?
  /// Whether both step sizes fall to 0 over the run, evenly: a game that circles about its end comes to
  /// rest there.
  public var isAnnealed = false

  /// The settings that go with a loss in the papers that proposed it.
  ///
  /// - Parameter loss: Wasserstein with clipping: 5 steps of RMSProp at 5e-5, weights cut at 0.01.
  ///   Wasserstein with a penalty: 5 steps of Adam(0, 0.9) at 1e-4, weight 10. All others: a step of
  ///   Adam(0.5, 0.999) at 2e-4.
  public init(
    shape: ExampleShape, architecture: Architecture = .dcgan,
    loss: AdversarialLoss = .nonSaturating
  ) {
    (self.shape, self.architecture, self.loss) = (shape, architecture, loss)
    width =
      switch architecture {
      case .dense: 128
      case .dcgan: max(shape.height, shape.width) > 32 ? 32 : 64
      case .specgan: 16
      }
    discriminatorSteps = loss.isWasserstein ? 5 : 1
    weightLimit = loss == .wassersteinClipping ? 0.01 : 0
    gradientPenalty = loss == .wassersteinPenalty ? 10 : 0
    switch loss {
    case .wassersteinClipping:
      (rule, generatorRate) = (.rmsProp(), 5e-5)
    case .wassersteinPenalty:
      (rule, generatorRate) = (.adam(beta1: 0, beta2: 0.9), 1e-4)
    default:
      (rule, generatorRate) = (.adam(beta1: 0.5), 2e-4)
    }
    discriminatorRate = generatorRate
  }

  /// The step size of one of the discriminators.
  func discriminatorRate(of index: Int) -> Double {
    (0..<index).reduce(discriminatorRate) { rate, _ in rate * rateSpread }
  }

  /// Whether examples are points, not pictures.
  public var isPoints: Bool { shape.height == 1 && shape.width == 1 }

  /// Whether discriminators normalise batches. Where a gradient is penalised or singular values are
  /// divided by, every example must be looked at by itself (Gulrajani et al. 2017, section 4).
  var normalizesDiscriminator: Bool {
    architecture == .dcgan && gradientPenalty == 0 && !remedies.isSpectral
  }

  /// The stages of halving: while sides stay whole and at least 4 pixels long, five at most.
  var stages: Int { shape.halvings(atMost: 5) }

  /// - Throws: ``GenerativeError/invalidOption(name:value:limit:)``.
  public func check() throws {
    func require(
      _ holds: Bool, _ name: String, _ value: some CustomStringConvertible, _ limit: String
    )
      throws
    { try GenerativeError.require(holds, name, value, limit) }
    func requireSize(_ name: String, _ value: Double) throws {
      try require(value >= 0 && value.isFinite, name, value, "a number of at least 0")
    }
    try require((1...4096).contains(noiseCount), "noise", noiseCount, "from 1 to 4096")
    try require((1...4096).contains(width), "width", width, "from 1 to 4096")
    try require((1...16).contains(hiddenLayers), "layers", hiddenLayers, "from 1 to 16")
    try require(
      (1...100).contains(discriminatorSteps), "critic-steps", discriminatorSteps, "from 1 to 100")
    try requireSize("clip-weights", weightLimit)
    try requireSize("gradient-penalty", gradientPenalty)
    try requireSize("r1", realPenalty)
    try requireSize("instance-noise", instanceNoise)
    try require(
      (0..<0.5).contains(labelSmoothing), "label-smoothing", labelSmoothing,
      "at least 0 and below 0.5")
    for (name, rate) in [
      ("learning-rate", generatorRate), ("discriminator-rate", discriminatorRate),
      ("rate-spread", rateSpread),
    ] { try require(rate > 0 && rate.isFinite, name, rate, "a number above 0") }
    try require(
      rateSpread == 1 || remedies.discriminatorCount > 1, "rate-spread", rateSpread,
      "1, unless there are several discriminators; use --remedy discriminators:3")
    try require(
      conditioning == .planes || (classCount > 0 && remedies.packSize == 1), "conditioning",
      conditioning.rawValue, "planes, unless the model is conditional and examples are not packed")
    if architecture != .dense {
      try require(
        stages >= 1, "size", "\(shape.height)x\(shape.width)",
        "even in height and width and at least 8 x 8 for convolutions; use --size or --architecture dense"
      )
      let pixels = (shape.height >> stages) * (shape.width >> stages)
      try require(
        pixels <= 1024, "size", "\(shape.height)x\(shape.width)",
        "at most 32 x 32 after \(stages) halvings; use --size, such as 28x28, 32x32, 64x64 or 128x128"
      )
    }
  }
}
