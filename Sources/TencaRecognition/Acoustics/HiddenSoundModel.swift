public import TencaMarkov
internal import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// How a sound's hidden states may follow each other.
public enum StateTopology: String, Sendable, Codable, CaseIterable {
  /// One after another, each as long as it likes: for words, and all that has a beginning and an end
  /// (Bakis 1976).
  case leftRight = "left-right"
  /// Any after any: for rain, engines, and all that goes on.
  case ergodic
}

/// A hidden Markov model of one kind of sound: states that follow each other, each a mixture of
/// Gaussians over frames.
///
/// Frames are on the scale of a ``FrameStandardization``.
public struct HiddenSoundModel: Sendable, Equatable {
  /// How the states may follow each other.
  public let topology: StateTopology
  /// Where it starts and how it moves.
  public let chain: MarkovChain
  /// What each state emits.
  public let bank: GaussianBank
  /// The share of the training frames that each state took, summing to 1.
  public let stateShares: [Double]

  /// The number of states.
  public var stateCount: Int { chain.stateCount }

  /// What a sequence of so many frames must end in: a left-right model in its last state, if it can
  /// get there.
  func finalState(frameCount: Int) -> Int? {
    topology == .leftRight && frameCount >= stateCount ? stateCount - 1 : nil
  }
}

/// Hears a sound frame by frame under one ``HiddenSoundModel``, in constant memory.
struct HiddenSoundScore: Sendable {
  private let model: HiddenSoundModel
  private var filter: StreamingFilter
  private var last: [Double] = []

  init(_ model: HiddenSoundModel) {
    self.model = model
    filter = StreamingFilter(model.chain)
  }

  /// Takes in frames.
  ///
  /// - Parameter logLikelihoods: ln p(frame | state), frames × states.
  mutating func add(_ logLikelihoods: NDArray<Float>) throws {
    let states = logLikelihoods.columns
    try logLikelihoods.withUnsafeBuffer { rows in
      for frame in 0..<logLikelihoods.rows {
        last = try filter.update((0..<states).map { Double(rows[frame * states + $0]) }).filtered
      }
    }
  }

  /// ln p of all frames, the path ending where it must.
  var logLikelihood: Double {
    guard let final = model.finalState(frameCount: filter.frameCount) else {
      return filter.logLikelihood
    }
    return filter.logLikelihood + log(max(last[final], .leastNonzeroMagnitude))
  }
}
