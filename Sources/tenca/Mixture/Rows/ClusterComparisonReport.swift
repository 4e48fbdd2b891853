internal import TencaFormats
internal import TencaMixture
internal import TencaNumerics

/// What `tenca compare-clusters` says.
struct ClusterComparisonReport: TableReport {
  let file: String
  let rows: Int
  let kMeans: Answer
  let mixture: Answer
  /// How far the two agree with each other.
  let agreement: AgreementReport
  let logLikelihood: Double
  let inertia: Double
  let meanConfidence: Double
  /// Where the two differ.
  let differences: [Row]
  private let all: [Row]

  /// One of the two ways.
  struct Answer: Encodable {
    let sizes: [Int]
    /// How far it agrees with the known classes.
    let agreement: AgreementReport?
  }

  /// One row, counted from 1 as a spreadsheet does below its column names.
  struct Row: Encodable {
    let row: Int
    let kMeans: Int
    let mixture: Int
    let probability: Double
    let label: String?
  }

  private enum CodingKeys: String, CodingKey {
    case file, rows, kMeans, mixture, agreement, logLikelihood, inertia, meanConfidence
    case differences
  }

  init(_ comparison: ClusterComparison, of path: String, classes: [String]?) {
    let (hard, soft) = (comparison.hardLabels, comparison.softLabels)
    let confidences = comparison.confidences
    file = path
    rows = hard.count
    kMeans = Answer(hard, count: comparison.kMeans.model.centroids.rows, classes: classes)
    mixture = Answer(soft, count: comparison.componentOrder.count, classes: classes)
    agreement = AgreementReport(ContingencyTable(hard, soft))
    logLikelihood = comparison.mixture.logLikelihood
    inertia = comparison.kMeans.inertia
    meanConfidence = confidences.reduce(0, +) / Double(max(confidences.count, 1))
    all = hard.indices.map {
      Row(
        row: $0 + 1, kMeans: hard[$0], mixture: soft[$0], probability: confidences[$0],
        label: classes?[$0])
    }
    differences = comparison.differingRows.map { [all] in all[$0] }
  }

  /// One line a row of the table.
  func csv() throws -> String {
    let isLabelled = all.contains { $0.label != nil }
    let columns = ["row", "kMeans", "mixture", "probability", "differs"]
    return try CSVWriter.encode(columns: columns + (isLabelled ? ["label"] : [])) { writer in
      for row in all {
        try writer.append(
          [
            "\(row.row)", "\(row.kMeans)", "\(row.mixture)", "\(row.probability)",
            row.kMeans == row.mixture ? "no" : "yes",
          ] + (row.label.map { [$0] } ?? []))
      }
    }
  }

  /// Tables for people.
  var text: String {
    var table = TextTable([("", .left), ("k-means", .right), ("mixture", .right)])
    if let hard = kMeans.agreement, let soft = mixture.agreement {
      for (index, name) in AgreementReport.names.enumerated() {
        table.add(["\(name), with classes", hard.values[index], soft.values[index]])
      }
    }
    table.add(["mean confidence", "-", meanConfidence.formatted(decimals: 3)])
    table.add(["inertia", inertia.formatted(decimals: 3), "-"])
    table.add(["log-likelihood a row", "-", logLikelihood.formatted(decimals: 3)])
    for cluster in 0..<max(kMeans.sizes.count, mixture.sizes.count) {
      table.add(
        ["rows in cluster \(cluster)"]
          + [kMeans.sizes, mixture.sizes].map {
            $0.indices.contains(cluster) ? "\($0[cluster])" : "-"
          })
    }
    let share = (100 * Double(differences.count) / Double(max(rows, 1))).formatted(decimals: 1)
    var lines = [
      table.text, "",
      "The two differ on \(differences.count) of \(rows) rows (\(share)%); adjusted Rand index "
        + "between them \(agreement.values[0]).",
    ]
    if !differences.isEmpty { lines += ["", differenceTable] }
    return lines.joined(separator: "\n")
  }

  /// The first rows on which the two differ.
  private var differenceTable: String {
    let shown = differences.prefix(10)
    let isLabelled = shown.contains { $0.label != nil }
    var table = TextTable(
      [("row", .right), ("k-means", .right), ("mixture", .right), ("probability", .right)]
        + (isLabelled ? [("class", .left)] : []))
    for row in shown {
      table.add(
        [
          "\(row.row)", "\(row.kMeans)", "\(row.mixture)",
          row.probability.formatted(decimals: 3),
        ] + (row.label.map { [$0] } ?? []))
    }
    let rest = differences.count - shown.count
    return table.text + (rest > 0 ? "\nand \(rest) more; --csv lists them" : "")
  }
}

extension ClusterComparisonReport.Answer {
  fileprivate init(_ labels: [Int], count: Int, classes: [String]?) {
    var sizes = [Int](repeating: 0, count: count)
    for label in labels { sizes[label] += 1 }
    self.sizes = sizes
    agreement = classes.map { AgreementReport(ContingencyTable($0, labels)) }
  }
}
