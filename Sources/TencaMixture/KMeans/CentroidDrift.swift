/// How far a move of the centroids can change the distances between rows and centroids.
///
/// A centroid that moves by d comes nearer to a row, or goes farther from it, by d at most: the
/// triangle inequality, which bounds of distances are shifted by.
struct CentroidDrift: Sendable {
  /// How much farther the rows of each cluster may be from its centroid now.
  let own: [Float]
  /// How much nearer the rows of each cluster may be to any other centroid now.
  let others: [Float]
  /// Σ of squared distances that each cluster's rows save, where centroids move to their means.
  let gain: Double

  /// - Parameters:
  ///   - before: Centroids, clusters × columns.
  ///   - after: As many of them.
  ///   - counts: The rows of each cluster.
  init(from before: [Double], to after: [Double], counts: [Int]) {
    let columns = before.count / counts.count
    let squares = counts.indices.map { cluster in
      before.withUnsafeBufferPointer { before in
        after.withUnsafeBufferPointer { after in
          squaredDistance(
            before.baseAddress! + cluster * columns, after.baseAddress! + cluster * columns,
            count: columns)
        }
      }
    }
    gain = zip(counts, squares).reduce(0.0) { $0 + Double($1.0) * $1.1 }
    let moves = squares.map { Float($0.squareRoot()).nextUp }
    let order = moves.indices.sorted { moves[$0] > moves[$1] }
    let (first, second) = (moves[order[0]], order.count > 1 ? moves[order[1]] : 0)
    own = moves
    others = moves.indices.map { $0 == order[0] ? second : first }
  }
}
