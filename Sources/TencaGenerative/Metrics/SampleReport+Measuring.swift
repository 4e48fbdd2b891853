public import TencaNumerics

extension SampleReport {
  /// Measures generated samples.
  ///
  /// - Parameters:
  ///   - generated: As many samples as half the real ones, or more; more than `neighbours`.
  ///   - real: Samples that the model was not trained on, more than twice `neighbours`, and 8 at least.
  ///   - training: samples × features that it was trained on; without them copies are not looked for.
  ///   - classCount: The number of classes; without it shares of classes are not compared.
  ///   - extractor: The hash of whatever made the features.
  ///   - neighbours: See ``SampleOverlap``.
  ///   - random: Draws which samples are compared, the same ones from the same stream.
  ///   - execution: On how many threads; the result is the same for any number.
  /// - Throws: ``GenerativeError``: `badFeatures`, `tooFewSamples`, `featureNotFinite`, and
  ///   `invalidOption` for labels that are not as many as samples or for `neighbours`;
  ///   `LinearAlgebraError`; `CancellationError`.
  /// - Complexity: O(samples² · features + features³).
  public init(
    generated: SampleSet, real: SampleSet, training: NDArray<Double>? = nil,
    classCount: Int? = nil, extractor: String,
    neighbours: Int = SampleOverlap.defaultNeighbours, random: RandomStream,
    execution: Execution = .serial
  ) throws {
    try GenerativeError.require(neighbours >= 1, "neighbours", neighbours, "at least 1")
    let least = max(neighbours + 1, 4)
    try real.require(SetName.real, atLeast: 2 * least, columns: nil)
    try generated.require(
      SetName.generated, atLeast: least, columns: real.features.columns)
    let parts = ComparedParts(generated: generated, real: real, random: random)
    let reference = parts.reference.features

    /// What the generated samples get and what the other real half gets, by one measure.
    func score(_ measure: (SampleSet) throws -> Double) throws -> Score {
      Score(generated: try measure(parts.generated), real: try measure(parts.floor))
    }
    let units = try FeatureStatistics(reference, set: SetName.real, execution: execution)
    frechetDistance = try score {
      try TencaGenerative.frechetDistance(
        FeatureStatistics($0.features, execution: execution), units)
    }
    kernelDistance = try score {
      try TencaGenerative.kernelDistance($0.features, reference, execution: execution)
    }
    let overlaps = try [parts.generated, parts.floor].map {
      try SampleOverlap(
        generated: $0.features, real: reference, neighbours: neighbours, execution: execution)
    }
    func overlap(_ part: KeyPath<SampleOverlap, Double>) -> Score {
      Score(generated: overlaps[0][keyPath: part], real: overlaps[1][keyPath: part])
    }
    precision = overlap(\.precision)
    recall = overlap(\.recall)
    density = overlap(\.density)
    coverage = overlap(\.coverage)
    func told(_ set: SampleSet) throws -> Proportion {
      try twoSampleTest(
        generated: set.features, real: reference, random: random.split(ComparedParts.testStream))
    }
    toldApart = Share(generated: try told(parts.generated), real: try told(parts.floor))
    diversity = try score { try meanPairwiseDistance($0.features, execution: execution) }

    let copies = try training.map {
      try CopyDistance(
        generated: parts.generated.features, heldOut: parts.floor.features, training: $0,
        execution: execution)
    }
    copyDistance = copies.map { Score(generated: $0.generated, real: $0.heldOut) }
    exactCopies = copies.map {
      Share(
        generated: Proportion(correct: $0.exactCopies, total: parts.count),
        real: Proportion(correct: $0.exactHeldOut, total: parts.count))
    }
    if let asked = generated.labels, let recognized = generated.recognized,
      let truth = real.labels, let realRecognized = real.recognized
    {
      // All samples there are: a share does not depend on their number, only its interval does.
      labelAgreement = Share(
        generated: try TencaGenerative.labelAgreement(asked: asked, recognized: recognized),
        real: try TencaGenerative.labelAgreement(asked: truth, recognized: realRecognized))
    } else {
      labelAgreement = nil
    }
    if let classCount, generated.recognized != nil, let classes = parts.reference.recognized {
      classDistance = try score {
        try classHistogramDistance($0.recognized!, classes, classCount: classCount)
      }
    } else {
      classDistance = nil
    }
    if let images = generated.images, let realImages = real.images {
      sharpness = Score(
        generated: try TencaGenerative.sharpness(images, set: SetName.generated),
        real: try TencaGenerative.sharpness(realImages, set: SetName.real))
    } else {
      sharpness = nil
    }
    self.extractor = extractor
    seed = random.seed
    (generatedCount, realCount) = (generated.features.rows, real.features.rows)
    trainingCount = training?.rows
    comparedCount = parts.count
    featureCount = reference.columns
    self.neighbours = neighbours
  }
}

/// Equally many generated samples, real ones to compare with, and other real ones.
private struct ComparedParts {
  let generated, reference, floor: SampleSet
  var count: Int { reference.features.rows }

  /// The streams of `random` that each kind of drawing takes.
  private static let (realStream, generatedStream): (UInt64, UInt64) = (0, 1)
  static let testStream: UInt64 = 2

  init(generated: SampleSet, real: SampleSet, random: RandomStream) {
    var (realRandom, generatedRandom) = (
      random.split(Self.realStream), random.split(Self.generatedStream)
    )
    let order = realRandom.permutation(of: real.features.rows)
    let drawn = generatedRandom.permutation(of: generated.features.rows)
    let count = min(order.count / 2, drawn.count)
    reference = real.selecting(Array(order[..<count]))
    floor = real.selecting(Array(order[count..<2 * count]))
    self.generated = generated.selecting(Array(drawn[..<count]))
  }
}

extension SampleSet {
  /// The features and recognised classes of some samples: what is compared in equal numbers.
  fileprivate func selecting(_ indices: [Int]) -> SampleSet {
    SampleSet(
      features: features.selectingRows(indices),
      recognized: recognized.map { classes in indices.map { classes[$0] } })
  }

  fileprivate func require(_ set: String, atLeast least: Int, columns: Int?) throws {
    try features.requireFeatures(set, atLeast: least, columns: columns)
    let counts = [
      ("labels", labels?.count), ("recognized", recognized?.count), ("images", images?.shape.first),
    ]
    for case (let name, let count?) in counts {
      try GenerativeError.require(
        count == features.rows, "\(name) of \(set)", "\(count) in number",
        "as many as the \(features.rows) samples")
    }
  }
}
