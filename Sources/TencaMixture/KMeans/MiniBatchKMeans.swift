public import TencaNumerics

/// How clusters are looked for among more rows than fit into memory.
public struct MiniBatchOptions: Sendable, Equatable {
  /// The number of clusters, at least 1.
  public var clusters: Int
  /// The rows of one batch. 4096: enough for a step against chance, few enough to stay in the
  /// cache.
  public var batchRows: Int
  /// The number of batches at most. 200 of 4096 rows are what most data need to within a percent of
  /// the inertia of a full search.
  public var batches: Int
  /// Stops when the centroids of a batch move, on average over ten batches, by less than this share
  /// of the data's spread.
  public var tolerance: Double
  /// The rows that k-means++ starts from; of more, this many are drawn.
  public var startRows: Int
  /// The same seed gives the same clusters.
  public var seed: UInt64

  /// Makes options; see the properties for the reasons of the defaults.
  public init(
    clusters: Int, batchRows: Int = 4096, batches: Int = 200, tolerance: Double = 1e-3,
    startRows: Int = 20_000, seed: UInt64 = 0
  ) {
    self.clusters = clusters
    self.batchRows = batchRows
    self.batches = batches
    self.tolerance = tolerance
    self.startRows = startRows
    self.seed = seed
  }

  func validate() throws {
    try MixtureError.require(clusters >= 1, "clusters", clusters, "at least 1")
    try MixtureError.require(batchRows >= 1, "batchRows", batchRows, "at least 1")
    try MixtureError.require(batches >= 1, "batches", batches, "at least 1")
    try MixtureError.require(tolerance >= 0, "tolerance", tolerance, "0 or more")
    try MixtureError.require(
      startRows >= clusters, "startRows", startRows, "at least the number of clusters")
  }
}

/// What ``KMeans/fitMiniBatch(_:options:execution:)`` found.
public struct MiniBatchFit: Sendable, Equatable {
  /// The clusters.
  public let model: KMeans
  /// The sum of squared distances of all rows from their centroids.
  public let inertia: Double
  /// The batches that were drawn.
  public let batches: Int
  /// Whether the tolerance was met.
  public let converged: Bool
}

extension KMeans {
  /// Finds clusters from small random batches of rows: each row that a centroid wins draws it a
  /// little nearer, the less so the more rows it has won (D. Sculley, "Web-scale k-means
  /// clustering", 2010).
  ///
  /// Two passes read all rows, for their spread and for the inertia at the end; between them only
  /// batches are read.
  ///
  /// - Parameters:
  ///   - data: rows × columns, as many as there are.
  ///   - options: How to look.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Throws: ``MixtureError``; what the source throws; `CancellationError`.
  /// - Complexity: O(batches · batch rows · clusters · columns), and O(rows · clusters · columns).
  public static func fitMiniBatch(
    _ data: some RowSource, options: MiniBatchOptions, execution: Execution = .serial
  ) throws -> MiniBatchFit {
    try options.validate()
    let moments = try RowMoments.all(
      of: data, rowWeights: nil, withProducts: false, missing: .refused, execution: execution)
    let frame = MixtureFrame(moments, covariance: .spherical)
    let rows = StandardizedRows(data, frame: frame)
    var random = RandomStream(seed: options.seed)
    let sample = try StartRows(
      rows, limit: options.startRows, random: random.split(0), execution: execution)
    var search = MiniBatchSearch(
      centroids: try KMeansSeeding.centroids(
        options.clusters, from: sample.plain, random: &random, execution: execution),
      columns: rows.columns)
    var batches = 0
    var converged = false
    while batches < options.batches && !converged {
      try execution.cancellation.check()
      execution.progress(.init(task: "k-means", completed: batches, total: options.batches))
      let drawn = (0..<min(options.batchRows, rows.count))
        .map { _ in random.integer(below: rows.count) }.sorted()
      try search.step(
        StandardizedRows(SelectedRows(drawn, of: data), frame: frame))
      batches += 1
      converged = batches >= 10 && search.movement < options.tolerance
    }
    let nearest = NearestCentroid(search.centroids, columns: rows.columns)
    let inertia = try execution.reduce(count: rows.count, block: StandardizedRows.block) {
      Inertia(sum: try nearest.assign($0, of: rows).inertia)
    }!.sum
    let (scale, columns) = (frame.scales[0], rows.columns)
    let centroids = search.centroids.enumerated().map { index, value in
      value / scale + frame.centres[index % columns]
    }
    return MiniBatchFit(
      model: try KMeans(
        centroids: NDArray(centroids, shape: [centroids.count / columns, columns])),
      inertia: inertia / (scale * scale), batches: batches, converged: converged)
  }
}

private struct Inertia: Mergeable, Sendable {
  var sum: Double
  mutating func merge(_ other: Inertia) { sum += other.sum }
}

/// Centroids on their way, in standardised coordinates.
private struct MiniBatchSearch {
  private(set) var centroids: [Double]
  /// A running mean of how far centroids move in a batch.
  private(set) var movement = Double.infinity
  private var counts: [Double]
  private let columns: Int

  init(centroids: [Double], columns: Int) {
    self.centroids = centroids
    self.columns = columns
    counts = [Double](repeating: 0, count: centroids.count / columns)
  }

  /// Draws every centroid to the mean of all rows that it has won so far.
  mutating func step(_ batch: StandardizedRows) throws {
    let assignment = try NearestCentroid(centroids, columns: columns)
      .assign(0..<batch.count, of: batch)
    let before = centroids
    for (row, label) in assignment.labels.enumerated() {
      let cluster = Int(label)
      counts[cluster] += 1
      let rate = 1 / counts[cluster]
      for column in 0..<columns {
        let index = cluster * columns + column
        centroids[index] += (assignment.values[row * columns + column] - centroids[index]) * rate
      }
    }
    let squares = zip(before, centroids).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let step = (squares / Double(centroids.count)).squareRoot()
    movement = movement.isFinite ? movement + (step - movement) * 0.1 : step
  }
}
