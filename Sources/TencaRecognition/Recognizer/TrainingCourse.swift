internal import TencaAudio
internal import TencaNumerics

/// The way from transcripts alone to a recogniser's Gaussians, stage after stage: phones that are the same
/// everywhere, their contexts, a learned projection.
struct TrainingCourse {
  private let options: RecognizerOptions
  private let execution: Execution
  /// frames × columns each, voices taken out.
  private let features: [NDArray<Float>]
  private(set) var trainer: AcousticTrainer
  /// The scale that the trainer's frames are on.
  private(set) var scale: FrameStandardization
  private(set) var projection: FrameProjection?

  /// Spreads the frames of each utterance evenly over its units.
  ///
  /// - Parameters:
  ///   - items: What is said in each utterance.
  ///   - features: Their frames, frames × columns each.
  ///   - units: The units that the words are made of, the same in every context.
  /// - Throws: `MixtureError` for a number that is not finite.
  init(
    _ items: [TranscribedSet.Item], _ features: [NDArray<Float>], units: AcousticUnits,
    lexicon: PronunciationLexicon, options: RecognizerOptions, execution: Execution
  ) throws {
    self.options = options
    self.execution = execution
    self.features = features
    let scale = try FrameStandardization(of: features, execution: execution)
    self.scale = scale
    trainer = AcousticTrainer.flat(
      try zip(items, features).map { item, features in
        TrainingUtterance(
          name: item.name, words: item.words, powers: try scale.powers(of: features))
      }, units: units, columns: scale.columns, lexicon: lexicon,
      limits: GaussianLimits(varianceFloor: options.varianceFloor, minimumOccupancy: 10))
  }

  /// Runs all stages that the options ask for.
  ///
  /// - Throws: ``RecognitionError``, `CancellationError`.
  mutating func run() throws {
    let last = options.unitKind != .triphones && options.projection == nil
    // Where more stages follow, enough Gaussians to find the phones by; the last stage gets the rest.
    try train(
      gaussians: last ? options.gaussians : min(options.gaussians, 10 * trainer.units.stateCount),
      task: "training units")
    if options.unitKind == .triphones {
      let (units, bank) = trainer.withContexts(TyingOptions(states: options.tiedStates))
      trainer = trainer.continued(trainer.utterances, units: units, bank: bank)
      if options.projection == nil {
        try train(gaussians: options.gaussians, task: "training triphones")
      }
    }
    if let asked = options.projection { try project(asked) }
  }

  /// Learns a map from the alignments so far, and the Gaussians anew from mapped frames.
  private mutating func project(_ asked: RecognizerOptions.Projection) throws {
    let order = options.frontEnd.deltas.order
    let map = try FrameProjection.parting(
      trainer.alignments.map { $0?.states(trainer.units) }, of: features,
      stateCount: trainer.units.stateCount, inputs: max(1, scale.columns / (1 + order)),
      options: asked, execution: execution)
    let projected = features.map { map.applied(to: $0) }
    let scale = try FrameStandardization(of: projected, execution: execution)
    var utterances = trainer.utterances
    for index in utterances.indices {
      utterances[index].powers = try scale.powers(of: projected[index])
    }
    trainer = trainer.continued(
      utterances, units: trainer.units,
      bank: GaussianBank(flat: trainer.units.stateCount, columns: scale.columns))
    // Early, while there are few Gaussians, and once more when there are many (Kaldi's recipe).
    try train(
      gaussians: options.gaussians, task: "training on a projection", rotations: [2, 4, 6, 12])
    (projection, self.scale) = try map.followed(by: scale, trainer.rotation)
  }

  private mutating func train(gaussians: Int, task: String, rotations: Set<Int> = []) throws {
    try trainer.train(
      AcousticTrainer.Schedule(
        rounds: options.rounds, gaussians: gaussians, growthEnds: max(1, options.rounds * 3 / 4),
        rotations: rotations), task: task, execution: execution)
  }
}
