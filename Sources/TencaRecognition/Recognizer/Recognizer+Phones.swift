public import TencaNumerics

extension Recognizer {
  /// The phones that words are made of, silence left out.
  public var phones: [String] { units.names.filter { $0 != AcousticUnits.silenceName } }

  /// The same sounds, with phones in the place of words: what it hears where no word is known.
  public func hearingPhones() -> Recognizer {
    Recognizer(
      options: options, sampleRate: sampleRate, projection: projection,
      standardization: standardization, rawStatistics: rawStatistics, units: units, bank: bank,
      lexicon: Self.wholeWords(phones), languageModel: languageModel, training: training)
  }

  /// The recordings with the phones of their words in the words' place: of several pronunciations the one
  /// that fits best or, where the words cannot be laid over the sound, the first.
  ///
  /// - Throws: ``RecognitionError/missingWords(_:)``, `CancellationError`.
  public func spelled(_ set: TranscribedSet, execution: Execution) throws -> TranscribedSet {
    try lexicon.require(Set(set.items.flatMap(\.words)).sorted())
    let features = normalized(set)
    let counter = ProgressCounter(execution, task: "aligning", total: set.items.count)
    let alignments = try execution.attempt(set.items.count, counter) { index in
      let item = set.items[index]
      return try align(item.words, to: features[index], name: item.name).phones
    }
    var spelled = set
    for (index, alignment) in alignments.enumerated() {
      switch alignment {
      case .success(let parts):
        spelled.items[index].words = parts.map(\.text).filter { !$0.isEmpty }
      case .failure:
        spelled.items[index].words = set.items[index].words.flatMap {
          lexicon.pronunciations(of: $0).first ?? []
        }
      }
    }
    return spelled
  }
}
