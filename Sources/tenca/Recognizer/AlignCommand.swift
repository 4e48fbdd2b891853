import ArgumentParser
internal import Logging
internal import TencaFormats
internal import TencaNumerics
internal import TencaPlot
internal import TencaRecognition

/// `tenca align`: when each word and phone of a known text was said.
struct AlignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "align",
    abstract: "Find when each word and phone of a known text was said.",
    usage: "tenca align [<options>] <model> <input>",
    discussion: #"""
        tenca align an4.tenca letters.wav --text "R U B O U T" -o letters.TextGrid
        tenca align an4.tenca letters.wav --text "R U B O U T" --picture letters.png

      All recordings of a manifest with the columns path and text, a TextGrid each:

        tenca align an4.tenca prompts.csv -o aligned/

      How far words lie from where they are known to be, by a CTM file that names the
      recordings as the manifest does, or without folder and extension:

        tenca align an4.tenca prompts.csv --reference prompts.ctm

      A confidence near 1 says that nothing else fits a stretch better; a low one, that
      something else may have been said. A text that cannot be said within the
      recording is an error, not a guess.
      """#)

  @Argument(help: "A model of tenca train recognizer.", completion: .file())
  var model: String

  @Argument(
    help: "A sound or .npy matrix, with --text; or a manifest CSV with path and text.",
    completion: .file())
  var input: String

  @Option(help: "What is said.")
  var text: String?

  @Option(
    name: .shortAndLong,
    help:
      "Write a Praat TextGrid here, with a tier of words and one of phones; for a manifest, a folder.",
    completion: .file())
  var output: String?

  @Option(
    help: "Draw words and phones over the spectrogram to .png, .svg or .pdf.", completion: .file())
  var picture: String?

  @Option(help: "Measure against these times of the words, in NIST's CTM.", completion: .file())
  var reference: String?

  @OptionGroup var report: ReportOptions
  @OptionGroup var work: WorkOptions

  func validate() throws {
    if text == nil && !input.hasSuffix(".csv") {
      throw ValidationError(
        "say what is spoken with --text, or give a manifest CSV with path and text.")
    }
    if text != nil && input.hasSuffix(".csv") {
      throw ValidationError("a manifest has its own texts: leave --text out.")
    }
    if picture != nil && text == nil {
      throw ValidationError("--picture draws one sound with --text.")
    }
  }

  func run() throws {
    let recognizer = try ModelFile.readRecognizer(model)
    if let output, text != nil { try OutputPath.check(output) }
    if let picture { try OutputPath.checkPicture(picture) }
    let known = try reference.map { try ReferenceTimes(ctm: $0) }
    let recordings =
      try text.map { [Recording(path: input, name: input, label: $0)] }
      ?? Dataset(path: input, labelColumn: "text").recordings
    let (reports, failures) = try work.run { execution in
      let transcripts = TranscriptText()
      let counter = ProgressCounter(execution, task: "aligning", total: recordings.count)
      let frontEnd = try recognizer.frontEnd()
      let results = try execution.attempt(recordings.count, counter) { index in
        let recording = recordings[index]
        return AlignmentReport(
          recording.name,
          try recognizer.align(
            transcripts.words(of: recording.label ?? ""),
            to: try frontEnd.features(at: recording.path, cancellation: execution.cancellation),
            name: recording.name), hopSeconds: frontEnd.hopSeconds)
      }
      var (reports, failures) = ([AlignmentReport](), [Failure]())
      for (recording, result) in zip(recordings, results) {
        switch result {
        case .success(let report): reports.append(report)
        case .failure(let error): failures.append(Failure(name: recording.name, error))
        }
      }
      try write(reports, printing: known == nil)
      if let known { failures += try compare(reports, with: known) }
      if let picture, let report = reports.first {
        try AlignmentPicture.chart(report, sound: input, recognizer).write(to: picture)
      }
      return (reports, failures)
    }
    try BatchFailures.report(failures, of: reports.count + failures.count)
  }

  /// Tells how far words lie from known times.
  ///
  /// - Returns: The recordings whose words are others than those of the reference.
  private func compare(
    _ reports: [AlignmentReport], with known: ReferenceTimes
  ) throws -> [Failure] {
    var (error, failures) = (TimeAlignmentError(), [Failure]())
    var unknown: [String] = []
    for report in reports {
      guard let words = known.words[report.file] ?? known.words[report.stem] else {
        unknown.append(report.file)
        continue
      }
      do {
        try error.add(reference: words, hypothesis: report.timedWords)
      } catch {
        failures.append(Failure(name: report.file, error))
      }
    }
    try report.write(
      AlignmentErrorReport(
        error, recordings: reports.count - unknown.count - failures.count, unknown: unknown))
    return failures
  }

  private func write(_ reports: [AlignmentReport], printing: Bool) throws {
    if let output {
      for report in reports {
        let path = text != nil ? output : "\(output)/\(report.stem).TextGrid"
        try ReplacingFile.write(Array(report.textGrid.utf8), to: path)
      }
    }
    if !printing { return }
    if report.json {
      try Console.writeLine(try JSONText.encode(reports))
    } else if report.csv || output == nil && picture == nil {
      try Console.write(Array(try AlignmentReport.csv(reports).utf8))
    }
  }
}
