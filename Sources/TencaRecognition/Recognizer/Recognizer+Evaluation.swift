public import TencaNumerics

/// How well a recogniser does on recordings whose words are known.
public struct RecognizerEvaluation: Sendable {
  /// Word and sentence errors of all recordings.
  public private(set) var errors = WordErrorRate()
  /// Of each recording what was said and what was heard.
  public private(set) var sentences: [Sentence] = []

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

extension Recognizer {
  /// Recognises recordings whose words are known.
  ///
  /// - Returns: The errors, and a 95% interval of the word error rate by drawing recordings anew (Bisani
  ///   and Ney 2004); nil for a single recording.
  /// - Throws: ``RecognitionError/missingWords(_:)``, ``RecognitionError/badFeatures(reason:)``,
  ///   `CancellationError`.
  public func evaluate(
    _ set: TranscribedSet, grammar: WordGraph, weights: SearchWeights,
    beam: SearchBeam = SearchBeam(), execution: Execution
  ) throws -> (RecognizerEvaluation, interval: ClosedRange<Double>?) {
    let search = try RecognizerSearch(self, grammar: grammar, weights: weights, beam: beam)
    let evaluation = RecognizerEvaluation(
      set, heard: try search.recognize(set, execution: execution))
    var random = RandomStream(seed: 1)
    return (evaluation, try evaluation.errors.confidenceInterval(using: &random))
  }
}
