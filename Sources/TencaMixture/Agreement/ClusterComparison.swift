public import TencaNumerics

/// What k-means and a Gaussian mixture say of the same rows, under the same names: cluster 0 is the
/// largest of k-means, and each component of the mixture has the name of the cluster that it shares
/// most rows with.
///
/// ```swift
/// let comparison = try ClusterComparison(of: data, clusters: 3)
/// comparison.differingRows        // those that lie between clusters
/// ```
public struct ClusterComparison: Sendable {
  /// The cluster of each row by k-means.
  public let hardLabels: [Int]
  /// The likeliest component of each row.
  public let softLabels: [Int]
  /// The probability of each component given each row, rows × components.
  public let responsibilities: NDArray<Double>
  /// What k-means found, with clusters in their first order.
  public let kMeans: KMeansFit
  /// What the mixture found, with components in their first order.
  public let mixture: GaussianMixtureFit
  /// Which component of ``mixture`` each name stands for.
  public let componentOrder: [Int]

  /// Clusters rows in both ways.
  ///
  /// - Parameters:
  ///   - data: rows × columns. k-means takes distances as they are: standardise columns of unlike
  ///     units. A mixture does not mind.
  ///   - clusters: How many clusters and components.
  ///   - covariance: What shapes the components may take.
  ///   - restarts: How many starts are tried of each.
  ///   - seed: The same seed gives the same answers.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Throws: ``MixtureError``; `CancellationError`.
  /// - Complexity: That of both fits.
  public init(
    of data: NDArray<Float>, clusters: Int, covariance: CovarianceKind = .full, restarts: Int = 10,
    seed: UInt64 = 0,
    execution: Execution = .serial
  ) throws {
    kMeans = try KMeans.fit(
      data, options: KMeansOptions(clusters: clusters, restarts: restarts, seed: seed),
      execution: execution)
    mixture = try GaussianMixture.fit(
      data,
      options: GaussianMixtureOptions(
        components: clusters, covariance: covariance, restarts: restarts, seed: seed),
      execution: execution)
    let shares = try mixture.model.responsibilities(data, execution: execution)
    let likeliest = (0..<shares.rows).map { row in
      (0..<shares.columns).max { shares[row, $0] < shares[row, $1] }!
    }

    let found = kMeans.model.centroids.rows
    var sizes = [Int](repeating: 0, count: found)
    for label in kMeans.labels { sizes[label] += 1 }
    let hardOrder = sizes.indices.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
    let hardNames = Self.names(of: hardOrder)
    let names = kMeans.labels.map { hardNames[$0] }

    let components = mixture.model.components
    var overlaps = [[Int]](repeating: [Int](repeating: 0, count: found), count: components)
    for (component, name) in zip(likeliest, names) { overlaps[component][name] += 1 }
    let matching = maximumMatching(overlaps)
    componentOrder = (0..<components).sorted {
      (matching[$0] ?? .max, $0) < (matching[$1] ?? .max, $1)
    }
    let softNames = Self.names(of: componentOrder)
    hardLabels = names
    softLabels = likeliest.map { softNames[$0] }
    let order = componentOrder
    responsibilities = NDArray(shape: [shares.rows, components]) { target in
      for row in 0..<shares.rows {
        for (name, component) in order.enumerated() {
          target[row * components + name] = Double(shares[row, component])
        }
      }
    }
  }

  /// The rows to which the two give different names.
  public var differingRows: [Int] {
    hardLabels.indices.filter { hardLabels[$0] != softLabels[$0] }
  }

  /// The probability of each row's likeliest component.
  public var confidences: [Double] {
    softLabels.enumerated().map { responsibilities[$0, $1] }
  }

  /// The mean vector of the component of that name.
  public func meanVector(_ name: Int) -> NDArray<Double> {
    mixture.model.meanVectors.row(componentOrder[name])
  }

  /// The covariance of the component of that name, columns × columns.
  public func covarianceMatrix(_ name: Int) -> NDArray<Double> {
    mixture.model.covarianceMatrix(componentOrder[name])
  }

  /// The name of each cluster, where `order` says which cluster each name stands for.
  private static func names(of order: [Int]) -> [Int] {
    var names = [Int](repeating: 0, count: order.count)
    for (name, cluster) in order.enumerated() { names[cluster] = name }
    return names
  }
}
