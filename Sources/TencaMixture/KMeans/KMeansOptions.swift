public import TencaNumerics

/// How clusters are looked for.
public struct KMeansOptions: Sendable, Equatable {
  /// Where the search begins.
  public enum Start: Sendable, Equatable {
    /// From rows far apart, drawn anew at every restart (D. Arthur, S. Vassilvitskii, 2007).
    case plusPlus
    /// From known centroids, clusters × columns; there is nothing to restart.
    case centroids(NDArray<Double>)
  }

  /// The number of clusters, at least 1.
  public var clusters: Int
  /// The most moves of the centroids in one restart.
  ///
  /// 100, since later moves rarely change the inertia by a thousandth.
  public var iterations: Int
  /// Stops when the inertia falls by no more than this share of itself.
  ///
  /// 10⁻⁴ is far below what restarts differ by. Zero goes on until no row changes its cluster.
  public var tolerance: Double
  /// How many starts are tried; the one with the least inertia wins.
  ///
  /// 1, as k-means++ starts well; give 10 where the clusters themselves are the result.
  public var restarts: Int
  /// The same seed gives the same clusters.
  public var seed: UInt64
  /// Where the search begins.
  public var start: Start
  /// The most rows that k-means++ draws from; of more, this many are drawn first. 20 000 hold some
  /// of any cluster worth having.
  public var startRows: Int

  /// Makes options; see the properties for the reasons of the defaults.
  public init(
    clusters: Int, iterations: Int = 100, tolerance: Double = 1e-4, restarts: Int = 1,
    seed: UInt64 = 0, start: Start = .plusPlus, startRows: Int = 20_000
  ) {
    self.clusters = clusters
    self.iterations = iterations
    self.tolerance = tolerance
    self.restarts = restarts
    self.seed = seed
    self.start = start
    self.startRows = startRows
  }

  func validate(columns: Int) throws {
    try MixtureError.require(clusters >= 1, "clusters", clusters, "at least 1")
    try MixtureError.require(iterations >= 0, "iterations", iterations, "0 or more")
    try MixtureError.require(tolerance >= 0, "tolerance", tolerance, "0 or more")
    try MixtureError.require(restarts >= 1, "restarts", restarts, "at least 1")
    try MixtureError.require(
      startRows >= clusters, "startRows", startRows, "at least the number of clusters")
    guard case .centroids(let centroids) = start else { return }
    try MixtureError.require(
      centroids.shape == [clusters, columns] && centroids.firstNonFinite() == nil, "start",
      "centroids of shape \(centroids.shape)", "finite, of shape [\(clusters), \(columns)]")
  }
}
