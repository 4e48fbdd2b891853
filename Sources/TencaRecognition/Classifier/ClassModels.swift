public import TencaMixture
internal import TencaNumerics

/// What the classes of a classifier sound like: all mixtures, or all hidden Markov models.
public enum ClassModels: Sendable, Equatable {
  /// One Gaussian mixture a class: what is heard, in any order.
  case mixtures([GaussianMixture])
  /// One hidden Markov model a class, over frames on a common scale: what is heard, in its order.
  case hidden([HiddenSoundModel], FrameStandardization)

  /// The number of classes.
  public var count: Int {
    switch self {
    case .mixtures(let mixtures): mixtures.count
    case .hidden(let models, _): models.count
    }
  }

  /// The number of Gaussians of a class.
  public func gaussians(of index: Int) -> Int {
    switch self {
    case .mixtures(let mixtures): mixtures[index].components
    case .hidden(let models, _): models[index].bank.gaussianCount
    }
  }

  /// The number of hidden states of a class; nil for a mixture.
  public func states(of index: Int) -> Int? {
    guard case .hidden(let models, _) = self else { return nil }
    return models[index].stateCount
  }

  /// The number of columns of a frame that a class takes.
  public func columns(of index: Int) -> Int {
    switch self {
    case .mixtures(let mixtures): mixtures[index].dimensions
    case .hidden(let models, _): models[index].bank.columns
    }
  }
}

/// The classes of a classifier made ready to score frames.
enum ClassScorers: Sendable {
  case mixtures([MixtureScorer])
  /// The states of all classes are scored at once.
  case hidden([HiddenSoundModel], FrameStandardization, BankScorer)

  init(_ models: ClassModels) {
    switch models {
    case .mixtures(let mixtures): self = .mixtures(mixtures.map { MixtureScorer($0) })
    case .hidden(let models, let scale):
      self = .hidden(models, scale, BankScorer(.concatenated(models.map(\.bank))))
    }
  }
}

/// What the frames heard so far say of every class; it grows as they come, in constant memory.
struct ClassEvidence {
  private let scorers: ClassScorers
  private var totals: [Double]
  private var scores: [HiddenSoundScore] = []
  private(set) var frameCount = 0

  init(_ scorers: ClassScorers) {
    self.scorers = scorers
    switch scorers {
    case .mixtures(let mixtures): totals = mixtures.map { _ in 0 }
    case .hidden(let models, _, _):
      scores = models.map { HiddenSoundScore($0) }
      totals = models.map { _ in 0 }
    }
  }

  /// Adds frame by frame, so that the totals do not depend on where a sound is cut.
  ///
  /// - Throws: `MixtureError` or ``RecognitionError/badFeatures(reason:)`` for frames of other
  ///   columns, or with numbers that are none.
  mutating func add(_ features: NDArray<Float>) throws {
    frameCount += features.rows
    switch scorers {
    case .mixtures(let mixtures):
      for (index, scorer) in mixtures.enumerated() {
        // A frame beyond the range of floats is as unlikely as can be told, under every class alike.
        totals[index] = try scorer.logDensities(features).elements.reduce(totals[index]) {
          $0 + Double(max($1, -.greatestFiniteMagnitude))
        }
      }
    case .hidden(let models, let scale, let scorer):
      let scored = scorer.logLikelihoods(try scale.powers(of: features))
      for (index, states) in stateRanges(models).enumerated() {
        try scores[index].add(scored.slice(axis: 1, states))
      }
    }
  }

  /// ln p of all frames under each class.
  var logLikelihoods: [Double] {
    guard case .hidden(_, let scale, _) = scorers else { return totals }
    return scores.map { $0.logLikelihood - scale.logVolume * Double(frameCount) }
  }

  private func stateRanges(_ models: [HiddenSoundModel]) -> [Range<Int>] {
    var end = 0
    return models.map { model in
      defer { end += model.stateCount }
      return end..<end + model.stateCount
    }
  }
}
