public import TencaMixture
public import TencaNumerics

extension RowClassifier {
  /// Judges rows whose classes are known. Their names are `row 1`, `row 2` and so on.
  ///
  /// - Throws: ``RecognitionError/unknownLabels(labels:known:)`` when a true class is none of this
  ///   classifier's; as ``classify(_:rejectBelow:execution:)``.
  public func evaluate(
    _ rows: LabelledRows, rejectBelow threshold: Double = 0, execution: Execution = .serial
  ) throws -> Evaluation {
    try ConfusionMatrix.require(rows.labels, among: labels)
    let verdicts = try classify(rows.values, rejectBelow: threshold, execution: execution)
    var evaluation = Evaluation(confusion: ConfusionMatrix(labels: labels))
    for (index, verdict) in verdicts.enumerated() {
      evaluation.add(verdict, on: "row \(index + 1)", actual: rows.labels[index])
    }
    return evaluation
  }

  /// Trains without each of `folds` parts in turn, with the classes spread evenly, and judges that
  /// part.
  ///
  /// - Throws: ``RecognitionError/badFolds(reason:)`` for a number of parts that cannot be made or
  ///   leaves a class without rows to train on; as
  ///   ``train(_:labelColumn:options:priors:execution:)``.
  public static func crossValidate(
    _ rows: LabelledRows, folds: Int, options: GaussianMixtureOptions,
    priors: ClassifierOptions.Priors = .empirical, rejectBelow threshold: Double = 0,
    execution: Execution = .serial
  ) throws -> Evaluation {
    try CrossValidation.requireFolds(folds, of: rows.labels.count, "rows")
    let parts = CrossValidation.stratifiedFolds(rows.labels, count: folds)
    if let lone = rows.classes.first(where: { label in rows.labels.count { $0 == label } == 1 }) {
      throw RecognitionError.badFolds(
        reason: "class '\(lone)' has a single row: without it there is none left to train on.")
    }
    var total = Evaluation(confusion: ConfusionMatrix(labels: rows.classes))
    for fold in 0..<folds {
      execution.progress(.init(task: "cross-validation", completed: fold, total: folds))
      let held = parts.indices.filter { parts[$0] == fold }
      let model = try train(
        rows.subset(parts.indices.filter { parts[$0] != fold }), labelColumn: "",
        options: options, priors: priors, execution: execution)
      let verdicts = try model.classify(
        rows.subset(held).values, rejectBelow: threshold, execution: execution)
      var part = Evaluation(confusion: ConfusionMatrix(labels: rows.classes))
      for (index, verdict) in zip(held, verdicts) {
        part.add(verdict, on: "row \(index + 1)", actual: rows.labels[index])
      }
      total.confusion.merge(part.confusion)
      total.verdicts += part.verdicts
      total.folds.append(
        Evaluation.Fold(
          name: "\(fold + 1)", correct: part.confusion.correct, total: held.count, choice: nil))
    }
    return total
  }
}
