public import TencaNumerics

/// Hierarchical clustering that at every step joins the two clusters whose union adds least to the
/// sum of squared distances from the centroids (J. Ward, 1963).
///
/// The whole hierarchy is found once, by chains of nearest neighbours (F. Murtagh, 1983); any
/// number of clusters is then a cut through it.
public struct WardClustering: Sendable, Equatable {
  /// One union of two clusters.
  public struct Merge: Sendable, Equatable {
    /// A row of each of the two clusters.
    public let first: Int, second: Int
    /// What the union adds to the sum of squared distances from the centroids.
    public let cost: Double
  }

  /// The unions, cheapest first; one less than there are rows.
  public let merges: [Merge]
  private let rows: Int

  /// Finds the hierarchy.
  ///
  /// - Parameter data: rows × columns, scaled as distances shall count.
  /// - Throws: ``MixtureError``: `noData`, `notFinite`.
  /// - Complexity: O(rows² · columns) in time, O(rows · columns) in memory.
  public init(_ data: NDArray<Double>) throws {
    guard data.rank == 2, !data.isEmpty else { throw MixtureError.noData(shape: data.shape) }
    try data.withUnsafeBuffer { try requireFinite($0, columns: data.columns, firstRow: 0) }
    rows = data.rows
    var chains = NeighbourChains(data)
    while chains.joinNearest() {}
    // A chain finds unions out of order; cost never falls from a cluster to one that contains it.
    merges = chains.merges.enumerated()
      .sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }.map(\.element)
  }

  /// The cluster of every row, numbered in the order in which they first occur.
  ///
  /// - Parameter clusters: How many; fewer come out where rows are equal, since those are never
  ///   kept apart.
  /// - Complexity: O(rows).
  public func labels(clusters: Int) -> [Int] {
    var parents = Array(0..<rows)
    func root(_ row: Int) -> Int {
      var row = row
      while parents[row] != row {
        parents[row] = parents[parents[row]]
        row = parents[row]
      }
      return row
    }
    for (step, merge) in merges.enumerated() {
      if step >= rows - max(clusters, 1) && merge.cost > 0 { break }
      parents[root(merge.first)] = root(merge.second)
    }
    var numbers: [Int: Int] = [:]
    return (0..<rows).map { row in
      let owner = root(row)
      let number = numbers[owner] ?? numbers.count
      numbers[owner] = number
      return number
    }
  }
}

/// Clusters on the way to one, known by their centroids and sizes.
private struct NeighbourChains {
  private var centroids: [Double]
  private var sizes: [Int]
  /// One row of every cluster that is left; it also says where its centroid is.
  private var active: [Int]
  private var chain: [Int] = []
  private let columns: Int
  private(set) var merges: [WardClustering.Merge] = []

  init(_ data: NDArray<Double>) {
    centroids = data.elements
    columns = data.columns
    sizes = [Int](repeating: 1, count: data.rows)
    active = Array(0..<data.rows)
  }

  /// Follows nearest neighbours until two are each other's, and joins them.
  ///
  /// - Returns: Whether there were two clusters to join.
  mutating func joinNearest() -> Bool {
    guard active.count > 1 else { return false }
    if chain.isEmpty { chain.append(active[0]) }
    while true {
      let last = chain[chain.count - 1]
      let previous = chain.count > 1 ? chain[chain.count - 2] : nil
      let (neighbour, cost) = nearest(to: last, preferring: previous)
      if neighbour == previous {
        chain.removeLast(2)
        join(last, neighbour, cost)
        return true
      }
      chain.append(neighbour)
    }
  }

  /// Of equally near clusters the one before in the chain, so that chains end.
  private func nearest(to cluster: Int, preferring previous: Int?) -> (Int, Double) {
    var best = previous.map { ($0, cost(cluster, $0)) } ?? (-1, .infinity)
    for other in active where other != cluster && other != previous {
      let cost = cost(cluster, other)
      if cost < best.1 || best.0 < 0 { best = (other, cost) }
    }
    return best
  }

  private func cost(_ a: Int, _ b: Int) -> Double {
    let distance = centroids.withUnsafeBufferPointer {
      squaredDistance(
        $0.baseAddress! + a * columns, $0.baseAddress! + b * columns, count: columns)
    }
    let (n, m) = (Double(sizes[a]), Double(sizes[b]))
    return distance * n * m / (n + m)
  }

  private mutating func join(_ a: Int, _ b: Int, _ cost: Double) {
    merges.append(.init(first: min(a, b), second: max(a, b), cost: cost))
    let share = Double(sizes[b]) / Double(sizes[a] + sizes[b])
    for column in 0..<columns {
      let (i, j) = (a * columns + column, b * columns + column)
      centroids[i] += (centroids[j] - centroids[i]) * share
    }
    sizes[a] += sizes[b]
    active.removeAll { $0 == b }
  }
}
