internal import TencaFormats
internal import TencaGenerative
internal import TencaNeural
internal import TencaNumerics

/// Measures what a model generates beside real examples.
struct SampleMeasuring {
  let model: any GenerativeModel
  let extractor: FeatureExtractor
  /// Examples to generate.
  let count: Int
  /// Whether codes come from the standard normal distribution.
  let fromPrior: Bool
  /// Seed of the generated examples and of what is compared.
  let seed: UInt64

  /// New examples, each class in turn where the model is told classes.
  ///
  /// - Throws: `CancellationError`.
  func samples(_ execution: Execution) throws -> ExampleSet {
    var random = RandomStream(seed: seed)
    return try model.exampleSet(count, fromPrior: fromPrior, &random, execution: execution)
  }

  /// - Parameters:
  ///   - generated: What ``samples(_:)`` gave.
  ///   - real: Examples that the model did not learn from.
  ///   - training: What it learned from, to look for copies; nil where that is not known.
  func report(
    generated: ExampleSet, real: ExampleSet, training: ExampleSet?, _ execution: Execution
  ) throws -> SampleReport {
    try SampleReport(
      generated: try extractor.describe(generated, execution: execution),
      real: try extractor.describe(real, scaling: model.scaling, execution: execution),
      training: try training.map {
        try extractor.describe(
          $0, scaling: model.scaling, keepsPictures: false, execution: execution
        ).features
      },
      classCount: extractor.classNames.count, extractor: extractor.hash,
      random: RandomStream(seed: seed, stream: 1), execution: execution)
  }
}
