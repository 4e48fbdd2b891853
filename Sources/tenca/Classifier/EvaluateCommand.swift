import ArgumentParser
internal import Logging
internal import TencaFormats
internal import TencaNumerics
internal import TencaPlot
internal import TencaRecognition

/// `tenca evaluate`: how good is it, on recordings that it did not learn from.
struct EvaluateCommand: ParsableCommand {
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
      """#)

  @Argument(
    help: ArgumentHelp(
      "A model and labelled recordings; with --cross-validate, recordings alone.",
      valueName: "model-and-data"),
    completion: .file())
  var paths: [String]

  @Option(help: "Train without each value of this column in turn, or in this many parts.")
  var crossValidate: String?

  @Option(help: "Use the rows whose column 'split' has this value.")
  var split: String?

  @Option(help: "How file names carry labels, such as '{label}_{speaker}_{take}'.")
  var labelsFrom: String?

  @Flag(help: "Refuse recordings of another rate instead of resampling them.")
  var strictRate = false

  @Option(help: "Count no verdict where the best class is less probable than this, from 0 to 1.")
  var rejectBelow = 0.0

  @Option(help: "Draw the confusion matrix to .png, .svg or .pdf.")
  var picture: String?

  @OptionGroup var report: ReportOptions
  @OptionGroup var classifier: ClassifierArguments
  @OptionGroup(title: "Work") var work: WorkOptions

  func validate() throws {
    let expected = crossValidate == nil ? 2 : 1
    if paths.count != expected {
      throw ValidationError(
        crossValidate == nil
          ? "give a model and recordings: tenca evaluate MODEL DATA (or --cross-validate)."
          : "--cross-validate trains its own models: give recordings alone.")
    }
    if !(0...1).contains(rejectBelow) {
      throw ValidationError("--reject-below \(rejectBelow): a probability from 0 to 1.")
    }
  }

  func run() throws {
    let evaluation = try work.run { execution in
      let evaluation = try evaluate(execution)
      try write(evaluation)
      if let picture { try Self.chart(evaluation).write(to: picture) }
      return evaluation
    }
    try BatchFailures.report(
      evaluation.failures, of: evaluation.failures.count + evaluation.verdicts.count)
  }

  private func evaluate(_ execution: Execution) throws -> Evaluation {
    var dataset = try Dataset(
      path: paths.last!, pattern: try labelsFrom.map(FileNamePattern.init))
    if let split { dataset = try dataset.filtered(column: "split", value: split) }
    guard let crossValidate else {
      let model = try ModelFile.readClassifier(paths[0])
      var options = model.options
      options.sampleRate = model.sampleRate
      let set = try FeatureSet(
        dataset, options: options, strictRate: strictRate, execution: execution)
      DataArguments.report(resampled: set.resampled, to: set.sampleRate, work.logger)
      return try model.evaluate(set, rejectBelow: rejectBelow, execution: execution)
    }
    let candidates = try Tuning.candidates(
      classifier.variants, dataset, strictRate: strictRate, execution: execution)
    let set = candidates[0].set
    DataArguments.report(resampled: set.resampled, to: set.sampleRate, work.logger)
    let parting: CrossValidation.Parting =
      Int(crossValidate).map { .folds($0) } ?? .column(crossValidate)
    return try CrossValidation.run(
      candidates, parting: parting, rejectBelow: rejectBelow, execution: execution)
  }

  private func write(_ evaluation: Evaluation) throws {
    if report.json {
      Console.writeLine(try JSONText.encode(EvaluationReport(evaluation)))
    } else if report.csv {
      Console.writeBytes(Array(try EvaluationReport.csv(evaluation).utf8))
    } else {
      Console.writeLine(EvaluationReport.text(evaluation))
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
