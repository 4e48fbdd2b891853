internal import TencaNumerics

/// The start of k-means++: every next centroid is a row drawn with a probability proportional to
/// its squared distance from the nearest one so far (D. Arthur, S. Vassilvitskii, 2007).
enum KMeansSeeding {
  /// - Returns: At most `clusters` centroids, one after another; fewer where the rows have no
  ///   more distinct values.
  /// - Complexity: O(rows · clusters · columns).
  static func centroids(
    _ clusters: Int, from rows: StandardizedRows, random: inout RandomStream,
    execution: Execution
  ) throws -> [Double] {
    var newest = try rows.row(random.integer(below: rows.count))
    var centroids = newest
    var blocks: [Block]?
    while centroids.count < clusters * rows.columns {
      let (known, centroid) = (blocks, newest)
      let updated = try execution.map(rows.blocks) { index in
        try Block(rows.block(index), of: rows, newest: centroid, known: known?[index].distances)
      }
      blocks = updated
      guard let index = draw(updated, random: &random) else { break }
      newest = try rows.row(index)
      centroids += newest
    }
    return centroids
  }

  /// Squared distances of consecutive rows from their nearest centroid so far.
  private struct Block: Sendable {
    var distances: [Double]
    var sum: Double

    init(_ range: Range<Int>, of rows: StandardizedRows, newest: [Double], known: [Double]?) throws
    {
      let columns = rows.columns
      let values = try rows.values(range)
      var distances = known ?? [Double](repeating: .infinity, count: range.count)
      values.withUnsafeBufferPointer { values in
        newest.withUnsafeBufferPointer { newest in
          for row in distances.indices {
            let distance = squaredDistance(
              values.baseAddress! + row * columns, newest.baseAddress!, count: columns)
            distances[row] = min(distances[row], distance)
          }
        }
      }
      self.distances = distances
      sum = distances.reduce(0, +)
    }
  }

  /// A row, or nil when every row is a centroid already.
  private static func draw(_ blocks: [Block], random: inout RandomStream) -> Int? {
    guard blocks.contains(where: { $0.sum > 0 }) else { return nil }
    let block = random.categorical(weights: blocks.lazy.map(\.sum))
    let row = random.categorical(weights: blocks[block].distances)
    return block * StandardizedRows.block + row
  }
}
