import ArgumentParser
internal import FoundationEssentials
internal import Logging
internal import TencaFormats
internal import TencaGenerative
internal import TencaNeural
internal import TencaNumerics
internal import TencaSynthesis

/// `tenca train gan`.
struct TrainGANCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gan",
    abstract: "Learn to generate pictures or sounds by a game of two networks.",
    usage: "tenca train gan [<options>] <data> --output <output>",
    discussion: #"""
        tenca train gan corpora/glyphs -o shapes-gan.tenca --epochs 20 \
          --sheets shapes/ --film film.png
        tenca train gan fashion-mnist/ -o clothes-gan.tenca --conditional \
          --features clothes-features.tenca

      Against collapse, remedies that add up; against vanishing gradients, other losses:

        tenca train gan fashion-mnist/ -o g.tenca --remedy minibatch,pack:2
        tenca train gan fashion-mnist/ -o w.tenca --loss wasserstein-gp --epochs 20

      Sounds become spectrograms, and what is generated becomes sound again:

        tenca train gan digits/manifest.csv -o digits-gan.tenca --conditional \
          --representation mel --size 128x64 --architecture specgan \
          --loss wasserstein-gp

      Every report tells losses, how often the discriminator is right, gradients and
      how much samples differ from each other, and warns in words where it goes wrong.
      Then: tenca generate, interpolate, traverse, evaluate, compare.
      """#)

  @Argument(help: "Pictures or sounds, as for tenca train vae.", completion: .file())
  var data: String

  @OptionGroup(title: "Main options") var main: LearnedPart
  @OptionGroup(title: "Data") var input: ExampleArguments
  @OptionGroup(title: "The networks") var networks: AdversarialArguments
  @OptionGroup(title: "The game") var play: GameArguments
  @OptionGroup(title: "The run") var training: TrainingArguments
  @OptionGroup(title: "Watching the run") var watch: WatchArguments
  @OptionGroup var work: WorkOptions

  func run() throws {
    try OutputPath.check(main.output)
    if let metrics = training.metrics { try OutputPath.check(metrics) }
    if let film = watch.film { try OutputPath.checkPicture(film) }
    let extractor = try watch.features.map { try ModelFile.readFeatureExtractor($0) }
    try work.run { execution in
      NetworkThreads.count = execution.threads
      let data = try GenerativeData.read(
        data, input.request, split: main.split, execution: execution)
      let examples = data.examples
      let classNames = try data.classesTold(isConditional: networks.conditional)
      let options = try options(for: examples)
      let unit = ExampleScaling.toUnit(of: examples)
      var trainee = try AdversarialTrainee(
        options, examples, scaling: ExampleScaling(fitting: examples, to: .symmetric),
        averageDecay: play.average, seed: training.seed)
      work.logger.info(
        """
        \(counted(examples.count, "example", "examples")) of \(examples.shape), \
        \(trainee.game.generator.parameterCount) parameters of the generator, \
        \(trainee.game.discriminators.parameterCount) of the discriminator
        """)
      let origin = TrainingOrigin(
        source: self.data, count: examples.count, epochs: training.epochs, seed: training.seed)
      func saved(_ trainee: AdversarialTrainee) throws -> SavedGenerator {
        SavedGenerator(
          trainee.result, options, scaling: unit,
          classNames: classNames,
          representation: try data.representation, training: origin)
      }
      let monitor = try SampleMonitor(
        examples, extractor: extractor, scaling: unit, count: watch.samples,
        random: RandomStream(seed: training.seed, stream: 0x7761_7463), execution: execution)
      var advice = GameAdvice(options)
      try training.run(
        &trainee, output: main.output,
        recipe: try training.recipe(
          examples, source: self.data, options: options,
          steadying: play.recipe(steps: training.steps(examples.count))),
        logger: work.logger, execution: execution, sheets: watch.sheets,
        sheet: { try ExampleOutput.sheet(of: try saved($0), seed: training.seed) },
        reportSteps: watch.reportEvery
      ) { trainee, report in
        let score = try monitor.score(try saved(trainee), execution: execution).measures
        for trouble in advice.troubles(report.measures + score) {
          work.logger.warning("step \(report.steps): \(advice.words(trouble))")
        }
        return score
      }
      if let film = watch.film { try write(trainee, to: film, isSound: data.codec != nil) }
      try training.write(
        try saved(trainee).archive(), to: main.output, logger: work.logger)
    }
  }

  private func options(for examples: ExampleSet) throws -> AdversarialOptions {
    var options = AdversarialOptions(
      shape: examples.shape, architecture: networks.architecture, loss: play.loss)
    options.classCount = networks.conditional ? examples.classNames.count : 0
    options.conditioning = networks.conditioning
    options.noiseCount = networks.noise
    options.width = networks.width ?? options.width
    play.apply(to: &options, rate: training.learningRate)
    try options.check()
    return options
  }

  /// Draws what the same noise became epoch by epoch.
  private func write(_ trainee: AdversarialTrainee, to path: String, isSound: Bool) throws {
    let shape = trainee.game.options.shape
    let frames = (trainee.film + [trainee.frame()]).map { frame in
      ExampleOutput.upright(frame.scaled(by: 0.5, plus: 0.5).floatArray, isSound: isSound)
    }
    try ExampleOutput.sheet(shape, columns: nil).filmStrip(of: frames).writePNG(to: path)
  }
}

/// How generator and discriminator are built.
struct AdversarialArguments: ParsableArguments {
  @Option(
    help: "dense, dcgan, or specgan, which normalises no batches.",
    transform: { try namedValue($0, AdversarialOptions.Architecture.self) })
  var architecture = AdversarialOptions.Architecture.dcgan

  @Option(help: "Numbers of noise that make an example.")
  var noise = 100

  @Option(
    help: """
      Hidden units of dense networks (128), channels next to the picture of others (64, of pictures \
      larger than 32 pixels 32, of specgan 16).
      """)
  var width: Int?

  @Flag(help: "Tell both networks the class, so that examples of a class can be generated.")
  var conditional = false

  @Option(
    help: "How the discriminator is told the class: planes beside the picture, or projection.",
    transform: { try namedValue($0, AdversarialOptions.Conditioning.self) })
  var conditioning = AdversarialOptions.Conditioning.planes
}

/// How the game is played.
struct GameArguments: ParsableArguments {
  @Option(help: "\(lossNames).", transform: { try namedValue($0, AdversarialLoss.self) })
  var loss = AdversarialLoss.nonSaturating

  @Option(
    help: ArgumentHelp(
      "Against collapse, with commas: \(AdversarialRemedies.names).", valueName: "remedies"),
    transform: { try AdversarialRemedies(names: $0) })
  var remedy = AdversarialRemedies()

  @OptionGroup var judge: JudgeArguments

  @Option(help: "How far below 1 the probability of true examples lies that is taught.")
  var labelSmoothing = 0.0

  @Flag(help: "Let both step sizes fall to 0 over the run.")
  var anneal = false

  @Option(
    help: "Keep the moving average of the generator's weights with this decay, such as 0.999.")
  var average: Double?

  /// What else must be the same when a run goes on; what falls over the run knows its length.
  func recipe(steps: Int) -> String {
    let falls = anneal || judge.instanceNoise > 0
    return "average \(average ?? 0)" + (falls ? ", over \(steps) steps" : "")
  }

  /// Takes over what was given; the rest stays as the loss wants it.
  func apply(to options: inout AdversarialOptions, rate: Double?) {
    options.remedies = remedy
    options.generatorRate = rate ?? options.generatorRate
    options.discriminatorRate = options.generatorRate
    judge.apply(to: &options)
    options.isAnnealed = anneal
    options.labelSmoothing = labelSmoothing
  }
}

/// What is seen of a game while it is played.
struct WatchArguments: ParsableArguments {
  @Option(
    help: "Measure FID, label agreement and covered classes by this model of tenca train features.",
    completion: .file())
  var features: String?

  @Option(help: "Samples for those measures.")
  var samples = 2000

  @Option(help: "Steps between reports; 0 for one an epoch.")
  var reportEvery = 0

  @Option(
    help: "Write a sheet of samples, always of the same noise, to this folder with every report.",
    completion: .directory)
  var sheets: String?

  @Option(
    help: "At the end, draw what the same noise became epoch by epoch to this .png.",
    completion: .file())
  var film: String?

  func validate() throws {
    if samples < 100 { throw ValidationError("--samples \(samples): at least 100.") }
    if reportEvery < 0 { throw ValidationError("--report-every \(reportEvery): at least 0.") }
  }
}
