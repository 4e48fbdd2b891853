import TencaNumerics

@testable import TencaRecognition

/// Speech of a language of six phones and five words, each phone a Gaussian over three columns: enough to
/// learn from, with all boundaries known.
struct InventedSpeech {
  static let dictionary = """
    ba B A
    bo B O
    mami M A M I
    so S O
    so(2) S A
    sibo S I B O
    """
  static let words = ["ba", "bo", "mami", "sibo", "so"]

  private static let places: [String: [Double]] = [
    "B": [3, 0, 0], "A": [0, 3, 0], "O": [0, -3, 0], "M": [-3, 0, 2], "S": [0, 0, 4],
    "I": [-3, 3, -3], "SIL": [0, 0, -4],
  ]

  /// A recording and where its words begin and end.
  struct Utterance {
    var item: TranscribedSet.Item
    var bounds: [(start: Int, end: Int)]
  }

  var random: RandomStream
  var noise = 0.6

  init(seed: UInt64) { random = RandomStream(seed: seed) }

  /// Frames of some words, silence around them and sometimes between.
  mutating func say(_ words: [String], name: String = "u", speaker: String? = nil) -> Utterance {
    let lexicon = try! PronunciationLexicon(parsing: Self.dictionary, source: "test")
    var rows: [[Float]] = []
    var bounds: [(start: Int, end: Int)] = []
    emit("SIL", 6, &rows)
    for word in words {
      let spoken = lexicon.pronunciations(of: word)
      let start = rows.count
      var before: String?
      for phone in spoken[Int(random.next() % UInt64(spoken.count))] {
        emit(phone, 4 + Int(random.next() % 4), after: before, &rows)
        before = phone
      }
      bounds.append((start, rows.count))
      if random.next() % 3 == 0 { emit("SIL", 5, &rows) }
    }
    emit("SIL", 6, &rows)
    return Utterance(
      item: TranscribedSet.Item(
        name: name, words: words, speaker: speaker, features: NDArray(rows: rows)),
      bounds: bounds)
  }

  /// So many utterances of one to five words.
  mutating func set(_ count: Int) -> [Utterance] {
    (0..<count).map { index in
      let length = 1 + Int(random.next() % 5)
      let words = (0..<length).map { _ in Self.words[Int(random.next() % 5)] }
      return say(words, name: "u\(index)", speaker: "s\(index % 3)")
    }
  }

  /// Frames of a phone, coloured by the one before it in the word.
  private mutating func emit(
    _ phone: String, _ frames: Int, after before: String? = nil, _ rows: inout [[Float]]
  ) {
    let colour = before.map { Self.places[$0]!.map { 0.3 * $0 } } ?? [0, 0, 0]
    for _ in 0..<frames {
      rows.append(
        zip(Self.places[phone]!, colour).map { Float($0 + $1 + noise * random.normal()) })
    }
  }

  static func options(_ kind: RecognizerOptions.UnitKind) -> RecognizerOptions {
    var options = RecognizerOptions(kind)
    options.gaussians = 40
    options.rounds = 12
    options.tiedStates = 40
    options.projection = nil
    options.weights.languageWeight = 1
    options.weights.wordPenalty = 0
    return options
  }

  static func lexicon(for kind: RecognizerOptions.UnitKind) throws -> PronunciationLexicon? {
    kind == .words ? nil : try PronunciationLexicon(parsing: dictionary, source: "test")
  }
}
