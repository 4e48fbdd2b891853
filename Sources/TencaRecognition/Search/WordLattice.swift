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
  }

  /// By where they start, then by where they end.
  public let edges: [Edge]
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
