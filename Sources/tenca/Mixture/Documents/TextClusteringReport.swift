internal import TencaFormats
internal import TencaMixture
internal import TencaNumerics
internal import TencaText

/// What `tenca cluster-text` says.
struct TextClusteringReport: TableReport {
  let file: String
  let documents: Int
  let terms: Int
  let dimensions: Int
  let method: String
  let seed: UInt64
  let clusters: [Cluster]
  let agreement: AgreementReport?
  let assignments: [Assignment]

  /// One cluster.
  struct Cluster: Encodable {
    let cluster: Int
    let documents: Int
    /// The commonest known class in it, and the share of its documents that have it.
    let label: String?
    let labelShare: Double?
    let topTerms: [Term]
  }

  /// A word and how much it sets its cluster apart.
  struct Term: Encodable {
    let term: String
    let weight: Double
  }

  /// One document, counted from 1 as a spreadsheet does below its column names.
  struct Assignment: Encodable {
    let row: Int
    let cluster: Int
    let probability: Double?
    let label: String?
  }

  init(
    _ clustering: TextClustering, of path: String, options: TextClusteringOptions, top: Int,
    classes: [String]?
  ) {
    file = path
    documents = clustering.labels.count
    terms = clustering.termCount
    dimensions = clustering.coordinates.columns
    method = options.method.rawValue
    seed = options.seed
    let table = classes.map { ContingencyTable($0, clustering.labels) }
    agreement = table.map { AgreementReport($0) }
    clusters = clustering.clusters.enumerated().map { index, cluster in
      // Every cluster has documents, so it is column `index` of the table.
      let counts = table.map { table in table.counts.map { $0[index] } }
      let commonest = counts.flatMap { counts in counts.indices.max { counts[$0] < counts[$1] } }
      return Cluster(
        cluster: index, documents: cluster.documents,
        label: commonest.flatMap { table?.firstLabels[$0] },
        labelShare: commonest.map { Double(counts![$0]) / Double(cluster.documents) },
        topTerms: cluster.topTerms.prefix(top).map { Term(term: $0.term, weight: $0.weight) })
    }
    assignments = clustering.labels.indices.map {
      Assignment(
        row: $0 + 1, cluster: clustering.labels[$0],
        probability: clustering.probabilities?[$0], label: classes?[$0])
    }
  }

  /// One line a document.
  func csv() throws -> String {
    let hasProbability = assignments.contains { $0.probability != nil }
    let hasLabel = assignments.contains { $0.label != nil }
    let columns =
      ["row", "cluster"] + (hasProbability ? ["probability"] : []) + (hasLabel ? ["label"] : [])
    return try CSVWriter.encode(columns: columns) { writer in
      for one in assignments {
        try writer.append(
          ["\(one.row)", "\(one.cluster)"] + (one.probability.map { ["\($0)"] } ?? [])
            + (one.label.map { [$0] } ?? []))
      }
    }
  }

  /// Tables for people.
  var text: String {
    let isLabelled = agreement != nil
    var table = TextTable(
      [("cluster", .right), ("documents", .right)]
        + (isLabelled ? [("mostly", .left), ("share", .right)] : []) + [("words", .left)])
    for one in clusters {
      var row = ["\(one.cluster)", "\(one.documents)"]
      if isLabelled {
        row += [
          one.label ?? "-", one.labelShare.map { "\((100 * $0).formatted(decimals: 0))%" } ?? "-",
        ]
      }
      table.add(row + [one.topTerms.map(\.term).joined(separator: " ")])
    }
    var lines = [
      "\(documents) documents, \(terms) words, \(dimensions) dimensions, \(method)", "", table.text,
    ]
    if let agreement {
      lines.append("")
      lines += zip(AgreementReport.names, agreement.values).map { "\($0) \($1)" }
    }
    return lines.joined(separator: "\n")
  }
}
