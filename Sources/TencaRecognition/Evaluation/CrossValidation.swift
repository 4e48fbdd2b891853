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
    precondition(
      candidates.allSatisfy { $0.set.recordings == set.recordings },
      "candidates with different recordings")
    try set.requireLabels()
    let (names, part) = try parts(of: set, parting)
    var total = Evaluation(confusion: ConfusionMatrix(labels: set.labels), failures: set.failures)
    for name in names {
      let others = part.indices.filter { part[$0] != name }
      let trained = candidates.map { $0.subset(others) }
      let remaining = trained[0].set.labels
      if let missing = set.labels.first(where: { !remaining.contains($0) }) {
        throw RecognitionError.badFolds(
          reason: "without part '\(name)' there is no recording of class '\(missing)' left to "
            + "train on. Use fewer parts, or another column.")
      }
      let chosen =
        candidates.count == 1
        ? 0 : try Tuning.choose(trained, parting: parting, execution: execution).best
      let classifier = try Classifier.train(
        trained[chosen].set, options: candidates[chosen].options, source: "",
        calibrates: threshold > 0, execution: execution)
      let result = try classifier.evaluate(
        candidates[chosen].set.subset(part.indices.filter { part[$0] == name }),
        rejectBelow: threshold,
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

  /// The parts' names, and the one that each recording belongs to.
  private static func parts(
    of set: FeatureSet, _ parting: Parting
  ) throws -> (names: [String], part: [String]) {
    let recordings = set.recordings
    switch parting {
    case .column(let column):
      let dataset = Dataset(source: "the data set", recordings: recordings)
      let names = try dataset.values(of: column)
      guard names.count >= 2 else {
        throw RecognitionError.badFolds(
          reason: "column '\(column)' is '\(names[0])' everywhere; it takes two values or more.")
      }
      return (names, recordings.map { dataset.value(column, of: $0) ?? "" })
    case .folds(let count):
      try requireFolds(count, of: recordings.count, "recordings")
      return (
        (1...count).map(String.init),
        stratifiedFolds(recordings.map(\.label), count: count).map { String($0 + 1) }
      )
    }
  }

  /// - Throws: ``RecognitionError/badFolds(reason:)`` for a number of parts that cannot be made.
  static func requireFolds(_ count: Int, of total: Int, _ things: String) throws {
    guard count >= 2, count <= total else {
      throw RecognitionError.badFolds(
        reason: "\(count) parts of \(total) \(things); give 2 or more, and no more than there are "
          + "\(things).")
    }
  }

  /// A part from 0 for each label: every class is dealt out in turn, so that all parts hold nearly
  /// the same share of it.
  static func stratifiedFolds(_ labels: [String?], count: Int) -> [Int] {
    var dealt: [String: Int] = [:]
    return labels.map { label in
      let label = label ?? ""
      defer { dealt[label, default: 0] += 1 }
      return dealt[label, default: 0] % count
    }
  }
}
