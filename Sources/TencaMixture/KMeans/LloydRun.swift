internal import TencaNumerics

/// What an assignment says about every cluster: statistics that add.
private struct ClusterStatistics: Mergeable, Sendable {
  var labels: [Int32]
  var distances: [Double]
  var counts: [Int]
  /// Σ z of each cluster's rows, clusters × columns.
  var sums: [Double]
  var inertia: Double

  init(_ assignment: NearestCentroid.Assignment, clusters: Int, columns: Int) {
    labels = assignment.labels
    distances = assignment.distances
    inertia = assignment.inertia
    var counts = [Int](repeating: 0, count: clusters)
    var sums = [Double](repeating: 0, count: clusters * columns)
    assignment.values.withUnsafeBufferPointer { values in
      sums.withUnsafeMutableBufferPointer { sums in
        for (row, label) in assignment.labels.enumerated() {
          counts[Int(label)] += 1
          let from = values.baseAddress! + row * columns
          let to = sums.baseAddress! + Int(label) * columns
          for column in 0..<columns { to[column] += from[column] }
        }
      }
    }
    self.counts = counts
    self.sums = sums
  }

  mutating func merge(_ other: ClusterStatistics) {
    labels += other.labels
    distances += other.distances
    for cluster in counts.indices { counts[cluster] += other.counts[cluster] }
    for index in sums.indices { sums[index] += other.sums[index] }
    inertia += other.inertia
  }
}

/// One descent of Lloyd's algorithm from one start, in standardised coordinates.
struct LloydRun: Sendable {
  /// clusters × columns.
  private(set) var centroids: [Double]
  private(set) var labels: [Int32] = []
  /// Of the start, then after each move.
  private(set) var inertiaHistory: [Double] = []
  private(set) var converged = false
  private let columns: Int

  var clusters: Int { centroids.count / columns }
  var iterations: Int { inertiaHistory.count - 1 }

  /// The run with the least inertia among `options.restarts`; of equals the first.
  static func best(
    _ rows: StandardizedRows, options: KMeansOptions, execution: Execution
  ) throws -> LloydRun {
    let root = RandomStream(seed: options.seed)
    var best: LloydRun?
    if case .centroids(let centroids) = options.start {
      return try LloydRun(
        rows.frame.enter(means: centroids).elements, rows: rows, options: options,
        execution: execution)
    }
    let sample = try StartRows(
      rows, limit: options.startRows, random: root.split(UInt64.max), execution: execution
    ).framed
    for restart in 0..<options.restarts {
      var random = root.split(UInt64(restart))
      let start = try KMeansSeeding.centroids(
        options.clusters, from: sample, random: &random, execution: execution)
      let run = try LloydRun(start, rows: rows, options: options, execution: execution)
      if best == nil || run.inertiaHistory.last! < best!.inertiaHistory.last! { best = run }
    }
    return best!
  }

  private init(
    _ start: [Double], rows: StandardizedRows, options: KMeansOptions, execution: Execution
  ) throws {
    centroids = start
    columns = rows.columns
    for iteration in 0...options.iterations {
      execution.progress(.init(task: "k-means", completed: iteration, total: options.iterations))
      let nearest = NearestCentroid(centroids, columns: columns)
      let (clusters, columns) = (clusters, columns)
      let statistics = try execution.reduce(count: rows.count, block: StandardizedRows.block) {
        ClusterStatistics(
          try nearest.assign($0, of: rows), clusters: clusters, columns: columns)
      }!
      let settled = statistics.labels == labels
      let gain = (inertiaHistory.last ?? .infinity) - statistics.inertia
      labels = statistics.labels
      inertiaHistory.append(statistics.inertia)
      if settled || gain <= options.tolerance * statistics.inertia {
        converged = true
        return
      }
      if iteration < options.iterations { try move(to: statistics, rows: rows) }
    }
  }

  /// Moves every centroid to the mean of its rows. One without rows goes to the row that is
  /// farthest from its own centroid, which must have others left, or disappears where no such row
  /// is any distance away.
  private mutating func move(to statistics: ClusterStatistics, rows: StandardizedRows) throws {
    var (counts, sums) = (statistics.counts, statistics.sums)
    var distances = statistics.distances
    for empty in counts.indices where counts[empty] == 0 {
      let candidates = distances.indices.lazy.filter { row in
        distances[row] > 0 && counts[Int(statistics.labels[row])] > 1
      }
      guard let farthest = candidates.max(by: { distances[$0] < distances[$1] }) else { continue }
      let (value, owner) = (try rows.row(farthest), Int(statistics.labels[farthest]))
      for column in 0..<columns {
        sums[owner * columns + column] -= value[column]
        sums[empty * columns + column] = value[column]
      }
      counts[owner] -= 1
      counts[empty] = 1
      distances[farthest] = 0
    }
    centroids = counts.indices.filter { counts[$0] > 0 }.flatMap { cluster in
      sums[cluster * columns..<(cluster + 1) * columns].map { $0 / Double(counts[cluster]) }
    }
  }
}
