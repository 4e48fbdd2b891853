public import TencaMixture

/// How a picture is divided into segments.
public struct SegmentationOptions: Sendable, Equatable {
  /// The number of segments, 1 to 256.
  public var segments: Int
  /// What is known of each pixel. ``PixelFeatures/lab``: distances are those that people see.
  public var features: PixelFeatures
  /// What shapes segments may take in the space of features. Full, as the channels of a colour go
  /// up and down together.
  public var covariance: CovarianceKind
  /// The most pixels that the segments are learnt from; a random choice where there are more.
  ///
  /// 40 000: a segment of one part in a hundred still has 400, enough for its mean and spread, and
  /// more change no boundary that can be seen.
  public var sampleSize: Int
  /// How many starts are tried; the one with the greatest likelihood wins. 4, as the sample is
  /// small and segments are looked at.
  public var restarts: Int
  /// How far around each pixel the probabilities are averaged before it is put into a segment, in
  /// pixels.
  ///
  /// 0 judges every pixel by itself; 2 takes away most specks of noise and keeps lines of 3 pixels.
  public var smoothing: Int
  /// Whether to keep the probability of every segment at every pixel, a byte each.
  public var keepsSoftMasks: Bool
  /// The same seed gives the same segments.
  public var seed: UInt64

  /// Makes options; see the properties for the reasons of the defaults.
  public init(
    segments: Int, features: PixelFeatures = .lab, covariance: CovarianceKind = .full,
    sampleSize: Int = 40_000, restarts: Int = 4,
    smoothing: Int = 0, keepsSoftMasks: Bool = false, seed: UInt64 = 0
  ) {
    self.segments = segments
    self.features = features
    self.covariance = covariance
    self.sampleSize = sampleSize
    self.restarts = restarts
    self.smoothing = smoothing
    self.keepsSoftMasks = keepsSoftMasks
    self.seed = seed
  }

  func validate() throws {
    try VisionError.require((1...256).contains(segments), "segments", segments, "1 to 256")
    try VisionError.require(sampleSize >= 1, "sampleSize", sampleSize, "at least 1")
    try VisionError.require(restarts >= 1, "restarts", restarts, "at least 1")
    try VisionError.require((0...100).contains(smoothing), "smoothing", smoothing, "0 to 100")
  }
}
