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
    var random = RandomStream(seed: seed)
    let classCount = saved.network.options.classCount
    let sameClasses = saved.classNames == extractor.classNames
    var pictures: [NDArray<Float>] = []
    var asked: [Int] = []
    for first in stride(from: 0, to: count, by: 500) {
      try execution.cancellation.check()
      let size = min(500, count - first)
      let classes = classCount > 0 ? (first..<first + size).map { $0 % classCount } : nil
      pictures.append(
        saved.sampled(
          size, classes: classes, fromPrior: fromPrior, &random
        )
        .floatArray)
      asked += classes ?? []
      execution.progress(.init(task: "generating", completed: first + size, total: count))
    }
    return try SampleReport(
      generated: try extractor.describe(
        .concatenated(pictures), labels: classCount > 0 && sameClasses ? asked : nil,
        execution: execution),
      real: try describe(real, execution),
      training: try training.map { try describe($0, execution).features },
      classCount: extractor.classNames.count, extractor: extractor.hash,
      random: RandomStream(seed: seed, stream: 1), execution: execution)
  }

  private func describe(_ examples: ExampleSet, _ execution: Execution) throws -> SampleSet {
    let sameClasses = examples.classNames == extractor.classNames
    return try extractor.describe(
      examples.tensor(0..<examples.count, saved.scaling).floatArray,
      labels: sameClasses ? examples.labels : nil, execution: execution)
  }
}
