import ArgumentParser
internal import Logging
internal import TencaAudio
internal import TencaRecognition

/// Which labelled recordings are meant.
struct DataArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Labelled recordings: a manifest CSV (path,label and any other columns), a folder with one "
        + "folder a class, or with --labels-from a folder of files whose names tell.",
      valueName: "data"),
    completion: .file())
  var path: String

  @Option(help: "Use the rows whose column 'split' has this value.")
  var split: String?

  @Option(
    help: "How file names carry labels, such as '{label}_{speaker}_{take}'.")
  var labelsFrom: String?

  @Flag(help: "Refuse recordings of another rate instead of resampling them.")
  var strictRate = false

  /// Reads the data set.
  func dataset() throws -> Dataset {
    let dataset = try Dataset(path: path, pattern: try labelsFrom.map(FileNamePattern.init))
    guard let split else { return dataset }
    return try dataset.filtered(column: "split", value: split)
  }

  /// Says what was resampled, so that it is never silent.
  static func report(resampled: [Int: Int], to rate: Int, _ logger: Logger) {
    for (from, count) in resampled.sorted(by: { $0.key < $1.key }) {
      logger.info("\(count) recordings resampled from \(from) to \(rate) Hz")
    }
  }
}

/// How a classifier hears and learns, on the command line.
struct ClassifierArguments: ParsableArguments {
  @Option(help: "Kind of model.")
  var model = ModelKind.gmm

  @Option(help: ArgumentHelp(stringLiteral: ClassifierOptions.Help.components))
  var components = ClassifierOptions().components

  @Option(help: ArgumentHelp(stringLiteral: ClassifierOptions.Help.iterations))
  var iterations = ClassifierOptions().iterations

  @Option(help: ArgumentHelp(stringLiteral: ClassifierOptions.Help.restarts))
  var restarts = ClassifierOptions().restarts

  @Option(help: ArgumentHelp(stringLiteral: ClassifierOptions.Help.priors))
  var priors = ClassifierOptions().priors

  @Option(help: ArgumentHelp(stringLiteral: ClassifierOptions.Help.seed))
  var seed = ClassifierOptions().seed

  @Flag(
    help: """
      Choose normalisation and half, same or double the Gaussians by cross-validation \
      on the training recordings.
      """)
  var tune = false

  @Option(help: ArgumentHelp(stringLiteral: ClassifierOptions.Help.sampleRate))
  var rate: Int?

  @Option(help: ArgumentHelp(stringLiteral: ClassifierOptions.Help.channel))
  var channel = ClassifierOptions().channel

  @OptionGroup(title: "Front end") var frontEnd: FrontEndArguments

  /// A kind of model.
  enum ModelKind: String, ExpressibleByArgument, CaseIterable {
    /// One Gaussian mixture a class.
    case gmm
  }

  func validate() throws {
    if components < 1 { throw ValidationError("--components \(components): at least 1.") }
    if iterations < 1 { throw ValidationError("--iterations \(iterations): at least 1.") }
    if restarts < 1 { throw ValidationError("--restarts \(restarts): at least 1.") }
    if channel == .each {
      throw ValidationError("--channel each: a recording has one label; choose mix or one channel.")
    }
  }

  /// The options to choose among: one, unless tuning was asked for.
  var variants: [ClassifierOptions] { tune ? Tuning.variants(of: options) : [options] }

  /// The options meant.
  var options: ClassifierOptions {
    var options = ClassifierOptions()
    options.components = components
    options.iterations = iterations
    options.restarts = restarts
    options.priors = priors
    options.seed = seed
    options.sampleRate = rate
    options.channel = channel
    options.frontEnd = frontEnd.changed(
      ClassifierOptions.defaultFrontEnd(frontEnd.convention))
    return options
  }
}
