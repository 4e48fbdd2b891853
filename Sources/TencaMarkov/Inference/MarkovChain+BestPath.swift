public import TencaNumerics

/// The most probable path through the states; see
/// ``MarkovChain/viterbi(_:lengths:memory:execution:)``.
public struct StatePath: Sendable, Equatable {
  /// The state of every frame.
  public let states: [Int]
  /// ln p(path, frames) of each sequence, in nats.
  public let sequenceLogProbabilities: [Double]

  /// Σ ln p(path, frames) over all sequences.
  public var logProbability: Double { sequenceLogProbabilities.reduce(0, +) }
}

extension MarkovChain {
  /// How much memory a best path may take.
  public enum PathMemory: Sendable, Equatable {
    /// A byte a frame and state; two above 256 states.
    case linear
    /// The square root of that, at twice the time.
    case squareRoot
    /// Linear up to 256 MB, then the square root.
    case automatic
  }

  /// The path that is most probable as a whole, given all frames (A. Viterbi, 1967). It looks ahead.
  ///
  /// Of equally probable ways into a state the one from the lowest state is taken.
  ///
  /// - Parameters:
  ///   - logLikelihoods: frames × states, ln p(frame | state) in nats; -∞ where it is impossible.
  ///   - lengths: The frames of each sequence; nil is one sequence.
  ///   - memory: What may be held of the way back.
  ///   - execution: The same path comes out on any number of threads.
  /// - Throws: As ``filtered(_:lengths:execution:)``.
  /// - Complexity: O(frames · states²) time.
  public func viterbi(
    _ logLikelihoods: some RowSource, lengths: [Int]? = nil, memory: PathMemory = .automatic,
    execution: Execution = .serial
  ) throws -> StatePath {
    let plan = try plan(logLikelihoods, lengths)
    let recursion = BestPathRecursion(self)
    let inner = plan.inner(execution)
    let parts = try execution.map(plan.groups.count) { index in
      try plan.groups[index].wholeSequences.map { piece in
        try recursion.run(
          piece, segment: segment(piece.frames.count, memory), of: logLikelihoods,
          execution: inner)
      }
    }.flatMap { $0 }
    return StatePath(
      states: parts.count == 1 ? parts[0].states : parts.flatMap(\.states),
      sequenceLogProbabilities: parts.map(\.logProbability))
  }

  /// For how many frames the way back is kept.
  private func segment(_ frames: Int, _ memory: PathMemory) -> Int {
    let bytes = frames * stateCount * (stateCount > 256 ? 2 : 1)
    switch memory {
    case .linear: return frames
    case .automatic where bytes <= 1 << 28: return frames
    case .automatic, .squareRoot:
      // A start of a segment takes eight bytes a state, so segments are longer than they are many.
      return max(1, Int((8 * Double(frames)).squareRoot().rounded(.up)))
    }
  }
}
