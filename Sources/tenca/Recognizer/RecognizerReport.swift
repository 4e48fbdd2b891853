internal import TencaAudio
internal import TencaFormats
internal import TencaRecognition

/// What a recogniser is and how it was made.
struct RecognizerReport: Report {
  let file: String
  let kind = Recognizer.archiveKind
  let sampleRate: Int?
  let columns: Int
  let units: Int
  let states: Int
  let gaussians: Int
  let lexiconWords: Int
  let grammarOrder: Int
  let options: RecognizerOptions
  let training: Recognizer.Record

  init(_ model: Recognizer, path: String) {
    file = path
    sampleRate = model.sampleRate
    columns = model.columns
    units = model.units.names.count
    states = model.bank.stateCount
    gaussians = model.bank.gaussianCount
    lexiconWords = model.lexicon.words.count
    grammarOrder = model.languageModel.order
    options = model.options
    training = model.training
  }

  /// One line.
  var summary: String {
    "\(file): \(counted(training.words, "word", "words")), \(units) units, \(states) states, "
      + "\(gaussians) Gaussians, from \(counted(training.recordings, "recording", "recordings"))"
  }

  private var projection: String {
    options.projection.map { " of \(2 * $0.context + 1) frames" } ?? ""
  }

  var text: String {
    let lines = [
      "\(file): recogniser of connected words",
      "trained on    \(training.source): \(counted(training.recordings, "recording", "recordings")), "
        + "\(training.frames) frames, \(counted(training.words, "word", "words"))",
      "hears         "
        + (sampleRate.map { "\(options.frontEnd.kind.rawValue) at \($0) Hz" } ?? "feature matrices")
        + ", \(columns) columns\(projection), normalised by \(options.normalization.rawValue)",
      "sounds        \(options.unitKind.rawValue): \(units) units with silence, \(states) states, "
        + "\(gaussians) Gaussians",
      "words         \(lexiconWords) in the lexicon",
      "grammar       \(grammarOrder)-gram of the transcripts, weight "
        + "\(options.weights.languageWeight.formatted(decimals: 1)), "
        + "a word \(options.weights.wordPenalty.formatted(decimals: 1))",
      "fit           \(training.logLikelihood.formatted(decimals: 3)) nats a frame",
    ]
    return (lines + training.warnings.map { "warning: \($0)" }).joined(separator: "\n")
  }
}

/// How well a recogniser does.
struct RecognizerEvaluationReport: TableReport {
  let wordErrorRate: Double?
  let phoneErrorRate: Double?
  let interval95: [Double]?
  let substitutions: Int
  let insertions: Int
  let deletions: Int
  let words: Int?
  let phones: Int?
  let sentenceErrorRate: Double?
  let sentences: Int
  let confusions: [Confusion]
  let results: [Result]

  /// A word taken for another; nothing on one side is an insertion or a deletion.
  struct Confusion: Encodable {
    let said: String?
    let heard: String?
    let count: Int
  }

  /// One recording.
  struct Result: Encodable {
    let name: String
    let said: String
    let heard: String
  }

  /// What was counted.
  enum Scored { case words, phones }

  init(
    _ evaluation: RecognizerEvaluation, interval: ClosedRange<Double>?, scored: Scored = .words
  ) {
    let errors = evaluation.errors
    wordErrorRate = scored == .words ? errors.rate : nil
    phoneErrorRate = scored == .phones ? errors.rate : nil
    interval95 = interval.map { [$0.lowerBound, $0.upperBound] }
    substitutions = errors.substitutions
    insertions = errors.insertions
    deletions = errors.deletions
    words = scored == .words ? errors.referenceCount : nil
    phones = scored == .phones ? errors.referenceCount : nil
    sentenceErrorRate = errors.sentenceErrorRate
    sentences = errors.utteranceCount
    confusions = errors.confusions(limit: 20).map {
      Confusion(said: $0.reference, heard: $0.hypothesis, count: $0.count)
    }
    results = evaluation.sentences.map {
      Result(
        name: $0.name, said: $0.reference.joined(separator: " "),
        heard: $0.heard.joined(separator: " "))
    }
  }

  var text: String {
    var lines = [
      (phones == nil ? "word errors      " : "phone errors     ")
        + "\(percent(wordErrorRate ?? phoneErrorRate)) of \(words ?? phones ?? 0)"
        + (interval95.map { " (95% interval \(percent($0[0])) to \(percent($0[1])))" } ?? "")
        + ": \(substitutions) substituted, \(insertions) inserted, \(deletions) deleted",
      "sentence errors  \(percent(sentenceErrorRate)) of \(sentences)",
    ]
    if !confusions.isEmpty {
      var table = TextTable([("said", .left), ("heard", .left), ("times", .right)])
      for confusion in confusions.prefix(10) {
        table.add([confusion.said ?? "-", confusion.heard ?? "-", "\(confusion.count)"])
      }
      lines += ["", table.text]
    }
    return lines.joined(separator: "\n")
  }

  func csv() throws -> String {
    try CSVWriter.encode(columns: ["file", "said", "heard"]) { writer in
      for result in results { try writer.append([result.name, result.said, result.heard]) }
    }
  }
}
