internal import TencaFormats
internal import TencaRecognition

/// When the words and phones of one recording were said.
struct AlignmentReport: Encodable, Sendable {
  let file: String
  let words: [Part]
  let phones: [Part]
  let logLikelihood: Double
  let duration: Double

  /// A word or phone.
  struct Part: Encodable, Sendable {
    let text: String
    let start: Double
    let end: Double
    let confidence: Double
  }

  init(_ file: String, _ alignment: TextAlignment, hopSeconds hop: Double) {
    func parts(_ parts: [TextAlignment.Part]) -> [Part] {
      parts.filter { !$0.text.isEmpty }.map {
        Part(
          text: $0.text, start: (Double($0.start) * hop).microseconds,
          end: (Double($0.end) * hop).microseconds, confidence: $0.confidence)
      }
    }
    self.file = file
    words = parts(alignment.words)
    phones = parts(alignment.phones)
    logLikelihood = alignment.logLikelihood
    duration = (Double(alignment.frameCount) * hop).microseconds
  }

  /// The file's name without folders and extension.
  var stem: String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }

  /// The words without their confidences.
  var timedWords: [TimedWord] {
    words.map { TimedWord(text: $0.text, start: $0.start, end: $0.end) }
  }

  /// Both tiers for Praat.
  var textGrid: String {
    func intervals(_ parts: [Part]) -> [LabelledInterval] {
      parts.map { LabelledInterval(start: $0.start, end: $0.end, label: $0.text) }
    }
    return IntervalText.textGrid(
      [("words", intervals(words)), ("phones", intervals(phones))], end: duration)
  }

  /// A line a word and a phone.
  static func csv(_ reports: [AlignmentReport]) throws -> String {
    try CSVWriter.encode(columns: ["file", "tier", "text", "start", "end", "confidence"]) {
      writer in
      for report in reports {
        for (tier, parts) in [("word", report.words), ("phone", report.phones)] {
          for part in parts {
            try writer.append([
              report.file, tier, part.text, "\(part.start)", "\(part.end)",
              part.confidence.formatted(decimals: 3),
            ])
          }
        }
      }
    }
  }
}
