public import TencaNumerics

/// How well a classifier does on recordings whose classes are known.
public struct Evaluation: Sendable, Equatable {
  /// Counts of verdicts.
  public var confusion: ConfusionMatrix
  /// The verdict on each recording, in order.
  public var verdicts: [Verdict] = []
  /// Recordings that could not be judged.
  public var failures: [Failure] = []
  /// How many recordings were resampled, by the rate that they came at.
  public var resampled: [Int: Int] = [:]
  /// Under cross-validation, the parts.
  public var folds: [Fold] = []

  /// What was said of one recording.
  public struct Verdict: Sendable, Equatable {
    /// The recording's name.
    public let name: String
    /// Its true class.
    public let actual: String
    /// The verdict; nil when rejected.
    public let predicted: String?
    /// The probability of the likeliest class.
    public let confidence: Double
  }

  /// One part of a cross-validation.
  public struct Fold: Sendable, Equatable {
    /// What was held out: a group's value or the fold's number.
    public let name: String
    /// Right verdicts.
    public let correct: Int
    /// Recordings judged.
    public let total: Int

    /// The options chosen for this part, in words, where there was a choice.
    public let choice: String?

    /// The share of right verdicts.
    public var accuracy: Double { total == 0 ? 0 : Double(correct) / Double(total) }
  }
}

extension Evaluation {
  /// Counts one verdict.
  mutating func add(_ verdict: Classification, on name: String, actual: String) {
    confusion.add(actual: actual, predicted: verdict.label)
    verdicts.append(
      Verdict(
        name: name, actual: actual, predicted: verdict.label, confidence: verdict.confidence))
  }
}

extension Classifier {
  /// Judges recordings whose classes are known, several at a time, keeping no features. A bad one
  /// does not stop the others.
  ///
  /// - Throws: ``RecognitionError/unlabelled(path:)``,
  ///   ``RecognitionError/unknownLabels(labels:known:)`` when a true class is none of this
  ///   classifier's, ``RecognitionError/nothingLeft(count:first:)``, `CancellationError`.
  public func evaluate(
    _ dataset: Dataset, strictRate: Bool = false, rejectBelow threshold: Double = 0,
    execution: Execution
  ) throws -> Evaluation {
    let recordings = dataset.recordings
    let truths = try actualLabels(of: recordings)
    let loader = try loader(strictRate: strictRate)
    let counter = ProgressCounter(execution, task: "judging", total: recordings.count)
    let results = try execution.attempt(recordings.count, counter) { index in
      try classify(
        soundAt: recordings[index].path, loader: loader, rejectBelow: threshold,
        cancellation: execution.cancellation)
    }
    var evaluation = Evaluation(confusion: ConfusionMatrix(labels: labels))
    for (index, result) in results.enumerated() {
      switch result {
      case .success(let (verdict, resampledFrom)):
        evaluation.add(verdict, on: recordings[index].name, actual: truths[index])
        if let rate = resampledFrom { evaluation.resampled[rate, default: 0] += 1 }
      case .failure(let error):
        evaluation.failures.append(Failure(name: recordings[index].name, error))
      }
    }
    if evaluation.verdicts.isEmpty {
      throw RecognitionError.nothingLeft(
        count: recordings.count, first: evaluation.failures.first?.message)
    }
    return evaluation
  }

  /// Judges recordings whose features are at hand.
  ///
  /// - Throws: As ``evaluate(_:strictRate:rejectBelow:execution:)``.
  public func evaluate(
    _ set: FeatureSet, rejectBelow threshold: Double = 0, execution: Execution
  ) throws -> Evaluation {
    let truths = try actualLabels(of: set.recordings)
    let verdicts = try execution.map(set.recordings.count) { index in
      try classify(set.features[index], rejectBelow: threshold)
    }
    var evaluation = Evaluation(
      confusion: ConfusionMatrix(labels: labels), failures: set.failures,
      resampled: set.resampled)
    for (index, verdict) in verdicts.enumerated() {
      evaluation.add(verdict, on: set.recordings[index].name, actual: truths[index])
    }
    return evaluation
  }

  /// The true classes of `recordings`, all of which this classifier knows.
  private func actualLabels(of recordings: [Recording]) throws -> [String] {
    let actual = try recordings.map { recording in
      guard let label = recording.label else {
        throw RecognitionError.unlabelled(path: recording.path)
      }
      return label
    }
    try ConfusionMatrix.require(actual, among: labels)
    return actual
  }
}
