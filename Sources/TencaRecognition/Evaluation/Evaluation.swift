public import TencaNumerics

/// How well a classifier does on recordings whose classes are known.
public struct Evaluation: Sendable, Equatable {
  /// Counts of verdicts.
  public var confusion: ConfusionMatrix
  /// The verdict on each recording, in order.
  public var verdicts: [Verdict]
  /// Recordings that could not be judged.
  public var failures: [Failure]
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

extension Classifier {
  /// Judges recordings whose classes are known.
  ///
  /// - Throws: ``RecognitionError/unknownLabels(labels:known:)`` when a true class is none of this
  ///   classifier's; `CancellationError`.
  public func evaluate(
    _ set: FeatureSet, rejectBelow threshold: Double = 0, execution: Execution
  ) throws -> Evaluation {
    let strange = Set(set.recordings.compactMap(\.label)).subtracting(labels).sorted()
    guard strange.isEmpty else {
      throw RecognitionError.unknownLabels(labels: strange, known: labels)
    }
    let results = try execution.map(set.recordings.count) { index in
      try classify(set.features[index], rejectBelow: threshold)
    }
    var confusion = ConfusionMatrix(labels: labels)
    let verdicts = zip(set.recordings, results).map { recording, result in
      let actual = recording.label ?? ""
      confusion.add(actual: actual, predicted: result.label)
      return Evaluation.Verdict(
        name: recording.name, actual: actual, predicted: result.label,
        confidence: result.confidence)
    }
    return Evaluation(confusion: confusion, verdicts: verdicts, failures: set.failures)
  }
}
