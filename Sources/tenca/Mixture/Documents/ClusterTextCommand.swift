import ArgumentParser
internal import Logging
internal import TencaFormats
internal import TencaMixture
internal import TencaNumerics
internal import TencaPlot
internal import TencaText

/// `tenca cluster-text`: documents in clusters of like words.
struct ClusterTextCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cluster-text",
    abstract: "Put documents into clusters of like words, and say by which words.",
    discussion: """
      A table with one document a row, beside known classes where there are any:

        tenca cluster-text posts.csv --text text --label class -k 8
        tenca cluster-text posts.csv --text text -k 8 --csv > clusters.csv
        tenca cluster-text posts.csv --text text -k 8 --picture posts.png

      Words are weighed by TF-IDF, reduced to a few dimensions by a truncated singular
      value decomposition, and clustered by k-means or by a Gaussian mixture.
      """)

  @Argument(
    help: "A table, CSV with column names, one document a row; - is standard input.",
    completion: .file())
  var data: String

  @Option(help: "The column of the documents' texts.")
  var text: String

  @Option(help: "The column of known classes, to compare with.")
  var label: String?

  @Option(name: [.customShort("k"), .long], help: "How many clusters.")
  var clusters = 8

  @Option(help: "What decides to which cluster a document belongs.")
  var method = TextClusteringOptions(clusters: 1).method

  @Option(help: "What shapes the components of a mixture may take.")
  var covariance = TextClusteringOptions(clusters: 1).covariance

  @Option(help: "The dimensions that words are reduced to.")
  var dimensions = TextClusteringOptions(clusters: 1).dimensions

  @Option(help: "Words to leave out.")
  var stopWords = StopWordList.english

  @Option(help: "Use words of at least this many documents.")
  var minDocuments = TermOptions().minimumDocuments

  @Option(help: "Use words of at most this share of the documents, from 0 to 1.")
  var maxShare = TermOptions().maximumShare

  @Option(help: "How many starts are tried.")
  var restarts = TextClusteringOptions(clusters: 1).restarts

  @Option(help: "Words listed for each cluster.")
  var top = 10

  @Option(help: "The same seed gives the same clusters.")
  var seed: UInt64 = 0

  @Option(
    help: "Draw the documents on two principal components to .png, .svg or .pdf.",
    completion: .file())
  var picture: String?

  @OptionGroup var report: ReportOptions
  @OptionGroup var work: WorkOptions

  /// Lists of words that say little.
  enum StopWordList: String, ExpressibleByArgument, CaseIterable {
    case english, none

    var words: Set<String> { self == .english ? StopWords.english : [] }
  }

  func validate() throws {
    for (name, value) in [
      ("--clusters", clusters), ("--dimensions", dimensions), ("--min-documents", minDocuments),
      ("--restarts", restarts), ("--top", top),
    ] where value < 1 {
      throw ValidationError("\(name) \(value): at least 1.")
    }
    if top > 100 { throw ValidationError("--top \(top): at most 100.") }
    if !(maxShare > 0 && maxShare <= 1) {
      throw ValidationError("--max-share \(maxShare): above 0 and at most 1.")
    }
  }

  func run() throws {
    if let picture { try OutputPath.checkPicture(picture) }
    try work.run { execution in
      let table = try CSVTable(path: data)
      let documents = try table.column(text)
      let classes = try label.map { try table.column($0) }
      let clustering = try TextClustering(of: documents, options: options, execution: execution)
      for warning in clustering.warnings { work.logger.warning("\(warning)") }
      let lost = clustering.documentsWithoutTerms.count
      if lost > 0 {
        work.logger.warning("\(lost) documents have none of the words; their cluster means nothing")
      }
      let result = TextClusteringReport(
        clustering, of: data, options: options, top: top, classes: classes)
      try report.write(result)
      if let picture { try Self.chart(clustering).write(to: picture) }
    }
  }

  private var options: TextClusteringOptions {
    TextClusteringOptions(
      clusters: clusters, method: method, covariance: covariance,
      terms: TermOptions(
        tokenizer: Tokenizer(stopWords: stopWords.words), minimumDocuments: minDocuments,
        maximumShare: maxShare),
      dimensions: dimensions, restarts: restarts, seed: seed)
  }

  private static func chart(_ clustering: TextClustering) throws -> ScatterChart {
    let components = try PrincipalComponents(of: clustering.coordinates, count: 2)
    let places = components.project(clustering.coordinates)
    let isFlat = places.columns < 2
    let count = clustering.clusters.count
    return ScatterChart(
      ClusterPicture.groups(
        clustering.labels.indices.map { (places[$0, 0], isFlat ? 0 : places[$0, 1]) },
        shares: clustering.labels.map { ClusterPicture.certainty(of: $0, among: count) },
        names: clustering.clusters.map { cluster in
          cluster.topTerms.prefix(3).map(\.term).joined(separator: ", ")
        }),
      title: "\(clustering.labels.count) documents in \(count) clusters",
      xAxis: .linear("Principal component 1"), yAxis: .linear("Principal component 2"))
  }
}
