public import TencaNumerics

/// Samples as measures see them: their features, and what else is known of them.
public struct SampleSet: Sendable {
  /// samples × features, of one frozen extractor.
  public var features: NDArray<Double>
  /// The class of each sample: the one asked of the generator, or the true one of a real sample.
  public var labels: [Int]?
  /// The class that a classifier takes each sample for.
  public var recognized: [Int]?
  /// The samples as pictures: pictures × height × width × channels.
  public var images: NDArray<Float>?

  /// Makes a set; what is not given is not measured.
  public init(
    features: NDArray<Double>, labels: [Int]? = nil, recognized: [Int]? = nil,
    images: NDArray<Float>? = nil
  ) {
    self.features = features
    self.labels = labels
    self.recognized = recognized
    self.images = images
  }
}
