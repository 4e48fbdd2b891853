public import TencaNumerics

/// Testing on what was not trained on, part by part.
public enum CrossValidation {
  /// How recordings are parted.
  public enum Parting: Sendable, Equatable {
    /// One part a value of a column: leave one speaker, or one fold, out.
    case column(String)
    /// A number of parts with the classes spread evenly.
    case folds(Int)
  }

  /// Trains without each part in turn and judges that part.
  ///
  /// Of several candidates the best is chosen anew for every part, by cross-validation of the same
  /// kind on the other parts: what is judged plays no role in the choice.
  ///
  /// - Throws: ``RecognitionError/badFolds(reason:)`` when a part leaves fewer than two classes to
  ///   train on or has a class of its own; `MixtureError`, `CancellationError`.
  public static func run(
    _ candidates: [Tuning.Candidate], parting: Parting, rejectBelow threshold: Double = 0,
    execution: Execution
  ) throws -> Evaluation {
    let set = candidates[0].set
    let parts = try parts(of: set, parting)
    let part = parts.part
    let labels = Set(set.recordings.compactMap(\.label)).sorted()
    var total = Evaluation(
      confusion: ConfusionMatrix(labels: labels), verdicts: [], failures: set.failures)
    for name in parts.names {
      let trained = candidates.map { $0.filtered { part[$0.path] != name } }
      try check(trained[0].set, labels: labels, without: name)
      let chosen =
        candidates.count == 1
        ? 0 : try Tuning.choose(trained, parting: parting, execution: execution).best
      let classifier = try Classifier.train(
        trained[chosen].set, options: candidates[chosen].options, source: "",
        calibrates: threshold > 0, execution: execution)
      let result = try classifier.evaluate(
        candidates[chosen].set.filtered { part[$0.path] == name }, rejectBelow: threshold,
        execution: execution)
      total.confusion.merge(result.confusion)
      total.verdicts += result.verdicts
      total.folds.append(
        Evaluation.Fold(
          name: name, correct: result.confusion.correct, total: result.confusion.total,
          choice: candidates.count == 1 ? nil : candidates[chosen].summary))
    }
    return total
  }

  private static func check(_ set: FeatureSet, labels: [String], without part: String) throws {
    let missing = Set(labels).subtracting(set.recordings.compactMap(\.label)).sorted()
    guard missing.isEmpty else {
      throw RecognitionError.badFolds(
        reason: "without part '\(part)' there is no recording of class '\(missing[0])' left to "
          + "train on. Use fewer parts, or another column.")
    }
  }

  private static func parts(
    of set: FeatureSet, _ parting: Parting
  ) throws -> (names: [String], part: [String: String]) {
    let names: [String]
    let values: [String]
    switch parting {
    case .column(let column):
      let dataset = Dataset(source: "the data set", recordings: set.recordings)
      names = try dataset.values(of: column)
      values = set.recordings.map { dataset.value(column, of: $0) ?? "" }
    case .folds(let count):
      guard count >= 2, count <= set.recordings.count else {
        throw RecognitionError.badFolds(
          reason: "\(count) parts of \(set.recordings.count) recordings; give 2 or more, and no "
            + "more than there are recordings.")
      }
      names = (1...count).map(String.init)
      values = stratifiedFolds(set.recordings, count: count).map { String($0 + 1) }
    }
    guard names.count >= 2 else {
      throw RecognitionError.badFolds(reason: "all recordings are in one part, '\(names[0])'.")
    }
    let part = Dictionary(
      zip(set.recordings.map(\.path), values), uniquingKeysWith: { first, _ in first })
    return (names, part)
  }

  /// A part from 0 for each recording: every class is dealt out in turn, so that all parts hold
  /// nearly the same share of it.
  static func stratifiedFolds(_ recordings: [Recording], count: Int) -> [Int] {
    var dealt: [String: Int] = [:]
    return recordings.map { recording in
      let number = dealt[recording.label ?? "", default: 0]
      dealt[recording.label ?? ""] = number + 1
      return number % count
    }
  }
}
