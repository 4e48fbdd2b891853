public import TencaNumerics

/// Features of one sound: a row a frame, a column a coefficient.
public struct FeatureMatrix: Sendable, Equatable {
  /// The numbers, frames × columns.
  public var values: NDArray<Float>
  /// What each column is: `c0`, `c1`, …, `energy`, `mel 250 Hz`, with `Δ` and `ΔΔ` for derivatives.
  public var columnNames: [String]
  /// Seconds from one frame to the next.
  public var hopSeconds: Double
  /// The time of frame 0's middle, in seconds.
  public var firstFrameTime: Double
  /// What each column's frequency is, in hertz, where columns are frequencies.
  public var frequencies: [Double]?

  /// The number of frames.
  public var frameCount: Int { values.rows }
}
