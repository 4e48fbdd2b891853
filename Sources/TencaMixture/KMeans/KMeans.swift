public import TencaNumerics

/// Clusters, each known by its centroid: a row belongs to the nearest (S. Lloyd, 1957).
///
/// ```swift
/// let fit = try KMeans.fit(features, options: KMeansOptions(clusters: 8, restarts: 10))
/// let labels = try fit.model.assign(moreFeatures)
/// ```
public struct KMeans: Sendable, Equatable {
  /// The centroids, clusters × columns.
  public let centroids: NDArray<Double>

  /// Makes clusters around known centroids.
  ///
  /// - Parameter centroids: clusters × columns.
  /// - Throws: ``MixtureError/invalidModel(problem:)`` when empty or not finite.
  public init(centroids: NDArray<Double>) throws {
    guard centroids.rank == 2, !centroids.isEmpty else {
      throw MixtureError.invalidModel(problem: "centroids of shape \(centroids.shape)")
    }
    if let bad = centroids.firstNonFinite() {
      throw MixtureError.invalidModel(
        problem: "centroid \(bad / centroids.columns) is not finite")
    }
    self.centroids = centroids
  }

  /// Finds clusters with little squared distance between rows and centroids.
  ///
  /// Every assignment is the true
  /// nearest centroid: a matrix product in single precision finds the candidates, double
  /// precision decides among those that its rounding cannot tell apart. A cluster that loses its
  /// last row starts again at the row farthest from its centroid. Data with fewer distinct rows
  /// than clusters get one cluster a distinct row, and a warning.
  ///
  /// - Parameters:
  ///   - data: rows × columns, in either precision.
  ///   - options: How to look.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Throws: ``MixtureError``; `CancellationError`.
  /// - Complexity: O(rows · clusters · columns) an iteration.
  public static func fit(
    _ data: some RowSource, options: KMeansOptions, execution: Execution = .serial
  ) throws -> KMeansFit {
    let moments = try RowMoments.all(
      of: data, rowWeights: nil, withProducts: false, missing: .refused, execution: execution)
    try options.validate(columns: data.columnCount)
    // One scale for all columns, since distances mix them; it only keeps squares in range.
    let frame = MixtureFrame(moments, covariance: .spherical)
    let scale = frame.scales[0]
    let rows = StandardizedRows(data, frame: frame)
    let run = try LloydRun.best(rows, options: options, execution: execution)
    let centroids = NDArray<Double>(shape: [run.clusters, rows.columns]) { target in
      for i in target.indices {
        target[i] = run.centroids[i] / scale + frame.centres[i % rows.columns]
      }
    }
    var warnings: [MixtureWarning] = []
    if run.clusters < options.clusters {
      warnings.append(.fewerDistinctRows(requested: options.clusters, used: run.clusters))
    }
    if !run.converged { warnings.append(.notConverged(iterations: run.iterations)) }
    return KMeansFit(
      model: try KMeans(centroids: centroids), labels: run.labels.map(Int.init),
      inertiaHistory: run.inertiaHistory.map { $0 / (scale * scale) }, converged: run.converged,
      warnings: warnings)
  }

  /// The nearest centroid of every row; of equally near ones the first.
  ///
  /// - Parameters:
  ///   - data: rows × columns.
  ///   - execution: The same labels come out on any number of threads.
  /// - Throws: ``MixtureError/wrongColumns(expected:actual:)``,
  ///   ``MixtureError/notFinite(row:column:value:)``.
  /// - Complexity: O(rows · clusters · columns).
  public func assign(_ data: some RowSource, execution: Execution = .serial) throws -> [Int] {
    try data.requireColumns(centroids.columns)
    let middle = NDArray<Double>.mean(ofRows: centroids)
    let rows = StandardizedRows(
      data,
      frame: MixtureFrame(
        centres: middle, scales: [Double](repeating: 1, count: middle.count)))
    let centred = (0..<centroids.count).map { index in
      centroids[index / middle.count, index % middle.count] - middle[index % middle.count]
    }
    let nearest = NearestCentroid(centred, columns: middle.count)
    return try execution.map(rows.blocks) { block in
      let range = rows.block(block)
      let assignment = try nearest.assign(range, of: rows)
      if !assignment.inertia.isFinite { try data.requireFinite(range) }
      return assignment.labels.map(Int.init)
    }.flatMap { $0 }
  }
}

/// What ``KMeans/fit(_:options:execution:)`` found.
public struct KMeansFit: Sendable, Equatable {
  /// The clusters.
  public let model: KMeans
  /// The cluster of every row.
  public let labels: [Int]
  /// The sum of squared distances to the nearest centroid: of the start, then after each move.
  public let inertiaHistory: [Double]
  /// Whether the tolerance was met.
  public let converged: Bool
  /// What else happened.
  public let warnings: [MixtureWarning]

  /// The sum of squared distances between rows and their centroids.
  public var inertia: Double { inertiaHistory.last! }
  /// The number of moves.
  public var iterations: Int { inertiaHistory.count - 1 }
}

extension NDArray<Double> {
  /// The mean of each column of a matrix.
  static func mean(ofRows matrix: NDArray<Double>) -> [Double] {
    (0..<matrix.columns).map { column in
      matrix.column(column).elements.reduce(0, +) / Double(matrix.rows)
    }
  }
}
