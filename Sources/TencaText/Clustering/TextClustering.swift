public import TencaMixture
public import TencaNumerics

/// Documents in clusters of like words.
///
/// ```swift
/// let clustering = try TextClustering(of: documents, options: TextClusteringOptions(clusters: 8))
/// clustering.clusters[0].topTerms.map(\.term)       // ["hockey", "team", "game", …]
/// ```
public struct TextClustering: Sendable {
  /// Documents that use like words.
  public struct Cluster: Sendable, Equatable {
    /// How many documents it has.
    public let documents: Int
    /// The words that set it apart, the strongest first: those whose mean weight in its documents
    /// is most above that in all.
    public let topTerms: [WeightedTerm]
  }

  /// A word and how much it sets a cluster apart.
  public struct WeightedTerm: Sendable, Equatable {
    /// The word.
    public let term: String
    /// The mean weight in the cluster's documents, less that in all.
    public let weight: Double
  }

  /// The cluster of each document.
  public let labels: [Int]
  /// The probability of that cluster; nil where none were computed, by k-means.
  public let probabilities: [Double]?
  /// The clusters, the one with most documents first.
  public let clusters: [Cluster]
  /// Where the documents lie in the latent semantic space, documents × dimensions, of length one;
  /// zeros for documents without terms.
  public let coordinates: NDArray<Double>
  /// The number of terms that the documents were compared by.
  public let termCount: Int
  /// The documents that have none of the terms; their cluster means nothing.
  public let documentsWithoutTerms: [Int]
  /// What the search for clusters had to do.
  public let warnings: [MixtureWarning]

  /// The most top terms that are kept of a cluster.
  private static let keptTerms = 100

  /// Puts documents into clusters.
  ///
  /// - Parameters:
  ///   - documents: Their texts.
  ///   - options: How to compare and to cluster them.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Throws: ``TextError``; `MixtureError`; `LinearAlgebraError`; `CancellationError`.
  /// - Complexity: See `truncatedSVD` and `KMeans`; 800 short documents in about 0.5 s.
  public init(
    of documents: [String], options: TextClusteringOptions, execution: Execution = .serial
  ) throws {
    try options.validate()
    let vectorizer = try TermVectorizer(
      documents, options: options.terms, execution: execution)
    let vectors = try vectorizer.vectors(documents, execution: execution)
    let space = try LatentSemanticSpace(
      of: vectors, dimensions: options.dimensions, seed: options.seed, execution: execution)
    coordinates = try space.coordinates(of: vectors, execution: execution)
    let assignment = try ClusterAssignment(coordinates, options: options, execution: execution)

    // The largest first; of equal ones the one whose first document comes first.
    let members = Dictionary(grouping: assignment.labels.indices) { assignment.labels[$0] }
    let order = members.values.sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
    var labels = assignment.labels
    for (rank, documents) in order.enumerated() {
      for document in documents { labels[document] = rank }
    }
    self.labels = labels
    probabilities = assignment.probabilities
    let overall = vectors.meanRow(of: Array(0..<vectors.rows))
    clusters = order.map { documents in
      let mean = vectors.meanRow(of: documents)
      let differences = zip(mean, overall).map { $0 - $1 }
      let strongest = differences.indices.filter { differences[$0] > 0 }
        .sorted { (differences[$1], $0) < (differences[$0], $1) }
      return Cluster(
        documents: documents.count,
        topTerms: strongest.prefix(Self.keptTerms).map {
          WeightedTerm(term: vectorizer.terms[$0], weight: differences[$0])
        })
    }
    termCount = vectorizer.terms.count
    documentsWithoutTerms = (0..<vectors.rows).filter { vectors.entries(ofRow: $0).isEmpty }
    warnings = assignment.warnings
  }
}

/// The one place that asks a model which cluster each document belongs to.
private struct ClusterAssignment {
  let labels: [Int]
  let probabilities: [Double]?
  let warnings: [MixtureWarning]

  init(
    _ coordinates: NDArray<Double>, options: TextClusteringOptions, execution: Execution
  ) throws {
    let rows: NDArray<Float> = coordinates.converted()
    switch options.method {
    case .kMeans:
      let fit = try KMeans.fit(
        rows,
        options: KMeansOptions(
          clusters: options.clusters, restarts: options.restarts, seed: options.seed),
        execution: execution)
      labels = fit.labels
      probabilities = nil
      warnings = fit.warnings
    case .mixture:
      let fit = try GaussianMixture.fit(
        rows,
        options: GaussianMixtureOptions(
          components: options.clusters, covariance: options.covariance, restarts: options.restarts,
          seed: options.seed),
        execution: execution)
      let shares = try fit.model.responsibilities(rows, execution: execution)
      let likeliest = (0..<shares.rows).map { row in
        (0..<shares.columns).max { shares[row, $0] < shares[row, $1] }!
      }
      labels = likeliest
      probabilities = likeliest.enumerated().map { Double(shares[$0, $1]) }
      warnings = fit.warnings
    }
  }
}

extension SparseMatrix {
  /// The mean of some rows.
  fileprivate func meanRow(of chosen: [Int]) -> [Double] {
    var sums = [Double](repeating: 0, count: columns)
    for row in chosen {
      for entry in entries(ofRow: row) { sums[columnIndices[entry]] += values[entry] }
    }
    return sums.map { $0 / Double(chosen.count) }
  }
}
