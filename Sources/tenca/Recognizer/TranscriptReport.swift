import ArgumentParser
internal import TencaFormats
internal import TencaRecognition

/// What was heard in one recording, or why nothing was.
struct TranscriptReport: Encodable, Sendable {
  let file: String
  let text: String?
  let words: [Word]
  let alternatives: [Alternative]
  let isComplete: Bool
  let error: String?
  let failure: Failure?

  /// A word and its time.
  struct Word: Encodable, Sendable {
    let word: String
    let start: Double
    let end: Double
    let confidence: Double?
  }

  /// A sentence, the likeliest first.
  struct Alternative: Encodable, Sendable {
    let text: String
    let logProbability: Double
  }

  private enum CodingKeys: String, CodingKey {
    case file, text, words, alternatives, isComplete, error
  }

  init(_ file: String, _ found: [Recognition], hopSeconds hop: Double) {
    self.file = file
    let best = found.first
    words = (best?.words ?? []).map {
      Word(
        word: $0.text, start: Double($0.start) * hop, end: Double($0.end) * hop,
        confidence: $0.confidence)
    }
    text = (best?.texts ?? []).joined(separator: " ")
    alternatives = found.map {
      Alternative(text: $0.texts.joined(separator: " "), logProbability: $0.score)
    }
    isComplete = best?.isComplete ?? false
    error = nil
    failure = nil
  }

  init(_ failure: Failure) {
    file = failure.name
    text = nil
    words = []
    alternatives = []
    isComplete = false
    error = failure.message
    self.failure = failure
  }

  /// The words for files of other programs.
  var timedWords: [TimedWord] {
    words.map {
      TimedWord(text: $0.word, start: $0.start, end: $0.end, confidence: $0.confidence)
    }
  }
}

/// How transcripts are written.
struct TranscriptFormatArguments: ParsableArguments {
  @Flag(help: "Write words with times and confidences as JSON.")
  var json = false

  @Flag(help: "Write a CSV line for each sentence.")
  var csv = false

  @Flag(help: "Write NIST's CTM: recording, channel, start, duration, word, confidence.")
  var ctm = false

  @Flag(help: "Write subtitles of one recording.")
  var srt = false

  @Flag(name: .customLong("textgrid"), help: "Write a Praat TextGrid of one recording.")
  var textGrid = false

  func validate() throws {
    if [json, csv, ctm, srt, textGrid].filter({ $0 }).count > 1 {
      throw ValidationError("--json, --csv, --ctm, --srt and --textgrid exclude each other.")
    }
  }

  /// Whether words for people are written.
  var isText: Bool { !(json || csv || ctm || srt || textGrid) }

  /// Writes reports to standard output.
  func write(_ reports: [TranscriptReport]) throws {
    if (srt || textGrid) && reports.count != 1 {
      throw ValidationError(
        "--srt and --textgrid are for one recording; there are \(reports.count).")
    }
    if json { return try Console.writeLine(try JSONText.encode(reports)) }
    if csv { return try Console.write(Array(try table(reports).utf8)) }
    for report in reports where report.failure == nil {
      if ctm {
        try Console.write(
          Array(TranscriptionText.ctm(report.timedWords, recording: report.file).utf8))
      } else if srt {
        try Console.write(Array(TranscriptionText.srt(report.timedWords).utf8))
      } else if textGrid {
        let intervals = report.words.map {
          LabelledInterval(start: $0.start, end: $0.end, label: $0.word)
        }
        try Console.write(Array(IntervalText.textGrid([("words", intervals)]).utf8))
      } else {
        for alternative in report.alternatives {
          try Console.writeLine(
            reports.count == 1 ? alternative.text : "\(report.file)\t\(alternative.text)")
        }
      }
    }
  }

  private func table(_ reports: [TranscriptReport]) throws -> String {
    try CSVWriter.encode(columns: ["file", "rank", "text", "logProbability", "error"]) { writer in
      for report in reports {
        for (rank, alternative) in report.alternatives.enumerated() {
          try writer.append([
            report.file, "\(rank + 1)", alternative.text, "\(alternative.logProbability)", "",
          ])
        }
        if let error = report.error { try writer.append([report.file, "", "", "", error]) }
      }
    }
  }
}
