public import TencaAudio
public import TencaMixture

/// How a sound classifier hears and what it learns.
public struct ClassifierOptions: Sendable, Codable, Equatable {
  /// From sound to features.
  public var frontEnd = ClassifierOptions.defaultFrontEnd()
  /// What is made of files with several channels.
  public var channel = ChannelPolicy.mix
  /// The rate that every sound is brought to, in hertz; nil: the most common one in the training
  /// recordings.
  public var sampleRate: Int?
  /// Gaussians a class, or with ``hidden`` a hidden state.
  public var components = 8
  /// How each class becomes a hidden Markov model; nil: it becomes a mixture, which knows no order.
  public var hidden: HiddenSoundOptions?
  /// How each class is adapted from one background model of all recordings (Reynolds, Quatieri and
  /// Dunn 2000), which serves many Gaussians on few recordings a class; nil: each class learns alone.
  public var background: AdaptationOptions?
  /// Factors by which the frequency axis of training sounds is warped, for a copy each beside the sound
  /// itself: voices of longer and shorter vocal tracts than were recorded (Jaitly and Hinton 2013).
  public var warps: [Double]?
  /// EM iterations at most.
  public var iterations = 100
  /// How often each mixture is started afresh; the best is kept.
  public var restarts = 1
  /// What is believed of a sound before it is heard.
  public var priors = Priors.uniform
  /// The seed of everything random.
  public var seed: UInt64 = 1

  /// Makes the defaults.
  public init() {}

  /// What is believed of a sound before it is heard.
  public enum Priors: String, Sendable, Codable, CaseIterable {
    /// Every class is as likely as any other: how often a class was recorded says little about how
    /// often it will be heard.
    case uniform
    /// Classes are as likely as they were frequent in training.
    case empirical
  }

  /// Voices from children to large men, as far as a few recorded speakers may be stretched.
  public static let usualWarps = [0.88, 0.94, 1.06, 1.12]

  /// The front end of classifiers: a toolkit's cepstra with deltas and accelerations.
  public static func defaultFrontEnd(_ convention: Convention = .kaldi) -> FrontEndOptions {
    var frontEnd = FrontEndOptions(convention, kind: .mfcc)
    frontEnd.deltas.order = 2
    return frontEnd
  }

  /// Words for the command line.
  public enum Help {
    /// For ``ClassifierOptions/components``.
    public static let components = "Gaussians a class, or with hmm a hidden state."
    /// For the relevance factor of ``ClassifierOptions/background``.
    public static let relevance =
      "With gmm-ubm: a Gaussian's mean moves half way to a class that fills it with this many frames."
    /// For ``ClassifierOptions/iterations``.
    public static let iterations = "EM iterations at most."
    /// For ``ClassifierOptions/restarts``.
    public static let restarts = "Starts a mixture; the best is kept."
    /// For ``ClassifierOptions/priors``.
    public static let priors = "Classes equally likely beforehand, or as frequent as in training."
    /// For ``ClassifierOptions/warps``.
    public static let warps =
      "Learn from copies with the frequency axis warped by these factors, such as 0.88,0.94,1.06,1.12."
    /// For ``ClassifierOptions/seed``.
    public static let seed = "Seed of everything random: the same seed gives the same bytes."
    /// For ``ClassifierOptions/sampleRate``.
    public static let sampleRate =
      "Bring every sound to this rate, in hertz. Default: the training recordings' own."
    /// For ``ClassifierOptions/channel``.
    public static let channel = "What is made of several channels."
  }
}
