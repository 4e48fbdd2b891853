public import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// A sound classifier: a front end and one model a class.
///
/// A sound's frames are scored under every class's hidden Markov model (Rabiner 1989) or Gaussian
/// mixture (Reynolds and Rose 1995); the class that explains them best wins. A value: train it, save
/// it, use it from any thread.
public struct Classifier: Sendable {
  /// How it hears and learns.
  public let options: ClassifierOptions
  /// The rate that sounds are brought to, in hertz.
  public let sampleRate: Int
  /// The classes, in alphabetical order.
  public let labels: [String]
  /// One model a class.
  public let models: ClassModels
  /// The logarithm of each class's probability before the sound is heard.
  public let logPriors: [Double]
  /// What a frame's log-likelihood counts for. Frames overlap and resemble their neighbours, so each
  /// says less than an independent one would; fitted on training recordings held out (temperature
  /// scaling, Guo et al. 2017), 1 without them.
  public let evidenceScale: Double
  /// What it learned from.
  public let training: TrainingRecord

  private let scorers: ClassScorers

  /// Puts a classifier together.
  public init(
    options: ClassifierOptions, sampleRate: Int, labels: [String], models: ClassModels,
    logPriors: [Double], evidenceScale: Double, training: TrainingRecord
  ) {
    self.options = options
    self.sampleRate = sampleRate
    self.labels = labels
    self.models = models
    self.logPriors = logPriors
    self.evidenceScale = evidenceScale
    self.training = training
    scorers = ClassScorers(models)
  }

  /// Each class's probability before the sound is heard.
  public var priors: [Double] { logPriors.map { exp($0) } }

  /// What turns sounds into this classifier's features.
  ///
  /// - Throws: `AudioError.invalidOption`.
  public func loader(strictRate: Bool = false) throws -> FeatureLoader {
    try FeatureLoader(
      options.frontEnd, sampleRate: sampleRate, channel: options.channel, strictRate: strictRate)
  }

  /// Classifies one sound by its features.
  ///
  /// - Parameters:
  ///   - features: frames × columns, of this classifier's front end.
  ///   - threshold: The probability below which there is no verdict.
  /// - Throws: `MixtureError` or ``RecognitionError/badFeatures(reason:)`` when the columns are
  ///   others, or a feature is not finite.
  /// - Complexity: O(frames · classes · components · columns).
  public func classify(_ features: NDArray<Float>, rejectBelow threshold: Double = 0) throws
    -> Classification
  {
    verdict(try logLikelihoods(features), frameCount: features.rows, rejectBelow: threshold)
  }

  /// Classifies a sound file, in constant memory where the front end streams. The verdict is the one
  /// on its features as a whole.
  ///
  /// - Parameters:
  ///   - path: The file; `-` for standard input.
  ///   - loader: A ``loader(strictRate:)`` of this classifier.
  ///   - threshold: The probability below which there is no verdict.
  ///   - cancellation: Stops in the middle of a long file.
  /// - Returns: The verdict, and the rate that the sound was resampled from, if it was.
  /// - Throws: `AudioError`, ``RecognitionError/onlySilence(path:)``, `CancellationError`.
  public func classify(
    soundAt path: String, loader: FeatureLoader, rejectBelow threshold: Double = 0,
    cancellation: Cancellation
  ) throws -> (verdict: Classification, resampledFrom: Int?) {
    var evidence = ClassEvidence(scorers)
    let resampledFrom = try loader.stream(path, cancellation: cancellation) {
      try evidence.add($0)
    }
    return (
      verdict(evidence.logLikelihoods, frameCount: evidence.frameCount, rejectBelow: threshold),
      resampledFrom
    )
  }

  /// The natural log-likelihood of all frames together under each class's model.
  ///
  /// - Throws: As ``classify(_:rejectBelow:)``.
  public func logLikelihoods(_ features: NDArray<Float>) throws -> [Double] {
    var evidence = ClassEvidence(scorers)
    try evidence.add(features)
    return evidence.logLikelihoods
  }

  private func verdict(_ totals: [Double], frameCount: Int, rejectBelow threshold: Double)
    -> Classification
  {
    Classification(
      labels: labels, logPriors: logPriors, logLikelihoods: totals, evidenceScale: evidenceScale,
      frameCount: frameCount, rejectBelow: threshold)
  }
}

/// What a classifier learned from: saved with it, and shown by `tenca inspect`.
public struct TrainingRecord: Sendable, Codable, Equatable {
  /// The data set.
  public var source: String
  /// Recordings of each class, in the order of the labels.
  public var recordings: [Int]
  /// Frames of each class.
  public var frames: [Int]
  /// Recordings that could not be used.
  public var failures: Int
  /// Mean log-likelihood a frame of each class's own data.
  public var logLikelihoods: [Double]
  /// What a reader of the model should know.
  public var warnings: [String]
}
