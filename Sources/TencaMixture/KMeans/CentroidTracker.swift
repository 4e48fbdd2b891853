internal import TencaNumerics

/// The nearest centroid of every row, followed while the centroids move.
///
/// After a move only rows are read whose nearest centroid could be another one, and sums change by
/// the rows that changed sides. What rounding adds up to in sums that only change is kept small by
/// beginning again from all rows, where little is left of what was summed first.
struct CentroidTracker: Sendable {
  private let rows: StandardizedRows
  private let execution: Execution
  private(set) var nearest: NearestCentroid
  private(set) var clusters: ClusterSums
  private var blocks: [BoundedRows]
  /// The sums when all rows were read last.
  private var whole: ClusterSums

  /// A sum is made again when less than this share of it is left.
  private static let leastShare = 0.01

  /// Reads all rows.
  ///
  /// - Parameter centroids: clusters × columns, one after another.
  init(_ centroids: [Double], rows: StandardizedRows, execution: Execution) throws {
    self.rows = rows
    self.execution = execution
    nearest = NearestCentroid(centroids, columns: rows.columns)
    let pass = try Pass(known: nil, drift: nil, nearest, rows, execution)
    (blocks, clusters, whole) = (pass.blocks, pass.clusters, pass.clusters)
  }

  /// The cluster of every row.
  var labels: [Int32] { blocks.flatMap(\.labels) }

  /// Moves every centroid to the mean of its rows; one without rows goes to the row farthest from
  /// its own centroid.
  ///
  /// - Returns: Whether a row has another centroid now.
  mutating func move() throws -> Bool {
    guard clusters.counts.allSatisfy({ $0 > 0 }) else { return try fillEmptyClusters() }
    let before = nearest.centroids
    nearest = NearestCentroid(clusters.means, columns: rows.columns)
    let drift = CentroidDrift(from: before, to: nearest.centroids, counts: clusters.counts)
    let pass = try Pass(known: blocks, drift: drift, nearest, rows, execution)
    blocks = pass.blocks
    clusters.lower(inertia: drift.gain)
    clusters.merge(pass.clusters)
    if isWorn { try begin(with: nearest) }
    return pass.clusters.changes > 0
  }

  /// Reads all rows.
  private mutating func begin(with nearest: NearestCentroid) throws {
    self.nearest = nearest
    let pass = try Pass(known: nil, drift: nil, nearest, rows, execution)
    (blocks, clusters, whole) = (pass.blocks, pass.clusters, pass.clusters)
  }

  /// Moves as ``move()`` does where some centroids have no rows: each takes the farthest row of a
  /// cluster that has others left, or disappears where no such row is any distance away.
  private mutating func fillEmptyClusters() throws -> Bool {
    let labels = labels
    var (moved, distances) = (clusters, try distances())
    for empty in moved.counts.indices where moved.counts[empty] == 0 {
      let candidates = distances.indices.lazy.filter { row in
        distances[row] > 0 && moved.counts[Int(labels[row])] > 1
      }
      guard let farthest = candidates.max(by: { distances[$0] < distances[$1] }) else { continue }
      let value = try rows.row(farthest)
      moved.remove(value, from: Int(labels[farthest]), distance: distances[farthest])
      moved.add(value, to: empty, distance: 0)
      distances[farthest] = 0
    }
    try begin(with: NearestCentroid(moved.means, columns: rows.columns))
    return self.labels != labels
  }

  /// Whether so much was taken away from a sum that its rounding shows.
  private var isWorn: Bool {
    clusters.inertia < Self.leastShare * whole.inertia
      || zip(clusters.counts, whole.counts).contains {
        Double($0) < Self.leastShare * Double($1)
      }
  }

  /// Squared distances of all rows from their centroids.
  private func distances() throws -> [Double] {
    try execution.map(rows.blocks) { index in
      let labels = blocks[index].labels
      return try rows.values(rows.block(index)).withUnsafeBufferPointer { values in
        labels.indices.map {
          nearest.distance(values.baseAddress! + $0 * rows.columns, to: Int(labels[$0]))
        }
      }
    }.flatMap { $0 }
  }
}

/// One look at all bounds: statistics that add.
private struct Pass: Mergeable, Sendable {
  var blocks: [BoundedRows]
  var clusters: ClusterSums

  /// So many cells are kept in memory, 128 MB of them; of more rows those in question are read again.
  private static let mostKept = 1 << 25

  /// - Parameters:
  ///   - known: The labels so far; nil reads all rows.
  ///   - drift: How the centroids have moved since.
  init(
    known: [BoundedRows]?, drift: CentroidDrift?, _ nearest: NearestCentroid,
    _ rows: StandardizedRows, _ execution: Execution
  ) throws {
    self = try execution.reduce(count: rows.count, block: StandardizedRows.block) { range in
      let first = range.lowerBound
      if let known, let drift {
        var block = known[first / StandardizedRows.block]
        let clusters = try block.reassign(after: drift, to: nearest, of: rows, first: first)
        return Pass(blocks: [block], clusters: clusters)
      }
      let keeps = rows.count * rows.columns <= Self.mostKept
      var block = BoundedRows(count: range.count, columns: rows.columns, keeps: keeps)
      let clusters = try block.assign(to: nearest, of: rows, first: first)
      return Pass(blocks: [block], clusters: clusters)
    }!
  }

  private init(blocks: [BoundedRows], clusters: ClusterSums) {
    self.blocks = blocks
    self.clusters = clusters
  }

  mutating func merge(_ other: Pass) {
    blocks += other.blocks
    clusters.merge(other.clusters)
  }
}
