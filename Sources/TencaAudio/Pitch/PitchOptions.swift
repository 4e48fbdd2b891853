/// How pitch is tracked. The defaults are librosa 0.11's, but for the range, which there has none.
public struct PitchOptions: Sendable, Codable, Equatable {
  /// The lowest fundamental that is looked for, in hertz. C2: below it few voices speak.
  public var lowFrequency = 65.40639132514966
  /// The highest fundamental that is looked for, in hertz. C7.
  public var highFrequency = 2093.004522404789
  /// The length of a frame; nil for the least power of two that holds four periods of
  /// ``lowFrequency``, which at 22050 Hz is librosa's 2048.
  public var frameLength: SampleExtent?
  /// The step from one frame to the next; nil for a quarter of a frame.
  public var hopLength: SampleExtent?
  /// What happens at the sound's ends.
  public var edges = FrameEdges.centerZero
  /// The depth that a dip of the difference function must have to be a period (YIN).
  public var troughThreshold = 0.1
  /// The number of thresholds tried (probabilistic YIN).
  public var thresholdCount = 100
  /// The two parameters of the beta distribution of thresholds.
  public var thresholdAlpha = 2.0
  /// See ``thresholdAlpha``.
  public var thresholdBeta = 18.0
  /// How much likelier a shorter period is than the next longer one, as an exponent.
  public var boltzmann = 2.0
  /// The distance of two pitches of the path, in semitones.
  public var resolution = 0.1
  /// The fastest glide, in octaves a second.
  public var greatestRate = 35.92
  /// The probability that voicing changes from one frame to the next.
  public var switchProbability = 0.01
  /// The probability that the deepest dip is a period though it lies above the threshold.
  public var noTroughProbability = 0.01

  /// Makes the defaults.
  public init() {}

  /// Words for the command line.
  public enum Help {
    /// For ``PitchOptions/lowFrequency``.
    public static let lowFrequency = "Lowest fundamental looked for, in hertz."
    /// For ``PitchOptions/highFrequency``.
    public static let highFrequency = "Highest fundamental looked for, in hertz."
    /// For ``PitchOptions/frameLength``.
    public static let frameLength =
      "Length of a frame: 2048 (samples), 64ms or 0.064s. Default: the least power of two that "
      + "holds four of the longest periods."
    /// For ``PitchOptions/hopLength``.
    public static let hopLength =
      "Step between frames, written likewise. Default: a quarter of a frame."
    /// For ``PitchOptions/edges``.
    public static let edges =
      "Frames at the ends: whole ones only (snip), or centred over what the name says."
    /// For ``PitchOptions/troughThreshold``.
    public static let troughThreshold = "Depth that a dip must have to be a period, for yin."
    /// For ``PitchOptions/resolution``.
    public static let resolution = "Distance of two pitches, in semitones, for pyin."
    /// For ``PitchOptions/greatestRate``.
    public static let greatestRate = "Fastest glide, in octaves a second, for pyin."
    /// For ``PitchOptions/switchProbability``.
    public static let switchProbability =
      "Probability that voicing changes from frame to frame, for pyin."
    /// For ``PitchOptions/noTroughProbability``.
    public static let noTroughProbability =
      "Probability that the deepest dip is a period above all thresholds, for pyin."
  }
}

/// A way to track pitch.
public enum PitchMethod: String, Sendable, Codable, CaseIterable {
  /// Each frame by itself (de Cheveigné and Kawahara 2002).
  case yin
  /// Candidates of many thresholds, and the likeliest path through them (Mauch and Dixon 2014).
  case probabilisticYin = "pyin"
}
