public import TencaMixture

/// How documents are put into clusters.
public struct TextClusteringOptions: Sendable, Equatable {
  /// What decides to which cluster a document belongs.
  public enum Method: String, Sendable, CaseIterable {
    /// The nearest centroid, by k-means.
    case kMeans = "k-means"
    /// The likeliest component of a Gaussian mixture, with its probability.
    case mixture
  }

  /// The number of clusters, at least 1.
  public var clusters: Int
  /// What decides to which cluster a document belongs. ``Method/kMeans``: a mixture needs many
  /// documents for the shape of each cluster in so many dimensions.
  public var method: Method
  /// What shapes the components of a mixture may take. Tied, as hundreds of documents do not show
  /// the shape of each cluster in twenty dimensions.
  public var covariance: CovarianceKind
  /// Which words count, and how much.
  public var terms: TermOptions
  /// The dimensions of the space in which the documents lie. 20: enough for a dozen topics;
  /// those behind them hold phrases and noise.
  public var dimensions: Int
  /// How many starts are tried. 10, as the clusters themselves are the result.
  public var restarts: Int
  /// The same seed gives the same clusters.
  public var seed: UInt64

  /// Makes options; see the properties for the reasons of the defaults.
  public init(
    clusters: Int, method: Method = .kMeans, covariance: CovarianceKind = .full,
    terms: TermOptions = TermOptions(),
    dimensions: Int = 20, restarts: Int = 10, seed: UInt64 = 0
  ) {
    self.clusters = clusters
    self.method = method
    self.covariance = covariance
    self.terms = terms
    self.dimensions = dimensions
    self.restarts = restarts
    self.seed = seed
  }

  func validate() throws {
    try TextError.require(clusters >= 1, "clusters", clusters, "at least 1")
    try TextError.require(dimensions >= 1, "dimensions", dimensions, "at least 1")
    try TextError.require(restarts >= 1, "restarts", restarts, "at least 1")
  }
}
