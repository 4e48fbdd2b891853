import ArgumentParser
internal import TencaFormats
internal import TencaGenerative
internal import TencaNeural
internal import TencaNumerics
internal import TencaPlot
internal import TencaRecognition

/// `tenca evaluate`: how good is it, on recordings that it did not learn from.
struct EvaluateCommand: ClassifierCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure a classifier on labelled recordings, or cross-validate its options.",
    discussion: #"""
      A trained model on the test part of a manifest:

        tenca evaluate digits.tenca digits/manifest.csv --split test \
          --picture confusion.png

      Options without a model, leaving out one speaker at a time, or in 5 parts:

        tenca evaluate --cross-validate speaker digits/manifest.csv --components 16
        tenca evaluate --cross-validate 5 sounds/ --json
        tenca evaluate --cross-validate 10 rice.csv --rows --label CLASS

      A model of train vae is measured by the bound of its likelihood, with --iwae 500
      by a tighter one, and with a model of train features by its samples, as one of
      train gan is:

        tenca evaluate clothes.tenca fashion-mnist/ --split test \
          --features clothes-features.tenca

      A model of train recognizer is measured by its word errors, with an interval by
      resampling recordings, on a manifest with the columns path, text and speaker:

        tenca evaluate an4.tenca an4/test.csv --json
        tenca evaluate an4.tenca an4/test.csv --phones

      Options of learning, hearing and the front end are for --cross-validate: a
      model has its own.
      """#)

  @Argument(
    help: ArgumentHelp(
      "A model and labelled recordings; with --cross-validate, recordings alone.",
      valueName: "model-and-data"),
    completion: .file())
  var paths: [String]

  @OptionGroup(title: "Main options") var main: EvaluateOptions
  @OptionGroup(title: "Learning") var learning: LearningArguments
  @OptionGroup(title: "Rows of a table") var rows: RowClassifierArguments
  @OptionGroup(title: "Hearing") var hearing: HearingArguments
  @OptionGroup var frontEnd: FrontEndArguments
  @OptionGroup var work: WorkOptions

  func validate() throws {
    if main.crossValidate == nil && paths.count != 2 {
      throw ValidationError(
        "give a model and recordings: tenca evaluate MODEL DATA (or --cross-validate).")
    }
    if main.crossValidate != nil && paths.count != 1 {
      throw ValidationError("--cross-validate trains its own models: give recordings alone.")
    }
    if main.crossValidate == nil,
      try learning.tune || rows.rows || classifierOptions() != LearningArguments.defaultOptions
    {
      throw ValidationError(
        "a trained model has its own options: those of learning, hearing and the front end need "
          + "--cross-validate.")
    }
  }

  func run() throws {
    if let picture = main.picture { try OutputPath.checkPicture(picture) }
    let model = try main.crossValidate == nil ? ModelFile.read(paths[0]) : nil
    switch model {
    case .autoencoder(let saved): return try evaluate(saved)
    case .generator(let saved): return try evaluate(saved)
    case .recognizer(let recognizer): return try evaluate(recognizer)
    default: break
    }
    let evaluation = try work.run { execution in
      let evaluation = try evaluate(model, execution)
      try write(evaluation)
      if let picture = main.picture { try Self.chart(evaluation).write(to: picture) }
      return evaluation
    }
    try BatchFailures.report(
      evaluation.failures, of: evaluation.failures.count + evaluation.verdicts.count)
  }

  private func evaluate(
    _ model: ModelFile.Model?, _ execution: Execution
  ) throws -> Evaluation {
    if let parts = main.crossValidate { return try crossValidate(parts, execution) }
    switch model {
    case .classifier(let model): return try evaluate(model, execution)
    case .rowClassifier(let model):
      return try model.evaluate(
        try LabelledRows(try model.table(at: paths[1], withLabels: true)),
        rejectBelow: main.rejectBelow, execution: execution)
    case .rowMixture, .sequences, .regimes, .autoencoder, .generator, .features, .recognizer, nil:
      throw CommandError.notAClassifier(path: paths[0])
    }
  }

  /// The bound of an autoencoder on the test part of its data, or on all where it is not parted.
  private func evaluate(_ saved: SavedAutoencoder) throws {
    try work.run { execution in
      NetworkThreads.count = execution.threads
      let examples = try saved.examples(at: paths[1], split: try split, limit: nil, execution)
      let evaluation = try saved.network.evaluate(
        examples, scaling: saved.scaling, iwaeSamples: main.iwae, execution: execution)
      let samples = try main.features.map { path in
        try saved.requireCodes(main.codes, path: paths[0])
        return try measure(saved, examples, features: path, execution)
      }
      try Console.write(
        AutoencoderEvaluationReport(
          model: paths[0], data: paths[1], evaluation: evaluation, samples: samples),
        json: main.report.json)
    }
  }

  /// The samples of a generator beside the test part of its data, or all where it is not parted.
  private func evaluate(_ saved: SavedGenerator) throws {
    guard let features = main.features else {
      throw ValidationError(
        "a generator knows no likelihood: it is measured by its samples. Give --features, a model of "
          + "tenca train features on the same data.")
    }
    try work.run { execution in
      NetworkThreads.count = execution.threads
      let examples = try saved.examples(at: paths[1], split: try split, limit: nil, execution)
      let samples = try measure(saved, examples, features: features, execution)
      try Console.write(
        GeneratorEvaluationReport(model: paths[0], data: paths[1], samples: samples),
        json: main.report.json)
    }
  }

  private var split: ExampleSplit {
    get throws { try main.recordings.split.map { try namedValue($0, ExampleSplit.self) } ?? .all }
  }

  /// The samples of a model beside examples. Where parts are known, copies of the part that was learned
  /// from are looked for.
  private func measure(
    _ model: any GenerativeModel, _ examples: ExampleSet, features: String, _ execution: Execution
  ) throws -> SampleReport {
    let training =
      try split == .test
      ? try model.examples(at: paths[1], split: .train, limit: nil, execution) : nil
    let measuring = SampleMeasuring(
      model: model, extractor: try ModelFile.readFeatureExtractor(features),
      count: main.samples ?? examples.count, fromPrior: main.codes == .prior, seed: 1)
    return try measuring.report(
      generated: try measuring.samples(execution), real: examples, training: training, execution)
  }

  private func evaluate(_ model: Classifier, _ execution: Execution) throws -> Evaluation {
    let evaluation = try model.evaluate(
      try main.recordings.dataset(at: paths[1]), strictRate: main.recordings.strictRate,
      rejectBelow: main.rejectBelow, execution: execution)
    RecordingArguments.report(
      resampled: evaluation.resampled, to: model.sampleRate, work.logger)
    return evaluation
  }

  private func crossValidate(_ parts: String, _ execution: Execution) throws -> Evaluation {
    if rows.rows {
      guard let folds = Int(parts) else {
        throw ValidationError("--cross-validate \(parts): rows are parted by a number of parts.")
      }
      return try RowClassifier.crossValidate(
        try rows.labelledRows(at: paths[0]), folds: folds, options: try rows.options(learning),
        priors: learning.priors ?? .empirical, rejectBelow: main.rejectBelow, execution: execution)
    }
    let candidates = try Tuning.candidates(
      try variants(), try main.recordings.dataset(at: paths[0]),
      strictRate: main.recordings.strictRate, execution: execution)
    let set = candidates[0].set
    RecordingArguments.report(resampled: set.resampled, to: set.sampleRate, work.logger)
    return try CrossValidation.run(
      candidates, parting: Int(parts).map { .folds($0) } ?? .column(parts),
      rejectBelow: main.rejectBelow, execution: execution)
  }

  private func write(_ evaluation: Evaluation) throws {
    if main.report.json {
      try Console.writeLine(try JSONText.encode(EvaluationReport(evaluation)))
    } else if main.report.csv {
      try Console.write(Array(try EvaluationReport.csv(evaluation).utf8))
    } else {
      try Console.writeLine(EvaluationReport.text(evaluation))
    }
  }

  private static func chart(_ evaluation: Evaluation) -> ConfusionMatrixPlot {
    let confusion = evaluation.confusion
    let counts = NDArray(rows: confusion.counts.map { $0.map(Double.init) })
    return ConfusionMatrixPlot(
      counts, classes: confusion.labels,
      title: "\((100 * confusion.accuracy).formatted(decimals: 1))% of \(confusion.total) right")
  }
}

/// What is measured on what, and how that is told.
struct EvaluateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Train without each value of this column in turn, or in this many parts.",
      valueName: "column-or-count"))
  var crossValidate: String?

  @OptionGroup var recordings: RecordingArguments

  @Option(help: "Of an autoencoder, draw this many codes an example for the IWAE bound.")
  var iwae = 0

  @Option(
    help: "Of an autoencoder, compare samples with the data by this model of train features.",
    completion: .file())
  var features: String?

  @Option(help: "With --features, how many samples. Default: as many as examples.")
  var samples: Int?

  @Option(
    help: "With --features, draw codes as training examples have them (fitted) or from the prior.",
    transform: { try namedValue($0, CodeSource.self) })
  var codes = CodeSource.fitted

  @Option(help: "Count no verdict where the best class is less probable than this, from 0 to 1.")
  var rejectBelow = 0.0

  @OptionGroup(title: "What may be said to a recogniser") var grammar: GrammarArguments

  @Flag(
    help: "Of a recogniser, count errors of phones, any after any, in the place of words.")
  var phones = false

  @Option(help: "Draw the confusion matrix to .png, .svg or .pdf.", completion: .file())
  var picture: String?

  @OptionGroup var report: ReportOptions

  func validate() throws {
    if !(0...100_000).contains(iwae) {
      throw ValidationError("--iwae \(iwae): a number from 0 to 100000.")
    }
    if let samples {
      if features == nil { throw ValidationError("--samples is for --features.") }
      if !(8...1_000_000).contains(samples) {
        throw ValidationError("--samples \(samples): a number from 8 to 1000000.")
      }
    }
    if phones && [grammar.grammar, grammar.arpa, grammar.words].contains(where: { $0 != nil }) {
      throw ValidationError("--phones lets any phone follow any: it takes no grammar.")
    }
    if !(0...1).contains(rejectBelow) {
      throw ValidationError("--reject-below \(rejectBelow): a probability from 0 to 1.")
    }
  }
}
