internal import TencaNumerics

/// What rows make of the clusters that they join and leave: statistics that add.
struct ClusterSums: Mergeable, Sendable {
  /// The rows of each cluster; negative where more left than joined.
  private(set) var counts: [Int]
  /// Σ z of each cluster's rows, clusters × columns.
  private(set) var sums: [Double]
  /// Σ of squared distances between rows and their centroids.
  private(set) var inertia = 0.0
  /// The rows that changed their cluster.
  private(set) var changes = 0
  private let columns: Int

  /// No rows.
  init(clusters: Int, columns: Int) {
    counts = [Int](repeating: 0, count: clusters)
    sums = [Double](repeating: 0, count: clusters * columns)
    self.columns = columns
  }

  /// A row joins a cluster.
  mutating func add(_ row: UnsafePointer<Double>, to cluster: Int, distance: Double) {
    counts[cluster] += 1
    inertia += distance
    changes += 1
    sums.withUnsafeMutableBufferPointer { sums in
      let target = sums.baseAddress! + cluster * columns
      for column in 0..<columns { target[column] += row[column] }
    }
  }

  /// A row leaves a cluster, which ``add(_:to:distance:)`` counts as a change.
  mutating func remove(_ row: UnsafePointer<Double>, from cluster: Int, distance: Double) {
    counts[cluster] -= 1
    inertia -= distance
    sums.withUnsafeMutableBufferPointer { sums in
      let target = sums.baseAddress! + cluster * columns
      for column in 0..<columns { target[column] -= row[column] }
    }
  }

  /// The centroids came nearer to their rows.
  mutating func lower(inertia gain: Double) { inertia -= gain }

  mutating func merge(_ other: ClusterSums) {
    inertia += other.inertia
    guard other.changes > 0 else { return }
    changes += other.changes
    for cluster in counts.indices { counts[cluster] += other.counts[cluster] }
    for index in sums.indices { sums[index] += other.sums[index] }
  }

  /// The mean of each cluster's rows; clusters without rows have none and are left out.
  var means: [Double] {
    counts.indices.filter { counts[$0] > 0 }.flatMap { cluster in
      sums[cluster * columns..<(cluster + 1) * columns].map { $0 / Double(counts[cluster]) }
    }
  }
}
