internal import TencaNumerics

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

  /// The track as a table of two columns: f0 in hertz, 0 where there is no pitch, and the probability
  /// that there is one.
  public var features: FeatureMatrix {
    let rows = frequencies.indices.flatMap { frame in
      [isVoiced[frame] ? Float(frequencies[frame]) : 0, Float(voicedProbabilities[frame])]
    }
    return FeatureMatrix(
      values: NDArray(rows, shape: [frameCount, 2]), columnNames: ["f0", "voiced probability"],
      hopSeconds: hopSeconds, firstFrameTime: firstFrameTime)
  }
}
