internal import TencaFormats
internal import TencaGenerative
internal import TencaNeural
internal import TencaNumerics

/// Measures what an autoencoder generates beside real examples.
struct SampleMeasuring {
  let saved: SavedAutoencoder
  let extractor: FeatureExtractor
  /// Examples to generate.
  let count: Int
  /// Whether codes come from the standard normal distribution.
  let fromPrior: Bool
  /// Seed of the generated examples and of what is compared.
  let seed: UInt64

  /// - Parameters:
  ///   - real: Examples that the model did not learn from.
  ///   - training: What it learned from, to look for copies; nil where that is not known.
  func report(
    real: ExampleSet, training: ExampleSet?, _ execution: Execution
  ) throws -> SampleReport {
    try SampleReport(
      generated: try extractor.describe(try generated(execution), execution: execution),
      real: try extractor.describe(real, scaling: saved.scaling, execution: execution),
      training: try training.map {
        try extractor.describe(
          $0, scaling: saved.scaling, keepsPictures: false, execution: execution
        ).features
      },
      classCount: extractor.classNames.count, extractor: extractor.hash,
      random: RandomStream(seed: seed, stream: 1), execution: execution)
  }

  /// New examples, with the classes asked where the model is told classes.
  private func generated(_ execution: Execution) throws -> ExampleSet {
    var random = RandomStream(seed: seed)
    let classes = saved.network.options.classesInTurn(count)
    let pictures = try batches(of: count).map { batch in
      try execution.cancellation.check()
      execution.progress(.init(task: "generating", completed: batch.upperBound, total: count))
      return saved.sampled(
        batch.count, classes: classes.map { Array($0[batch]) }, fromPrior: fromPrior, &random
      ).floatArray
    }
    return try ExampleSet(
      .concatenated(pictures), labels: classes, classNames: saved.classNames,
      source: "generated samples")
  }
}
