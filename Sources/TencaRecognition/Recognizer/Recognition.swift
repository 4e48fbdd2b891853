internal import TencaNumerics

/// What was heard in a recording.
public struct Recognition: Sendable, Equatable {
  /// A word and when it was said.
  public struct Word: Sendable, Equatable {
    /// The word.
    public let text: String
    /// When it begins, in frames.
    public let start: Int
    /// When it ends, in frames.
    public let end: Int
    /// The probability that it was said there, where it was estimated.
    public var confidence: Double?
  }

  /// The words, without pauses.
  public var words: [Word]
  /// ln p of the frames and the words, the grammar weighed as the search did.
  public let score: Double
  /// Frames heard.
  public let frameCount: Int
  /// Whether the sentence may end there by the grammar.
  public let isComplete: Bool

  /// The words alone.
  public var texts: [String] { words.map(\.text) }
}

extension TokenSearch {
  /// The best sentence so far, or in all.
  func recognition(mustBeComplete: Bool = false) -> Recognition? {
    guard let outcome = outcome(mustBeComplete: mustBeComplete) else { return nil }
    return recognition(outcome)
  }

  func recognition(_ outcome: Outcome) -> Recognition {
    var (words, start) = ([Recognition.Word](), 0)
    for event in history(outcome.event) where event.label >= 0 {
      if let word = graph.labels[Int(event.label)].word {
        words.append(Recognition.Word(text: word, start: start, end: Int(event.frame)))
      }
      start = Int(event.frame)
    }
    return Recognition(
      words: words, score: outcome.score, frameCount: frameCount, isComplete: outcome.isComplete)
  }
}
