internal import TencaAudio
internal import TencaMixture
public import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// A stretch of a long recording that sounds like one class.
public struct SoundSegment: Sendable, Equatable {
  /// The class.
  public let label: String
  /// When it begins, in seconds.
  public let start: Double
  /// When it ends, in seconds.
  public let end: Double
  /// The mean probability of the class over its frames, each judged by itself.
  public let confidence: Double
}

/// How a recording is cut into segments.
public struct SegmentationOptions: Sendable, Equatable {
  /// The least length of a segment, in seconds.
  public var minimumDuration = 0.5
  /// The probability of another class in the next frame.
  public var changeProbability = 1e-3

  /// Makes the defaults.
  public init() {}
}

extension Classifier {
  /// Cuts a recording of any length into stretches of one class each, in memory that does not grow with
  /// it where the front end streams: a hidden Markov model over classes with minimum durations.
  ///
  /// A class that is a hidden Markov model counts as the mixture of all its states. Frames count as much
  /// as training found that they should (``evidenceScale``), since neighbours say nearly the same.
  ///
  /// - Parameters:
  ///   - path: The file; `-` for standard input.
  ///   - options: How to cut.
  ///   - cancellation: Stops in the middle of a long file.
  ///   - receive: Takes the segments in order, as they become certain.
  /// - Throws: `AudioError`, ``RecognitionError/onlySilence(path:)``, ``RecognitionError/badWindow(window:hop:reason:)``,
  ///   `CancellationError`.
  /// - Complexity: O(frames · classes · components · columns).
  public func segment(
    soundAt path: String, options: SegmentationOptions = SegmentationOptions(),
    strictRate: Bool = false, cancellation: Cancellation = Cancellation(),
    _ receive: (SoundSegment) throws -> Void
  ) throws {
    let loader = try loader(strictRate: strictRate)
    let hop = loader.extractor.hopSeconds
    guard options.minimumDuration >= 0, options.minimumDuration <= 3600,
      options.changeProbability > 0, options.changeProbability < 1
    else {
      throw RecognitionError.badWindow(
        window: options.minimumDuration, hop: hop,
        reason:
          "segments last up to an hour at least, and classes change with a probability between "
          + "0 and 1")
    }
    var tracker = SegmentTracker(
      classes: labels.count, minimum: max(1, Int((options.minimumDuration / hop).rounded())),
      changeProbability: options.changeProbability)
    let scorer = FrameScorer(models)
    let (scale, priors) = (evidenceScale, logPriors)
    func hand(_ segments: [TrackedSegment]) throws {
      for segment in segments {
        try receive(
          SoundSegment(
            label: labels[segment.label], start: Double(segment.start) * hop,
            end: Double(segment.end) * hop, confidence: segment.confidence))
      }
    }
    _ = try loader.stream(path, cancellation: cancellation) { rows in
      let scored = try scorer.logLikelihoods(rows)
      for frame in 0..<rows.rows {
        let scores = labels.indices.map { scale * Double(scored[frame, $0]) + priors[$0] }
        let total = logSum(scores)
        try hand(tracker.advance(scores, scores.map { exp($0 - total) }))
      }
    }
    try hand(tracker.finish())
  }
}

/// ln p(frame | class) of every class, frames × classes.
private struct FrameScorer {
  private enum Kind {
    case mixtures([MixtureScorer])
    case bank(BankScorer, FrameStandardization)
  }

  private let kind: Kind

  init(_ models: ClassModels) {
    switch models {
    case .mixtures(let mixtures): kind = .mixtures(mixtures.map { MixtureScorer($0) })
    case .hidden(let hidden, let scale):
      kind = .bank(BankScorer(.concatenated(hidden.map { $0.bank.pooled($0.stateShares) })), scale)
    }
  }

  func logLikelihoods(_ rows: NDArray<Float>) throws -> NDArray<Float> {
    switch kind {
    case .bank(let scorer, let scale):
      return scorer.logLikelihoods(try scale.powers(of: rows))
    case .mixtures(let scorers):
      let columns = try scorers.map {
        try $0.logDensities(rows).reshaped([rows.rows, 1])
      }
      return .concatenated(columns, axis: 1)
    }
  }
}
