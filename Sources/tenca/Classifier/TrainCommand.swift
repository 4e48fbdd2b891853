import ArgumentParser
internal import Logging
internal import TencaFormats
internal import TencaNumerics
internal import TencaRecognition

/// `tenca train`: learn a model.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Learn a model from data.",
    subcommands: [TrainClassifierCommand.self, TrainMixtureCommand.self])
}

/// `tenca train classifier`.
struct TrainClassifierCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classifier",
    abstract: "Learn to tell sounds apart from labelled recordings.",
    discussion: #"""
      Labels come from a manifest, from folders, or from file names:

        tenca train classifier digits/manifest.csv -o digits.tenca --split train
        tenca train classifier sounds/ -o sounds.tenca --components 16
        tenca train classifier takes/ -o words.tenca \
          --labels-from '{label}_{speaker}_{take}'

      The model is one safetensors file that holds the front end too.
      """#)

  @OptionGroup var data: DataArguments

  @Option(name: .shortAndLong, help: "Where to write the model.", completion: .file())
  var output: String

  @Option(
    help: """
      With --tune, leave out the values of this column in turn, such as speaker, instead of \
      three parts.
      """)
  var tuneBy: String?

  @Flag(help: "Report as JSON on standard output.")
  var json = false

  @OptionGroup var classifier: ClassifierArguments
  @OptionGroup(title: "Work") var work: WorkOptions

  func run() throws {
    let logger = work.logger
    let failures = try work.run { execution in
      let candidates = try Tuning.candidates(
        classifier.variants, try data.dataset(), strictRate: data.strictRate,
        execution: execution)
      let chosen = try choose(candidates, execution)
      let set = chosen.set
      DataArguments.report(resampled: set.resampled, to: set.sampleRate, logger)
      let model = try Classifier.train(
        set, options: chosen.options, source: data.path, execution: execution)
      for warning in model.training.warnings { logger.warning("\(warning)") }
      try ModelFile.write(model, to: output)
      if json {
        Console.writeLine(try JSONText.encode(ModelReport(model, path: output)))
      } else {
        logger.info(
          """
          \(output): \(model.labels.count) classes, \(set.recordings.count) recordings, \
          \(model.training.frames.reduce(0, +)) frames
          """)
      }
      return (set.failures, set.failures.count + set.recordings.count)
    }
    try BatchFailures.report(failures.0, of: failures.1)
  }

  private func choose(
    _ candidates: [Tuning.Candidate], _ execution: Execution
  ) throws -> Tuning.Candidate {
    if candidates.count == 1 { return candidates[0] }
    let (best, accuracies) = try Tuning.choose(
      candidates, parting: tuneBy.map { .column($0) } ?? .folds(3), execution: execution)
    for (index, candidate) in candidates.enumerated() {
      work.logger.info(
        """
        \(index == best ? "*" : " ") \((100 * accuracies[index]).formatted(decimals: 1))% \
        \(candidate.summary)
        """)
    }
    return candidates[best]
  }
}
