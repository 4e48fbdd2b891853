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
    let lexicon = try lexicon ?? wholeWords(vocabulary)
    try lexicon.require(vocabulary)

    let kept = TranscribedSet(items: usable)
    let raw = try FrameStandardization(of: usable.map(\.features), execution: execution)
    let features = kept.normalized(options.normalization, prior: raw)
    let scale = try FrameStandardization(of: features, execution: execution)
    let utterances = try zip(usable, features).map { item, features in
      TrainingUtterance(
        name: item.name, words: item.words, powers: try scale.powers(of: features))
    }
    let limits = GaussianLimits(varianceFloor: options.varianceFloor, minimumOccupancy: 10)
    var trainer = AcousticTrainer.flat(
      utterances, units: try firstUnits(lexicon, utterances, options), columns: scale.columns,
      lexicon: lexicon, limits: limits)
    var schedule = AcousticTrainer.Schedule()
    schedule.rounds = options.rounds
    schedule.growthEnds = max(1, options.rounds * 3 / 4)
    schedule.gaussians = options.gaussians
    if options.unitKind == .triphones {
      // Enough to find the phones by; the triphones get the rest.
      schedule.gaussians = min(options.gaussians, 10 * trainer.units.stateCount)
    }
    try trainer.train(schedule, task: "training units", execution: execution)
    if options.unitKind == .triphones {
      let (units, bank) = trainer.withContexts(TyingOptions(states: options.tiedStates))
      trainer = AcousticTrainer(
        utterances, units: units, bank: bank, alignments: trainer.alignments, lexicon: lexicon,
        limits: limits)
      schedule.gaussians = options.gaussians
      try trainer.train(schedule, task: "training triphones", execution: execution)
    }
    warnings += trainer.failures.sorted { $0.key < $1.key }.map(\.value)
    return Recognizer(
      options: options, sampleRate: set.sampleRate, standardization: scale,
      rawStatistics: raw, units: trainer.units, bank: trainer.bank, lexicon: lexicon,
      languageModel: try NGramModel.kneserNey(order: 2, sentences: usable.map(\.words)),
      training: Record(
        source: source, recordings: usable.count - trainer.failures.count,
        frames: features.reduce(0) { $0 + $1.rows }, words: vocabulary.count,
        logLikelihood: trainer.logLikelihood - scale.logVolume, warnings: warnings))
  }

  /// A lexicon in which each word is a unit of its own.
  private static func wholeWords(_ words: [String]) throws -> PronunciationLexicon {
    var lexicon = PronunciationLexicon()
    for word in words { lexicon.add([word], to: word) }
    return lexicon
  }

  /// Context-free units of all that the transcripts need.
  private static func firstUnits(
    _ lexicon: PronunciationLexicon, _ utterances: [TrainingUtterance], _ options: RecognizerOptions
  ) throws -> AcousticUnits {
    let names = Set(utterances.flatMap(\.words)).sorted()
      .flatMap { lexicon.pronunciations(of: $0).flatMap { $0 } }
    let different = Set(names).subtracting([AcousticUnits.silenceName]).sorted()
    let states =
      options.unitKind == .words
      ? options.wordStates ?? wordStates(utterances) : options.phoneStates
    return AcousticUnits(
      contextFree: different, places: different.map { _ in states },
      silencePlaces: options.silenceStates)
  }

  /// A state for every five frames of an average word, from 3 to 12.
  private static func wordStates(_ utterances: [TrainingUtterance]) -> Int {
    let frames = utterances.reduce(0) { $0 + $1.frameCount }
    let words = utterances.reduce(0) { $0 + $1.words.count }
    return min(max(frames / max(words, 1) / 5, 3), 12)
  }
}
