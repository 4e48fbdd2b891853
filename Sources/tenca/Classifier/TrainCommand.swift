import ArgumentParser
internal import Logging
internal import TencaFormats
internal import TencaNumerics
internal import TencaRecognition

/// `tenca train`: learn a model.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Learn a model from data.",
    subcommands: [
      TrainClassifierCommand.self, TrainRecognizerCommand.self, TrainMixtureCommand.self,
      TrainHMMCommand.self,
      TrainVAECommand.self, TrainGANCommand.self, TrainFeaturesCommand.self,
    ])
}

/// `tenca train classifier`.
struct TrainClassifierCommand: ClassifierCommand {
  static let configuration = CommandConfiguration(
    commandName: "classifier",
    abstract: "Learn to tell sounds, or rows of a table, apart.",
    discussion: #"""
      Labels come from a manifest, from folders, or from file names:

        tenca train classifier digits/manifest.csv -o digits.tenca --split train
        tenca train classifier sounds/ -o sounds.tenca --components 16
        tenca train classifier takes/ -o words.tenca \
          --labels-from '{label}_{speaker}_{take}'

      With --rows, the data are a CSV table with a column of classes:

        tenca train classifier rice.csv --rows --label CLASS -o rice.tenca

      The model is one safetensors file that holds the front end too. Options of
      the front end that are not given are as the toolkit of --convention has them,
      with --deltas 2.
      """#)

  @Argument(
    help: ArgumentHelp(
      "Labelled recordings: a manifest CSV (path,label and any other columns), a folder with one "
        + "folder a class, or with --labels-from a folder of files whose names tell. With --rows, "
        + "a CSV table.",
      valueName: "data"),
    completion: .file())
  var data: String

  @OptionGroup(title: "Main options") var main: TrainOptions
  @OptionGroup(title: "Learning") var learning: LearningArguments
  @OptionGroup(title: "Rows of a table") var rows: RowClassifierArguments
  @OptionGroup(title: "Hearing") var hearing: HearingArguments
  @OptionGroup var frontEnd: FrontEndArguments
  @OptionGroup var work: WorkOptions

  func validate() throws {
    _ = try classifierOptions()
    if main.tuneBy != nil && !learning.tune { throw ValidationError("--tune-by needs --tune.") }
    if rows.rows { _ = try rows.options(learning) }
  }

  func run() throws {
    try OutputPath.check(main.output)
    if rows.rows { return try trainOnRows() }
    let set = try work.run { execution in
      let chosen = try choose(
        try Tuning.candidates(
          try variants(), try main.recordings.dataset(at: data),
          strictRate: main.recordings.strictRate, execution: execution),
        execution)
      let set = chosen.set
      RecordingArguments.report(resampled: set.resampled, to: set.sampleRate, work.logger)
      let model = try Classifier.train(
        set, options: chosen.options, source: data, execution: execution)
      for warning in model.training.warnings { work.logger.warning("\(warning)") }
      try ModelFile.write(try model.archive(), to: main.output)
      try report(model)
      return set
    }
    try BatchFailures.report(set.failures, of: set.failures.count + set.recordings.count)
  }

  private func trainOnRows() throws {
    try work.run { execution in
      let model = try RowClassifier.train(
        try rows.labelledRows(at: data), labelColumn: rows.columns.label ?? "",
        options: try rows.options(learning), priors: learning.priors ?? .empirical,
        execution: execution)
      for warning in model.training.warnings { work.logger.warning("\(warning)") }
      try ModelFile.write(try model.archive(), to: main.output)
      let report = RowClassifierReport(model, path: main.output)
      if main.json { return try Console.writeLine(try JSONText.encode(report)) }
      work.logger.info(
        """
        \(main.output): \(model.labels.count) classes, \(model.training.rows.reduce(0, +)) rows of \
        \(counted(model.columns.count, "column", "columns"))
        """)
    }
  }

  private func choose(
    _ candidates: [Tuning.Candidate], _ execution: Execution
  ) throws -> Tuning.Candidate {
    if candidates.count == 1 { return candidates[0] }
    let (best, accuracies) = try Tuning.choose(
      candidates, parting: main.tuneBy.map { .column($0) } ?? .folds(3), execution: execution)
    for (index, candidate) in candidates.enumerated() {
      work.logger.info(
        """
        \(index == best ? "*" : " ") \((100 * accuracies[index]).formatted(decimals: 1))% \
        \(candidate.summary)
        """)
    }
    return candidates[best]
  }

  private func report(_ model: Classifier) throws {
    if main.json {
      return try Console.writeLine(try JSONText.encode(ModelReport(model, path: main.output)))
    }
    let record = model.training
    work.logger.info(
      """
      \(main.output): \(model.labels.count) classes, \(record.recordings.reduce(0, +)) recordings, \
      \(record.frames.reduce(0, +)) frames
      """)
  }
}

/// What a model is made of, and where it goes.
struct TrainOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "Where to write the model.", completion: .file())
  var output: String

  @OptionGroup var recordings: RecordingArguments

  @Option(
    help: """
      With --tune, leave out the values of this column in turn, such as speaker, instead of \
      three parts.
      """)
  var tuneBy: String?

  @Flag(help: "Report as JSON on standard output.")
  var json = false
}
