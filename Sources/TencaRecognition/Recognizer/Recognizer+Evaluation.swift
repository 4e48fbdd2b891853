internal import TencaNumerics

/// How well a recogniser does on recordings whose words are known.
public struct RecognizerEvaluation: Sendable {
  /// Word and sentence errors of all recordings.
  public var errors = WordErrorRate()
  /// Of each recording what was said and what was heard.
  public var sentences: [Sentence] = []

  /// One recording.
  public struct Sentence: Sendable {
    /// The recording.
    public let name: String
    /// What was said.
    public let reference: [String]
    /// What was heard.
    public let heard: [String]
  }

  /// Compares what was heard with what was said.
  public init(_ set: TranscribedSet, heard: [Recognition?]) {
    for (item, recognition) in zip(set.items, heard) {
      let words = recognition?.texts ?? []
      errors.add(reference: item.words, hypothesis: words)
      sentences.append(Sentence(name: item.name, reference: item.words, heard: words))
    }
  }
}
