internal import TencaFormats

/// The words that a search found, over which frames and how well each fits: many sentences in little
/// memory (Ney and Aubert 1994).
public struct WordLattice: Sendable {
  /// A word, or a pause, over a stretch of frames.
  public struct Edge: Sendable, Equatable {
    /// The word; nil is a pause.
    public let word: String?
    /// The first frame.
    public let start: Int
    /// The frame after the last.
    public let end: Int
    /// ln p(frames | word).
    public let acousticScore: Double
    /// p(word over its frames | all frames), where it was estimated.
    public var posterior: Double?
  }

  /// By where they start, then by where they end.
  public internal(set) var edges: [Edge]
  /// Frames heard.
  public let frameCount: Int
}

extension TokenSearch {
  /// All that was found within the beam; asks for a search that keeps ends.
  var lattice: WordLattice {
    let found = ends.map { end, score in
      WordLattice.Edge(
        word: graph.labels[Int(end.label)].word, start: Int(end.start), end: Int(end.end),
        acousticScore: score)
    }
    // Of several pronunciations of a word over the same frames the best stands for all.
    let best = Dictionary(grouping: found) { "\($0.start) \($0.end) \($0.word ?? "")" }
      .values.map { $0.max { $0.acousticScore < $1.acousticScore }! }
    return WordLattice(
      edges: best.sorted { ($0.start, $0.end, $0.word ?? "") < ($1.start, $1.end, $1.word ?? "") },
      frameCount: frameCount)
  }
}

extension WordLattice {
  /// HTK's standard lattice format (Young et al., The HTK Book): a node for each time at which words end,
  /// a link for each word with its acoustic score and posterior; pauses are `!NULL`.
  public func standardText(utterance: String, hopSeconds: Double) -> String {
    let times = Set(edges.flatMap { [$0.start, $0.end] } + [0, frameCount]).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: times.enumerated().map { ($1, $0) })
    var lines = [
      "VERSION=1.0", "UTTERANCE=\(utterance)", "N=\(times.count) L=\(edges.count)",
    ]
    for (number, time) in times.enumerated() {
      lines.append("I=\(number) t=\((Double(time) * hopSeconds).formatted(decimals: 3))")
    }
    for (number, edge) in edges.enumerated() {
      let posterior = edge.posterior.map { " p=\($0.formatted(decimals: 6))" } ?? ""
      lines.append(
        "J=\(number) S=\(numbers[edge.start]!) E=\(numbers[edge.end]!) W=\(edge.word ?? "!NULL") "
          + "a=\(edge.acousticScore.formatted(decimals: 3))" + posterior)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
