import ArgumentParser
internal import TencaAudio
internal import TencaMixture
internal import TencaRecognition

/// A command that makes classifiers.
protocol ClassifierCommand: ParsableCommand {
  var learning: LearningArguments { get }
  var hearing: HearingArguments { get }
  /// The options of the front end.
  var frontEnd: FrontEndArguments { get }
}

extension ClassifierCommand {
  /// How a classifier is to hear and learn.
  ///
  /// - Throws: `ValidationError` for an argument that needs another one.
  func classifierOptions() throws -> ClassifierOptions {
    var options = ClassifierOptions()
    options.components = learning.components ?? learning.soundModel.components
    options.hidden = learning.soundModel == .hmm ? learning.hidden : nil
    options.background = learning.soundModel == .gmmUBM ? learning.adaptation : nil
    options.iterations = learning.iterations ?? options.iterations
    options.restarts = learning.restarts ?? options.restarts
    options.priors = learning.priors ?? options.priors
    options.seed = learning.seed
    options.sampleRate = hearing.rate
    options.channel = hearing.channel
    options.warps = hearing.warps
    options.frontEnd = try hearing.frontEnd(changedBy: frontEnd)
    return options
  }

  /// The options to choose among: one, unless tuning was asked for.
  func variants() throws -> [ClassifierOptions] {
    let options = try classifierOptions()
    return learning.tune ? Tuning.variants(of: options) : [options]
  }
}

/// Options of learning.
struct LearningArguments: ParsableArguments {
  @Option(
    help: """
      Kind of model: a hidden Markov model a class (hmm), or a Gaussian mixture a class, \
      learned alone (gmm) or adapted from a background model of all recordings (gmm-ubm). \
      Default: hmm; gmm with --rows.
      """)
  var model: ModelKind?

  @Option(help: ArgumentHelp(HiddenSoundOptions.Help.topology))
  var topology: StateTopology?

  @Option(help: ArgumentHelp(HiddenSoundOptions.Help.states))
  var states: Int?

  @Option(
    help: ArgumentHelp(
      "\(ClassifierOptions.Help.components) Default: \(ModelKind.hmm.components); "
        + "\(ModelKind.gmm.components) with gmm; \(ModelKind.gmmUBM.components) with gmm-ubm; "
        + "\(RowClassifierArguments.defaultComponents) with --rows."))
  var components: Int?

  @Option(help: ArgumentHelp(ClassifierOptions.Help.relevance))
  var relevance: Double?

  @Option(
    help: ArgumentHelp(
      "\(ClassifierOptions.Help.iterations) Default: \(ClassifierOptions().iterations); "
        + "\(GaussianMixtureOptions(components: 1).iterations) with --rows."))
  var iterations: Int?

  @Option(
    help: ArgumentHelp(
      "\(ClassifierOptions.Help.restarts) Default: \(ClassifierOptions().restarts); "
        + "\(GaussianMixtureOptions(components: 1).restarts) with --rows."))
  var restarts: Int?

  @Option(
    help: ArgumentHelp("\(ClassifierOptions.Help.priors) Default: uniform; empirical with --rows."))
  var priors: ClassifierOptions.Priors?

  @Option(help: ArgumentHelp(ClassifierOptions.Help.seed))
  var seed = ClassifierOptions().seed

  @Flag(
    help: """
      Choose normalisation, and half, same or double the components, by cross-validation \
      on the training recordings.
      """)
  var tune = false

  /// A kind of model.
  enum ModelKind: String, ExpressibleByArgument, CaseIterable {
    /// One hidden Markov model a class.
    case hmm
    /// One Gaussian mixture a class.
    case gmm
    /// One background model, adapted to each class.
    case gmmUBM = "gmm-ubm"

    /// The Gaussians a class where nothing is said. A background model holds all classes at once.
    var components: Int {
      switch self {
      case .hmm: 4
      case .gmm: ClassifierOptions().components
      case .gmmUBM: 8 * ClassifierOptions().components
      }
    }
  }

  /// How classes are adapted from the background model: weights too, since unlike speakers, whom the
  /// method was made for, kinds of sound differ in which Gaussians they fill at all.
  var adaptation: AdaptationOptions {
    let relevance = relevance ?? AdaptationOptions().means
    return AdaptationOptions(weights: relevance, means: relevance)
  }

  /// The kind of model of sounds.
  var soundModel: ModelKind { model ?? .hmm }

  /// The options of a classifier where nothing is asked for.
  static var defaultOptions: ClassifierOptions {
    var options = ClassifierOptions()
    options.components = ModelKind.hmm.components
    options.hidden = HiddenSoundOptions()
    return options
  }

  /// How classes become hidden Markov models.
  var hidden: HiddenSoundOptions {
    var options = HiddenSoundOptions()
    options.topology = topology ?? options.topology
    options.states = states
    return options
  }

  func validate() throws {
    for (name, isGiven) in [("--topology", topology != nil), ("--states", states != nil)]
    where isGiven && soundModel != .hmm {
      throw ValidationError("\(name) needs --model hmm.")
    }
    if let states, !(1...1000).contains(states) {
      throw ValidationError("--states \(states): 1 to 1000.")
    }
    if let components, components < 1 {
      throw ValidationError("--components \(components): at least 1.")
    }
    if let relevance {
      if soundModel != .gmmUBM { throw ValidationError("--relevance needs --model gmm-ubm.") }
      if !(relevance >= 0 && relevance.isFinite) {
        throw ValidationError("--relevance \(relevance): 0 or more.")
      }
    }
    for (name, value) in [("--iterations", iterations), ("--restarts", restarts)] {
      if let value, value < 1 { throw ValidationError("\(name) \(value): at least 1.") }
    }
  }
}

/// Options of what is done to a sound before its features are computed.
struct HearingArguments: ParsableArguments {
  @Option(help: ArgumentHelp(ClassifierOptions.Help.sampleRate))
  var rate: Int?

  @Option(help: ArgumentHelp(ClassifierOptions.Help.channel))
  var channel = ClassifierOptions().channel

  @Option(
    help: ArgumentHelp(ClassifierOptions.Help.warps, valueName: "factors"),
    transform: { text in
      try text.split(separator: ",").map { part in
        guard let factor = Double(part), (0.5...2).contains(factor) else {
          throw ValidationError("'\(part)' is no factor from 0.5 to 2.")
        }
        return factor
      }
    })
  var warps: [Double]?

  @Option(help: "Whose cepstra: the defaults of a toolkit.")
  var convention = Convention.kaldi

  /// The front end of the convention, as far as these options leave it.
  ///
  /// - Throws: `ValidationError` for an option that needs another one.
  func frontEnd(changedBy arguments: FrontEndArguments) throws -> FrontEndOptions {
    try ClassifierOptions.defaultFrontEnd(convention).changed(by: arguments.changes)
  }

  func validate() throws {
    if let rate, rate < 1 { throw ValidationError("--rate \(rate): a positive number of hertz.") }
    if channel == .each {
      throw ValidationError("--channel each: a recording has one label; choose mix or one channel.")
    }
  }
}
