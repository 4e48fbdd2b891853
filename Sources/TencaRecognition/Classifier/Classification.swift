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
