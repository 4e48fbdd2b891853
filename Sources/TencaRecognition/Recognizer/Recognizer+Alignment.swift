public import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// Where in a recording the words and phones of a known text are.
public struct TextAlignment: Sendable, Equatable {
  /// A word, a phone or a pause.
  public struct Part: Sendable, Equatable {
    /// The word or phone; empty for a pause.
    public let text: String
    /// The first frame.
    public let start: Int
    /// The frame after the last.
    public let end: Int
    /// The probability of its frames having been emitted by its own states rather than by any others,
    /// a geometric mean: near 1 where nothing else fits, low where the text is not what is said.
    public let confidence: Double
  }

  /// The words in order, pauses between them.
  public let words: [Part]
  /// The phones in order, pauses between them.
  public let phones: [Part]
  /// ln p a frame.
  public let logLikelihood: Double
  /// Frames heard.
  public let frameCount: Int
}

extension Recognizer {
  /// Lays a text over a recording: the best way through all pronunciations of its words, with or without
  /// pauses.
  ///
  /// - Parameters:
  ///   - words: What is said, at least one word.
  ///   - features: frames × columns, normalised.
  ///   - name: The recording, for errors.
  /// - Throws: ``RecognitionError/missingWords(_:)``, ``RecognitionError/emptyTranscript(path:)``,
  ///   ``RecognitionError/cannotAlign(name:reason:)``, ``RecognitionError/badFeatures(reason:)``.
  public func align(
    _ words: [String], to features: NDArray<Float>, name: String
  ) throws -> TextAlignment {
    guard !words.isEmpty else { throw RecognitionError.emptyTranscript(path: name) }
    let powers = try standardization.powers(of: features)
    let scorer = BankScorer(bank)
    let (history, graph, score) = try UtteranceAligner(
      units: units, lexicon: lexicon, scorer: scorer
    ).align(words, powers, name: name)
    let segments = StateAlignment(history, graph: graph)
    let doubts = doubts(segments.states(units), scorer.logLikelihoods(powers))
    func confidence(_ frames: Range<Int>) -> Double {
      frames.isEmpty ? 0 : exp(-doubts[frames].reduce(0, +) / Double(frames.count))
    }
    let phones = segments.segments.map { segment in
      let range = segment.start..<segment.start + segment.places.count
      return TextAlignment.Part(
        text: segment.unit == AcousticUnits.silence ? "" : units.names[segment.unit],
        start: range.lowerBound, end: range.upperBound, confidence: confidence(range))
    }
    var (parts, start) = ([TextAlignment.Part](), 0)
    for event in history where event.label >= 0 {
      let end = Int(event.frame)
      parts.append(
        TextAlignment.Part(
          text: graph.labels[Int(event.label)].word ?? "", start: start, end: end,
          confidence: confidence(start..<end)))
      start = end
    }
    return TextAlignment(
      words: parts, phones: phones,
      logLikelihood: score / Double(features.rows) - standardization.logVolume,
      frameCount: features.rows)
  }

  /// Of each frame -ln p(its state | frame), every state being as likely as any other beforehand.
  private func doubts(_ states: [Int], _ scores: NDArray<Float>) -> [Double] {
    let width = scores.columns
    return scores.withUnsafeBuffer { scores in
      states.enumerated().map { frame, state in
        let row = UnsafeBufferPointer(rebasing: scores[frame * width..<(frame + 1) * width])
        let top = row.max()!
        let sum = row.reduce(Float(0)) { $0 + exp($1 - top) }
        return Double(top + log(sum) - row[state])
      }
    }
  }
}
