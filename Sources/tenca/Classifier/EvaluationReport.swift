internal import TencaFormats
internal import TencaNumerics
internal import TencaRecognition

/// What `tenca evaluate` says.
struct EvaluationReport: Encodable {
  let accuracy: Double
  let interval95: [Double]
  let correct: Int
  let total: Int
  let labels: [String]
  let confusion: [[Int]]
  let rejected: [Int]
  let recall: [Double?]
  let precision: [Double?]
  let folds: [Fold]?
  let verdicts: [Verdict]
  let failures: [Failed]

  /// One part of a cross-validation.
  struct Fold: Encodable {
    let name: String
    let accuracy: Double
    let correct: Int
    let total: Int
    let choice: String?
  }

  /// One recording.
  struct Verdict: Encodable {
    let name: String
    let actual: String
    let predicted: String?
    let probability: Double

    private enum Key: CodingKey { case name, actual, predicted, probability }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(name, forKey: .name)
      try container.encode(actual, forKey: .actual)
      // No verdict is a null, so that every entry has the same keys.
      try container.encode(predicted, forKey: .predicted)
      try container.encode(probability, forKey: .probability)
    }
  }

  /// A recording that could not be judged.
  struct Failed: Encodable {
    let name: String
    let error: String
  }

  init(_ evaluation: Evaluation) {
    let confusion = evaluation.confusion
    accuracy = confusion.accuracy
    let interval = wilsonInterval(correct: confusion.correct, total: confusion.total)
    interval95 = [interval.lowerBound, interval.upperBound]
    correct = confusion.correct
    total = confusion.total
    labels = confusion.labels
    self.confusion = confusion.counts
    rejected = confusion.rejected
    recall = confusion.recall
    precision = confusion.precision
    folds =
      evaluation.folds.isEmpty
      ? nil
      : evaluation.folds.map {
        Fold(
          name: $0.name, accuracy: $0.accuracy, correct: $0.correct, total: $0.total,
          choice: $0.choice)
      }
    verdicts = evaluation.verdicts.map {
      Verdict(
        name: $0.name, actual: $0.actual, predicted: $0.predicted, probability: $0.confidence)
    }
    failures = evaluation.failures.map { Failed(name: $0.name, error: $0.message) }
  }

  /// One row a recording.
  static func csv(_ evaluation: Evaluation) throws -> String {
    try CSVWriter.encode(columns: ["file", "actual", "predicted", "probability", "error"]) {
      writer in
      for verdict in evaluation.verdicts {
        try writer.append([
          verdict.name, verdict.actual, verdict.predicted ?? "", "\(verdict.confidence)", "",
        ])
      }
      for failure in evaluation.failures {
        try writer.append([failure.name, "", "", "", failure.message])
      }
    }
  }

  /// Tables for people: accuracy, folds, classes with what they were taken for.
  static func text(_ evaluation: Evaluation) -> String {
    let confusion = evaluation.confusion
    let interval = wilsonInterval(correct: confusion.correct, total: confusion.total)
    var lines = [
      "accuracy \(percent(confusion.accuracy))  (\(confusion.correct) of \(confusion.total), "
        + "95% interval \(percent(interval.lowerBound)) to \(percent(interval.upperBound)))"
    ]
    if !evaluation.folds.isEmpty {
      var table = TextTable([
        ("left out", .left), ("accuracy", .right), ("right", .right), ("chosen", .left),
      ])
      for fold in evaluation.folds {
        table.add([
          fold.name, percent(fold.accuracy), "\(fold.correct)/\(fold.total)",
          fold.choice ?? "as given",
        ])
      }
      lines += ["", table.text]
    }
    lines += ["", classes(confusion).text]
    return lines.joined(separator: "\n")
  }

  private static func classes(_ confusion: ConfusionMatrix) -> TextTable {
    var table = TextTable([
      ("class", .left), ("found", .right), ("precise", .right), ("of", .right),
      ("taken for", .left),
    ])
    for (row, label) in confusion.labels.enumerated() {
      let counts = confusion.counts[row]
      let total = counts.reduce(0, +) + confusion.rejected[row]
      var mistakes = counts.indices.filter { $0 != row && counts[$0] > 0 }
        .sorted { (counts[$1], $0) < (counts[$0], $1) }
        .map { "\(confusion.labels[$0]) \(counts[$0])" }
      if confusion.rejected[row] > 0 { mistakes.append("nothing \(confusion.rejected[row])") }
      table.add([
        label, confusion.recall[row].map(percent) ?? "-",
        confusion.precision[row].map(percent) ?? "-",
        "\(total)", mistakes.prefix(5).joined(separator: ", "),
      ])
    }
    return table
  }
}
