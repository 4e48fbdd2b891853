internal import TencaAudio
public import TencaNumerics

extension Recognizer {
  /// Learns from transcripts alone: flat start, monophones, and from them, if asked, triphones.
  ///
  /// - Parameters:
  ///   - set: Features and transcripts.
  ///   - lexicon: How the words are spelled in phones; nil with ``RecognizerOptions/UnitKind/words``.
  ///   - options: How to learn.
  ///   - source: Where the recordings came from, for the record.
  ///   - execution: Threads, progress and cancellation.
  /// - Throws: ``RecognitionError``, `CancellationError`.
  /// - Complexity: O(rounds · frames · Gaussians of an utterance · columns).
  public static func train(
    _ set: TranscribedSet, lexicon: PronunciationLexicon?, options: RecognizerOptions,
    source: String, execution: Execution
  ) throws -> Recognizer {
    let usable = set.items.filter { !$0.words.isEmpty }
    guard !usable.isEmpty else {
      throw RecognitionError.nothingLeft(
        count: set.items.count + set.failures.count, first: set.failures.first?.message)
    }
    var warnings = set.items.filter(\.words.isEmpty).map {
      "\(RecognitionError.emptyTranscript(path: $0.name))"
    }
    let vocabulary = Set(usable.flatMap(\.words)).sorted()
    let lexicon = lexicon ?? wholeWords(vocabulary)
    try lexicon.require(vocabulary)

    let kept = TranscribedSet(items: usable)
    let raw = try FrameStandardization(of: usable.map(\.features), execution: execution)
    let features = kept.normalized(options.normalization, prior: raw)
    var course = try TrainingCourse(
      usable, features, units: try firstUnits(lexicon, usable, options), lexicon: lexicon,
      options: options, execution: execution)
    try course.run()
    let trainer = course.trainer
    warnings += trainer.failures.sorted { $0.key < $1.key }.map(\.value)
    let said = usable.filter { !$0.isCopy }
    return Recognizer(
      options: options, sampleRate: set.sampleRate, projection: course.projection,
      standardization: course.scale, rawStatistics: raw, units: trainer.units,
      bank: trainer.bank, lexicon: lexicon,
      languageModel: try NGramModel.kneserNey(order: 2, sentences: said.map(\.words)),
      training: Record(
        source: source,
        recordings: usable.indices.count {
          !usable[$0].isCopy && trainer.failures[$0] == nil
        },
        frames: features.reduce(0) { $0 + $1.rows }, words: vocabulary.count,
        logLikelihood: trainer.logLikelihood - course.scale.logVolume, warnings: warnings))
  }

  /// A lexicon in which each word is a unit of its own.
  static func wholeWords(_ words: [String]) -> PronunciationLexicon {
    var lexicon = PronunciationLexicon()
    for word in words { lexicon.add([word], to: word) }
    return lexicon
  }

  /// Context-free units of all that the transcripts need.
  private static func firstUnits(
    _ lexicon: PronunciationLexicon, _ items: [TranscribedSet.Item], _ options: RecognizerOptions
  ) throws -> AcousticUnits {
    let names = Set(items.flatMap(\.words)).sorted()
      .flatMap { lexicon.pronunciations(of: $0).flatMap { $0 } }
    let different = Set(names).subtracting([AcousticUnits.silenceName]).sorted()
    let states =
      options.unitKind == .words
      ? options.wordStates ?? wordStates(items) : options.phoneStates
    return AcousticUnits(
      contextFree: different, places: different.map { _ in states },
      silencePlaces: options.silenceStates)
  }

  /// A state for every five frames of an average word, from 3 to 12.
  private static func wordStates(_ items: [TranscribedSet.Item]) -> Int {
    let frames = items.reduce(0) { $0 + $1.features.rows }
    let words = items.reduce(0) { $0 + $1.words.count }
    return min(max(frames / max(words, 1) / 5, 3), 12)
  }
}
