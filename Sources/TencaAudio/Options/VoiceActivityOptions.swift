/// Which frames hold sound and which silence, by their energy (Kaldi's compute-vad).
public struct VoiceActivityOptions: Sendable, Codable, Equatable {
  /// The constant term of the threshold on log energy, on the scale of 16-bit samples.
  public var energyThreshold: Float
  /// How much of the sound's mean log energy is added to the threshold.
  public var energyMeanScale: Float
  /// Frames to either side that vote.
  public var framesContext: Int
  /// The share of votes that makes a frame voiced.
  public var proportion: Float

  /// Makes Kaldi's defaults, or others.
  public init(
    energyThreshold: Float = 5, energyMeanScale: Float = 0.5, framesContext: Int = 0,
    proportion: Float = 0.6
  ) {
    self.energyThreshold = energyThreshold
    self.energyMeanScale = energyMeanScale
    self.framesContext = framesContext
    self.proportion = proportion
  }

  /// Words for the command line.
  public enum Help {
    /// For the option as a whole.
    public static let voiceActivity = "Leave out frames of silence, judged by their energy."
    /// For ``VoiceActivityOptions/energyThreshold``.
    public static let energyThreshold = "Constant term of the threshold on log energy."
    /// For ``VoiceActivityOptions/energyMeanScale``.
    public static let energyMeanScale = "Share of the mean log energy added to the threshold."
    /// For ``VoiceActivityOptions/framesContext``.
    public static let framesContext = "Frames to either side that vote on a frame."
    /// For ``VoiceActivityOptions/proportion``.
    public static let proportion = "Share of votes that keeps a frame."
  }
}
