/// The pitch of a sound, frame by frame.
public struct PitchTrack: Sendable, Equatable {
  /// The fundamental frequency of each frame, in hertz. An unvoiced frame has one too, the best guess.
  public var frequencies: [Double]
  /// Whether each frame has a pitch.
  public var isVoiced: [Bool]
  /// How probable it is that a frame has a pitch, from 0 to 1. By YIN, one less the normalised
  /// difference at the period.
  public var voicedProbabilities: [Double]
  /// Seconds from one frame to the next.
  public var hopSeconds: Double
  /// The time of frame 0's middle, in seconds.
  public var firstFrameTime: Double

  /// The number of frames.
  public var frameCount: Int { frequencies.count }

  /// The time of each frame's middle, in seconds.
  public var times: [Double] {
    frequencies.indices.map { firstFrameTime + Double($0) * hopSeconds }
  }
}
