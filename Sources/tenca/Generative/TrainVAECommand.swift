import ArgumentParser
internal import FoundationEssentials
internal import Logging
internal import TencaFormats
internal import TencaGenerative
internal import TencaNeural
internal import TencaNumerics
internal import TencaSynthesis

/// `tenca train vae`.
struct TrainVAECommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vae",
    abstract: "Learn to generate pictures or sounds with a variational autoencoder.",
    usage: "tenca train vae [<options>] <data> --output <output>",
    discussion: #"""
        tenca train vae corpora/glyphs -o glyphs.tenca --epochs 20
        tenca train vae fashion-mnist/ -o clothes.tenca --architecture conv \
          --conditional

      Sounds become spectrograms, and what is generated becomes sound again:

        tenca train vae digits/manifest.csv -o digits.tenca --conditional \
          --representation mel --size 128x64 --architecture conv --latent 64

      A run that was stopped, by Ctrl-C or by force, goes on to the same weights:

        tenca train vae corpora/glyphs -o glyphs.tenca --epochs 20 --resume

      Then: tenca generate, reconstruct, encode, interpolate, traverse, evaluate.
      """#)

  @Argument(
    help: """
      Pictures: a folder of IDX files as MNIST has them, an IDX, .npy or .npz file, a folder of PNG and \
      JPEG with one folder a class, or a manifest CSV. With --representation: sounds.
      """,
    completion: .file())
  var data: String

  @OptionGroup(title: "Main options") var main: LearnedPart
  @OptionGroup(title: "Data") var input: ExampleArguments
  @OptionGroup(title: "The network") var network: AutoencoderArguments
  @OptionGroup(title: "The run") var training: TrainingArguments
  @Option(
    help: "Write a sheet of samples, always of the same noise, to this folder after every epoch.",
    completion: .directory)
  var sheets: String?

  @OptionGroup(title: "Steadying the run") var steadying: SteadyingArguments
  @OptionGroup var work: WorkOptions

  func run() throws {
    try OutputPath.check(main.output)
    if let metrics = training.metrics { try OutputPath.check(metrics) }
    try work.run { execution in
      NetworkThreads.count = execution.threads
      let data = try GenerativeData.read(
        data, input.request, split: main.split, execution: execution)
      let examples = data.examples
      let classNames = try data.classesTold(isConditional: network.conditional)
      let options = try network.options(for: examples)
      let scaling = ExampleScaling.toUnit(of: examples)
      let steps = training.steps(examples.count)
      var trainee = try AutoencoderTrainee(
        options, examples, scaling: scaling, schedule: try steadying.schedule(training, steps),
        gradientLimit: steadying.clipGradients, averageDecay: steadying.average,
        seed: training.seed)
      work.logger.info(
        """
        \(counted(examples.count, "example", "examples")) of \(examples.shape), \
        \(trainee.network.parameterCount) parameters
        """)
      let recipe = try training.recipe(
        examples, source: self.data, options: options, steadying: steadying.recipe(steps))
      let origin = TrainingOrigin(
        source: self.data, count: examples.count, epochs: training.epochs, seed: training.seed)
      func saved(_ network: Autoencoder, _ density: CodeDensity?) throws -> SavedAutoencoder {
        SavedAutoencoder(
          network, codeDensity: density, scaling: scaling,
          classNames: classNames,
          representation: try data.representation, training: origin)
      }
      try training.run(
        &trainee, output: main.output, recipe: recipe, logger: work.logger, execution: execution,
        sheets: sheets
      ) { try ExampleOutput.sheet(of: try saved($0.result, nil), seed: training.seed) }
      let density =
        network.plain
        ? nil
        : try CodeDensity(of: trainee.result, on: examples, scaling: scaling, execution: execution)
      try training.write(
        try saved(trainee.result, density).archive(), to: main.output, logger: work.logger)
    }
  }
}

/// Where the model goes and which part of the data it learns from.
struct LearnedPart: ParsableArguments {
  @Option(name: .shortAndLong, help: "Where to write the model.", completion: .file())
  var output: String

  @Option(
    help: "Part of the data to learn from: train, validation, test or all.",
    transform: { try namedValue($0, ExampleSplit.self) })
  var split = ExampleSplit.train
}

/// How an autoencoder is built.
struct AutoencoderArguments: ParsableArguments {
  @Option(
    help: "dense or conv.",
    transform: { try namedValue($0, AutoencoderOptions.Architecture.self) })
  var architecture = AutoencoderOptions.Architecture.dense

  @Option(help: "Numbers of a code.")
  var latent = 20

  @Option(
    help:
      "Hidden units of a dense network (400), channels of a convolutional one's first stage (32).")
  var width: Int?

  @Option(
    help: "What a pixel is: bernoulli, gaussian, or logistic (256 levels).",
    transform: { try namedValue($0, AutoencoderOptions.Likelihood.self) })
  var likelihood = AutoencoderOptions.Likelihood.bernoulli

  @Flag(help: "Draw pixels black or white, as likely white as they are bright, in every step anew.")
  var binarize = false

  @Option(help: "Weight of the divergence of codes from the normal distribution.")
  var beta = 1.0

  @Option(help: "Share of the run over which that weight rises from 0, from 0 to 1.")
  var annealing = 0.0

  @Option(help: "Nats of each code number that cost nothing.")
  var freeBits = 0.0

  @Flag(help: "Tell the network the class, so that examples of a class can be generated.")
  var conditional = false

  @Flag(
    help:
      "A plain autoencoder, whose codes are no distributions: it reconstructs but cannot generate.")
  var plain = false

  /// The options for a set of examples.
  ///
  /// - Throws: `GenerativeError` for one out of range.
  func options(for examples: ExampleSet) throws -> AutoencoderOptions {
    var options = AutoencoderOptions(shape: examples.shape)
    options.classCount = conditional ? examples.classNames.count : 0
    options.isVariational = !plain
    options.architecture = architecture
    options.latentCount = latent
    options.width = width ?? (architecture == .dense ? 400 : 32)
    options.likelihood = likelihood
    options.isBinarized = binarize
    options.beta = beta
    options.annealing = annealing
    options.freeBits = freeBits
    try options.check()
    return options
  }
}
