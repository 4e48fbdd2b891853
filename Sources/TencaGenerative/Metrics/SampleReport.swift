/// All measures of generated samples, each beside what real samples get by it.
///
/// Real samples that the model was not trained on are drawn into two halves. The generated samples and
/// the second half, equally many, are both measured against the first: what the second half gets is
/// the floor, the best that can be had with so many samples by these features. A score means nothing
/// without it.
///
/// ```swift
/// let report = try SampleReport(
///   generated: SampleSet(features: fakes), real: SampleSet(features: heldOut), training: seen,
///   extractor: hash, random: RandomStream(seed: 7))
/// for row in report.rows { print(row) }
/// ```
public struct SampleReport: Sendable, Equatable, Codable {
  /// A measure of the generated samples, and that of real ones.
  public struct Beside<Value: Sendable & Hashable & Codable>: Sendable, Hashable, Codable {
    /// What the generated samples get.
    public let generated: Value
    /// What real samples get.
    public let real: Value
  }

  /// A number of each.
  public typealias Score = Beside<Double>
  /// A share of each.
  public typealias Share = Beside<Proportion>

  /// The hash of the feature extractor: scores by different ones cannot be compared.
  public let extractor: String
  /// The seed that halves were drawn with.
  public let seed: UInt64
  /// The generated samples there were.
  public let generatedCount: Int
  /// The real samples there were.
  public let realCount: Int
  /// The training samples there were, where they were given.
  public let trainingCount: Int?
  /// How many samples of each kind were compared: scores of different numbers cannot be compared.
  public let comparedCount: Int
  /// The features a sample.
  public let featureCount: Int
  /// k of ``precision`` to ``coverage``.
  public let neighbours: Int

  /// See ``frechetDistance(_:_:)``.
  public let frechetDistance: Score
  /// See ``kernelDistance(_:_:execution:)``.
  public let kernelDistance: Score
  /// See ``SampleOverlap/precision``.
  public let precision: Score
  /// See ``SampleOverlap/recall``.
  public let recall: Score
  /// See ``SampleOverlap/density``.
  public let density: Score
  /// See ``SampleOverlap/coverage``.
  public let coverage: Score
  /// How many samples a linear classifier tells from real ones, see
  /// ``twoSampleTest(generated:real:ridge:random:)``.
  public let toldApart: Share
  /// The mean distance between two samples, see ``meanPairwiseDistance(_:set:execution:)``.
  public let diversity: Score
  /// The median distance to the nearest training sample, see ``CopyDistance``; nil without them.
  public let copyDistance: Score?
  /// How many samples are a training sample, number by number; nil without them.
  public let exactCopies: Share?
  /// How many samples are taken for the class that was asked; nil without classes.
  public let labelAgreement: Share?
  /// How far the shares of recognised classes are from those of real samples; nil without classes.
  public let classDistance: Score?
  /// See ``sharpness(_:set:)``; nil without pictures.
  public let sharpness: Score?

  /// The generated samples' distance to the training set over that of real ones, see
  /// ``CopyDistance/ratio``.
  public var copyRatio: Double? {
    copyDistance.flatMap { $0.real > 0 ? $0.generated / $0.real : nil }
  }
}
