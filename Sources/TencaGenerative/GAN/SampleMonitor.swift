public import TencaNeural
public import TencaNumerics

/// Looks at samples while a generator learns, always against the same real examples.
public struct SampleMonitor: Sendable {
  private let extractor: FeatureExtractor?
  private let statistics: FeatureStatistics?
  private let realDiversity: Double
  private let count: Int
  private let random: RandomStream

  /// What was seen.
  public struct Score: Sendable, Equatable, Codable {
    /// See ``frechetDistance(_:_:)``; nil without a feature extractor.
    public let frechetDistance: Double?
    /// The share of samples that are taken for the class asked; nil without classes.
    public let labelAgreement: Double?
    /// The classes that at least a tenth of their fair share of samples is taken for; nil without a
    /// feature extractor.
    public let coveredClasses: Int?
    /// The mean distance between two samples over that between two real examples, by features, or by
    /// pixels without an extractor.
    public let diversity: Double

    /// The score as measures of a run.
    public var measures: [TrainingMeasure] {
      [
        frechetDistance.map { TrainingMeasure("fid", $0) },
        labelAgreement.map { TrainingMeasure("labelAgreement", $0) },
        coveredClasses.map { TrainingMeasure("coveredClasses", Double($0)) },
        TrainingMeasure("diversity", diversity),
      ].compactMap { $0 }
    }
  }

  /// The samples whose pairs are compared where there is no extractor.
  private static let pixelSamples = 256

  /// Describes real examples.
  ///
  /// - Parameters:
  ///   - extractor: By whose features samples are compared; nil to compare pixels, which tells collapse
  ///     but not quality.
  ///   - scaling: Brings examples to 0...1; nil where they lie there.
  ///   - count: How many samples are made for a score, from as many real examples where there are.
  ///   - random: Draws real examples and noise.
  /// - Throws: As ``FeatureExtractor/describe(_:scaling:keepsPictures:execution:)``.
  public init(
    _ real: ExampleSet, extractor: FeatureExtractor?, scaling: ExampleScaling?, count: Int = 2000,
    random: RandomStream, execution: Execution = .serial
  ) throws {
    var own = random.split(0)
    let wanted = min(extractor == nil ? Self.pixelSamples : count, real.count)
    let chosen = real.selecting(own.permutation(of: real.count).prefix(wanted))
    let features = try Self.features(
      chosen, extractor, scaling, execution: execution
    ).features
    statistics =
      extractor == nil
      ? nil : try FeatureStatistics(features, set: SetName.real, execution: execution)
    realDiversity = try meanPairwiseDistance(
      features, set: SetName.real, execution: execution)
    (self.extractor, self.count, self.random) = (extractor, wanted, random.split(1))
  }

  /// Looks at a model, always with the same noise.
  ///
  /// - Throws: ``GenerativeError``, `LinearAlgebraError` and `CancellationError`.
  public func score(
    _ model: some GenerativeModel, execution: Execution = .serial
  ) throws -> Score {
    var own = random
    let quiet = Execution(threads: execution.threads, cancellation: execution.cancellation)
    let samples = try model.exampleSet(count, &own, execution: quiet)
    let seen = try Self.features(samples, extractor, nil, execution: quiet)
    var covered: Int?
    if let extractor, let recognized = seen.recognized {
      let classes = extractor.classNames.count
      covered = try classCounts(recognized, SetName.generated, classes)
        .count { 10 * classes * $0 >= recognized.count }
    }
    return Score(
      frechetDistance: try statistics.map {
        try TencaGenerative.frechetDistance(
          FeatureStatistics(seen.features, execution: quiet), $0)
      },
      labelAgreement: try samples.labels.flatMap { asked in
        guard samples.classNames == extractor?.classNames else { return nil }
        return try seen.recognized.map {
          try TencaGenerative.labelAgreement(asked: asked, recognized: $0).value
        }
      },
      coveredClasses: covered,
      diversity: try meanPairwiseDistance(
        seen.features, set: SetName.generated, execution: quiet)
        / max(realDiversity, .leastNormalMagnitude))
  }

  /// Features, or pixels where there is no extractor.
  private static func features(
    _ examples: ExampleSet, _ extractor: FeatureExtractor?, _ scaling: ExampleScaling?,
    execution: Execution
  ) throws -> SampleSet {
    if let extractor {
      return try extractor.describe(
        examples, scaling: scaling, keepsPictures: false, execution: execution)
    }
    let pixels = examples.tensor(0..<examples.count, scaling).elements
    return SampleSet(features: NDArray(pixels, shape: [examples.count, examples.shape.count]))
  }
}
