internal import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// A verdict on one sound.
public struct Classification: Sendable, Equatable {
  /// The classes, from the likeliest down; of equals, in alphabetical order.
  public let ranking: [Candidate]
  /// The likeliest class, or nil when even it is below the threshold of rejection.
  public let label: String?
  /// How many frames were heard.
  public let frameCount: Int

  /// One class and what speaks for it.
  public struct Candidate: Sendable, Equatable {
    /// The class.
    public let label: String
    /// Its probability, given the sound and that it is one of the classes.
    public let probability: Double
    /// The mean natural log-likelihood a frame under its mixture.
    public let logLikelihood: Double
  }

  /// The probability of the likeliest class.
  public var confidence: Double { ranking[0].probability }
}

extension Classification {
  /// Bayes' rule on scaled evidence.
  ///
  /// - Parameters:
  ///   - labels: The classes.
  ///   - logPriors: The logarithm of each class's probability beforehand.
  ///   - logLikelihoods: The log-likelihood of all frames together under each class.
  ///   - evidenceScale: What a log-likelihood counts for.
  ///   - frameCount: How many frames were heard.
  ///   - threshold: The probability below which there is no verdict.
  init(
    labels: [String], logPriors: [Double], logLikelihoods: [Double], evidenceScale: Double,
    frameCount: Int, rejectBelow threshold: Double
  ) {
    let scores = zip(logPriors, logLikelihoods).map { $0 + evidenceScale * $1 }
    let total = logSum(scores)
    let ranking = labels.indices
      .sorted { (scores[$1], labels[$0]) < (scores[$0], labels[$1]) }
      .map {
        Candidate(
          label: labels[$0], probability: exp(scores[$0] - total),
          logLikelihood: logLikelihoods[$0] / Double(max(frameCount, 1)))
      }
    self.init(
      ranking: ranking, label: ranking[0].probability >= threshold ? ranking[0].label : nil,
      frameCount: frameCount)
  }
}
