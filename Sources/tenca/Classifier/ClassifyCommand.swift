import ArgumentParser
internal import Logging
internal import TencaAudio
internal import TencaFormats
internal import TencaNumerics
internal import TencaPlot
internal import TencaRecognition

/// `tenca classify`: name sounds.
struct ClassifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "Name sounds, or rows of a table, with a trained classifier.",
    usage: "tenca classify [<options>] <model> <inputs> ...",
    discussion: """
      Whole files, folders, or standard input:

        tenca classify digits.tenca new.wav
        tenca classify digits.tenca recordings/ --csv > names.csv
        arecord -d 2 | tenca classify digits.tenca - --json

      The rows of a table, where the model learned from rows:

        tenca classify rice.tenca new.csv --csv

      A long recording, one verdict a second, as a table and a picture:

        tenca classify sounds.tenca day.flac --window 2 --hop 1 --picture day.png
      """)

  @Argument(help: "A model written by tenca train classifier.", completion: .file())
  var model: String

  @Argument(help: "Sound files or folders, or tables; - is standard input.", completion: .file())
  var inputs: [String]

  @Option(help: "Classes listed for each sound.")
  var top = 1

  @Option(help: "Classify windows of this many seconds instead of the whole sound.")
  var window: Double?

  @Option(help: "Seconds from one window to the next. Default: half a window.")
  var hop: Double?

  @Option(help: "Give no verdict where the best class is less probable than this, from 0 to 1.")
  var rejectBelow = 0.0

  @Flag(help: "Refuse sounds of another rate than the model's instead of resampling them.")
  var strictRate = false

  @Option(
    help: "Draw probabilities of one sound, or its time line, to .png, .svg or .pdf.",
    completion: .file())
  var picture: String?

  @OptionGroup var report: ReportOptions
  @OptionGroup var work: WorkOptions

  func validate() throws {
    if top < 1 { throw ValidationError("--top \(top): at least 1.") }
    if !(0...1).contains(rejectBelow) {
      throw ValidationError("--reject-below \(rejectBelow): a probability from 0 to 1.")
    }
    if hop != nil && window == nil { throw ValidationError("--hop needs --window.") }
    for (name, value) in [("--window", window), ("--hop", hop)] {
      if let value, !(value > 0 && value.isFinite) {
        throw ValidationError("\(name) \(value): a positive number of seconds.")
      }
    }
  }

  func run() throws {
    if let picture { try OutputPath.checkPicture(picture) }
    switch try ModelFile.read(model) {
    case .classifier(let classifier): try classifySounds(classifier)
    case .rowClassifier(let classifier): try classifyRows(classifier)
    case .rowMixture, .sequences, .regimes, .autoencoder, .generator, .features, .recognizer:
      throw CommandError.notAClassifier(path: model)
    }
  }

  private func classifySounds(_ classifier: Classifier) throws {
    let sounds = try SoundInputs(inputs)
    if picture != nil && sounds.files.count != 1 {
      throw ValidationError("--picture draws one sound; there are \(sounds.files.count).")
    }
    let reports = try work.run { execution in
      let reports =
        try window.map { try classifyWindows($0, of: sounds.files, classifier, execution) }
        ?? classifyWhole(sounds.files, classifier, execution)
      try write(reports)
      if let picture, let chart = reports.first?.chart { try chart.write(to: picture) }
      return reports
    }
    try BatchFailures.report(
      sounds.failures + reports.compactMap(\.failure), of: sounds.failures.count + reports.count)
  }

  private func classifyRows(_ classifier: RowClassifier) throws {
    if window != nil || strictRate || picture != nil {
      throw ValidationError(
        "\(model) classifies rows: --window, --strict-rate and --picture are for sounds.")
    }
    let reports = try work.run { execution in
      let reports = try inputs.flatMap { path in
        do {
          let table = try classifier.table(at: path, withLabels: false)
          let rows = try table.rows.block(0..<table.rows.rowCount)
          return try classifier.classify(rows, rejectBelow: rejectBelow, execution: execution)
            .enumerated().map { index, verdict in
              ClassificationReport("\(table.path), row \(index + 1)", verdict, top: top)
            }
        } catch {
          try execution.cancellation.check()
          return [ClassificationReport(Failure(name: path, error))]
        }
      }
      try write(reports)
      return reports
    }
    try BatchFailures.report(reports.compactMap(\.failure), of: inputs.count)
  }

  private func classifyWhole(
    _ files: [SoundInputs.File], _ classifier: Classifier, _ execution: Execution
  ) throws -> [ClassificationReport] {
    let loader = try classifier.loader(strictRate: strictRate)
    let counter = ProgressCounter(execution, task: "classifying", total: files.count)
    let results = try execution.attempt(files.count, counter) { index in
      let (verdict, resampledFrom) = try classifier.classify(
        soundAt: files[index].path, loader: loader, rejectBelow: rejectBelow,
        cancellation: execution.cancellation)
      sayResampled(from: resampledFrom, files[index], classifier)
      return verdict
    }
    return zip(files, results).map { file, result in
      switch result {
      case .success(let verdict): ClassificationReport(file.path, verdict, top: top)
      case .failure(let error): ClassificationReport(Failure(name: file.path, error))
      }
    }
  }

  private func classifyWindows(
    _ window: Double, of files: [SoundInputs.File], _ classifier: Classifier, _ execution: Execution
  ) throws -> [ClassificationReport] {
    let hop = hop ?? window / 2
    return try files.map { file in
      do {
        let sound = try SoundStream(
          path: file.path, channel: classifier.options.channel,
          sampleRate: classifier.sampleRate, strictRate: strictRate)
        if sound.sourceRate != sound.sampleRate {
          sayResampled(from: sound.sourceRate, file, classifier)
        }
        let counter = ProgressCounter(
          execution, task: "classifying \(file.relativePath)",
          total: Int(exactly: (sound.duration / hop).rounded(.up)))
        var windows: [TimedClassification] = []
        try classifier.classifyWindows(
          sound, window: window, hop: hop, rejectBelow: rejectBelow, execution: execution
        ) { verdicts in
          counter.advance(by: verdicts.count)
          windows += verdicts
        }
        return ClassificationReport(file.path, windows, top: top)
      } catch {
        try execution.cancellation.check()
        return ClassificationReport(Failure(name: file.path, error))
      }
    }
  }

  /// Says that a sound was resampled: it is never silent.
  private func sayResampled(
    from resampledFrom: Int?, _ file: SoundInputs.File, _ classifier: Classifier
  ) {
    guard let resampledFrom else { return }
    work.logger.info(
      "\(file.path): resampled from \(resampledFrom) to \(classifier.sampleRate) Hz")
  }

  private func write(_ reports: [ClassificationReport]) throws {
    if report.json {
      try Console.writeLine(try JSONText.encode(reports))
    } else if report.csv {
      let text = try ClassificationReport.csv(reports, windowed: window != nil, top: top)
      try Console.write(Array(text.utf8))
    } else if reports.contains(where: { $0.failure == nil }) {
      try Console.writeLine(ClassificationReport.table(reports, windowed: window != nil))
    }
  }
}
