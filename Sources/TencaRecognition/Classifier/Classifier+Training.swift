internal import TencaMixture
public import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

extension Classifier {
  /// Learns from recordings.
  ///
  /// - Parameters:
  ///   - set: The features of labelled recordings.
  ///   - options: The options that `set` was loaded with.
  ///   - source: Where the recordings came from, for the record.
  ///   - calibrates: Whether ``evidenceScale`` is fitted, which trains three times more on two
  ///     thirds of the data each.
  ///   - execution: Threads, progress and cancellation.
  /// - Throws: ``RecognitionError/tooFewClasses(labels:)``,
  ///   ``RecognitionError/classWithoutFrames(label:first:)``, ``RecognitionError/unlabelled(path:)``,
  ///   `MixtureError`, `CancellationError`.
  /// - Complexity: O(frames · components · columns) an EM iteration.
  public static func train(
    _ set: FeatureSet, options: ClassifierOptions, source: String, calibrates: Bool = true,
    execution: Execution
  ) throws -> Classifier {
    try set.requireLabels()
    // A model that silently lacks a class would answer wrongly ever after.
    if let (label, failure) = set.lostClasses.min(by: { $0.key < $1.key }) {
      throw RecognitionError.classWithoutFrames(label: label, first: failure.message)
    }
    let labels = set.labels
    guard labels.count >= 2 else { throw RecognitionError.tooFewClasses(labels: labels) }
    let evidenceScale =
      calibrates ? try EvidenceScale.fit(set, options: options, execution: execution) : nil

    let scale =
      options.hidden == nil
      ? nil : try FrameStandardization(of: set.features, execution: execution)
    let background =
      options.background == nil
      ? nil : try mixture(of: set.features, options: options, execution: execution).model
    let counter = ProgressCounter(execution, task: "training", total: labels.count)
    // Classes side by side; within one, on this thread alone.
    let within = Execution(cancellation: execution.cancellation)
    let fits = try execution.map(labels.count) { index in
      defer { counter.advance() }
      return try fit(
        labels[index], of: set, background: background, scale: scale, options: options,
        execution: within)
    }
    var warnings = labels.indices.flatMap { index in
      fits[index].warnings.map { "class '\(labels[index])': \($0)" }
    }
    for (label, fit) in zip(labels, fits) where fit.recordings == 1 {
      warnings.append("class '\(label)': learned from a single recording")
    }
    let total = Double(fits.reduce(0) { $0 + $1.recordings })
    let logPriors = fits.map { fit in
      options.priors == .uniform ? -log(Double(labels.count)) : log(Double(fit.recordings) / total)
    }
    return Classifier(
      options: options, sampleRate: set.sampleRate, labels: labels,
      models: models(fits, scale), logPriors: logPriors,
      evidenceScale: evidenceScale ?? 1,
      training: TrainingRecord(
        source: source, recordings: fits.map(\.recordings), frames: fits.map(\.frames),
        failures: set.failures.count, logLikelihoods: fits.map(\.logLikelihood),
        warnings: warnings))
  }

  private static func models(_ fits: [ClassFit], _ scale: FrameStandardization?) -> ClassModels {
    if let scale { return .hidden(fits.compactMap(\.hidden), scale) }
    return .mixtures(fits.compactMap(\.mixture))
  }

  /// One class's model and what it was made of.
  private struct ClassFit: Sendable {
    var mixture: GaussianMixture?
    var hidden: HiddenSoundModel?
    let recordings: Int
    let frames: Int
    let logLikelihood: Double
    let warnings: [String]
  }

  private static func fit(
    _ label: String, of set: FeatureSet, background: GaussianMixture?,
    scale: FrameStandardization?, options: ClassifierOptions, execution: Execution
  ) throws -> ClassFit {
    let own = set.recordings.indices.filter { set.recordings[$0].label == label }
    let features = own.flatMap { set.examples($0) }
    let frames = features.reduce(0) { $0 + $1.rows }
    if let scale, let hidden = options.hidden {
      let fit = try HiddenSoundModel.fit(
        try features.map { try scale.powers(of: $0) }, components: options.components,
        options: hidden, seed: options.seed, cancellation: execution.cancellation)
      return ClassFit(
        hidden: fit.model, recordings: own.count, frames: frames,
        logLikelihood: fit.logLikelihood - scale.logVolume, warnings: [])
    }
    if let background, let adaptation = options.background {
      let data = NDArray.concatenated(features)
      let adapted = try background.adapted(to: data, options: adaptation, execution: execution)
      return ClassFit(
        mixture: adapted, recordings: own.count, frames: frames,
        logLikelihood: try adapted.logLikelihood(of: data, execution: execution) / Double(frames),
        warnings: [])
    }
    let fit = try mixture(of: features, options: options, execution: execution)
    return ClassFit(
      mixture: fit.model, recordings: own.count, frames: frames,
      logLikelihood: fit.logLikelihood, warnings: fit.warnings.map { "\($0)" })
  }

  /// A mixture of all frames of some recordings.
  private static func mixture(
    of features: [NDArray<Float>], options: ClassifierOptions, execution: Execution
  ) throws -> GaussianMixtureFit {
    try GaussianMixture.fit(
      NDArray.concatenated(features),
      options: GaussianMixtureOptions(
        components: options.components, iterations: options.iterations, tolerance: 1e-4,
        restarts: options.restarts, seed: options.seed, start: .kMeans),
      execution: execution)
  }
}
