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
    commandName: "classify", abstract: "Name sounds with a trained classifier.",
    discussion: """
      Whole files, folders, or standard input:

        tenca classify digits.tenca new.wav
        tenca classify digits.tenca recordings/ --csv > names.csv
        arecord -d 2 | tenca classify digits.tenca - --json

      A long recording, one verdict a second, as a table and a picture:

        tenca classify sounds.tenca day.flac --window 2 --hop 1 --picture day.png
      """)

  @Argument(help: "A model written by tenca train classifier.", completion: .file())
  var model: String

  @Argument(help: "Sound files or folders; - is standard input.", completion: .file())
  var inputs: [String]

  @OptionGroup var report: ReportOptions

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

  @Option(help: "Draw probabilities of one sound, or its time line, to .png, .svg or .pdf.")
  var picture: String?

  @OptionGroup(title: "Work") var work: WorkOptions

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
    try work.run { execution in
      let inputs = try SoundInput.expand(inputs)
      if picture != nil && inputs.count != 1 {
        throw ValidationError("--picture draws one sound; there are \(inputs.count).")
      }
      let classifier = try ModelFile.readClassifier(model)
      let results =
        window == nil
        ? try classifyWhole(inputs, classifier, execution)
        : try classifyWindows(inputs, classifier, execution)
      try write(results)
      if let picture, let result = results.first, result.error == nil {
        try ClassificationPicture.chart(result, labels: classifier.labels).write(to: picture)
      }
      let failures = results.compactMap(\.failure)
      try BatchFailures.report(failures, of: results.count)
    }
  }

  private func classifyWhole(
    _ inputs: [SoundInput], _ classifier: Classifier, _ execution: Execution
  ) throws -> [ClassificationReport] {
    let loader = try classifier.loader(strictRate: strictRate)
    let counter = ProgressCounter(execution, task: "classifying", total: inputs.count)
    let (top, threshold, logger) = (top, rejectBelow, work.logger)
    return try execution.map(inputs.count) { index in
      defer { counter.advance() }
      let path = inputs[index].path
      do {
        let (features, resampledFrom) = try loader.load(path)
        if let resampledFrom {
          logger.info("\(path): resampled from \(resampledFrom) to \(loader.sampleRate) Hz")
        }
        let verdict = try classifier.classify(features, rejectBelow: threshold)
        return ClassificationReport(file: path, verdict, top: top)
      } catch {
        return ClassificationReport(file: path, failure: Failure(name: path, error))
      }
    }
  }

  private func classifyWindows(
    _ inputs: [SoundInput], _ classifier: Classifier, _ execution: Execution
  ) throws -> [ClassificationReport] {
    let window = window ?? 1
    let hop = hop ?? window / 2
    return try inputs.map { input in
      var windows: [ClassificationReport.Window] = []
      do {
        let sound = try SoundStream(
          path: input.path, channel: classifier.options.channel,
          sampleRate: classifier.sampleRate, strictRate: strictRate)
        if sound.sourceRate != sound.sampleRate {
          work.logger.info(
            "\(input.path): resampled from \(sound.sourceRate) to \(sound.sampleRate) Hz")
        }
        let counter = ProgressCounter(
          execution, task: "classifying", total: Int(sound.duration / hop))
        try classifier.classifyWindows(
          sound, window: window, hop: hop, rejectBelow: rejectBelow, execution: execution
        ) { verdicts in
          counter.advance(by: verdicts.count)
          windows += verdicts.map { ClassificationReport.Window($0, top: top) }
        }
        return ClassificationReport(file: input.path, windows: windows)
      } catch let error as CancellationError {
        throw error
      } catch {
        return ClassificationReport(
          file: input.path, failure: Failure(name: input.path, error))
      }
    }
  }

  private func write(_ results: [ClassificationReport]) throws {
    if report.json {
      Console.writeLine(try JSONText.encode(results))
    } else if report.csv {
      Console.writeBytes(
        Array(try ClassificationReport.csv(results, windowed: window != nil, top: top).utf8))
    } else if results.contains(where: { $0.error == nil }) {
      Console.writeLine(ClassificationReport.table(results, windowed: window != nil))
    }
  }
}
