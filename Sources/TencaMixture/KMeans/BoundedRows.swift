/// The labels of consecutive rows, and bounds of their distances to centroids that tell which rows
/// need not be looked at when centroids move (G. Hamerly, "Making k-means even faster", 2010).
///
/// Bounds are rounded outwards, so a row that they spare has no other centroid as near as its own,
/// by double precision too. Twelve bytes a row.
struct BoundedRows: Sendable {
  /// -1 before the first assignment.
  private(set) var labels: [Int32]
  /// At least the distance to the row's own centroid.
  private var upper: [Float]
  /// At most the distance to any other.
  private var lower: [Float]

  /// Rows without labels, of which nothing is known.
  init(count: Int) {
    labels = [Int32](repeating: -1, count: count)
    upper = [Float](repeating: .infinity, count: count)
    lower = [Float](repeating: 0, count: count)
  }

  /// Shifts the bounds, after labels were given once, by what the centroids moved.
  mutating func shift(by drift: CentroidDrift) {
    labels.withUnsafeBufferPointer { labels in
      upper.withUnsafeMutableBufferPointer { upper in
        lower.withUnsafeMutableBufferPointer { lower in
          drift.own.withUnsafeBufferPointer { own in
            drift.others.withUnsafeBufferPointer { others in
              for row in labels.indices {
                let label = Int(labels[row])
                upper[row] = (upper[row] + own[label]).nextUp
                lower[row] = (lower[row] - others[label]).nextDown
              }
            }
          }
        }
      }
    }
  }

  /// Gives rows whose bounds leave it open their nearest centroid.
  ///
  /// - Parameters:
  ///   - nearest: The centroids as they are now.
  ///   - rows: Where the rows are.
  ///   - first: The index of the first of these rows.
  /// - Returns: What the rows that changed their cluster add and take away.
  /// - Throws: What the source throws.
  mutating func assign(
    to nearest: NearestCentroid, of rows: StandardizedRows, first: Int
  ) throws -> ClusterSums {
    var sums = ClusterSums(clusters: nearest.count, columns: nearest.columns)
    // Not `upper >= lower`, so that a bound that is no number leaves its row open.
    let open = labels.indices.filter { !(upper[$0] < lower[$0]) }
    guard !open.isEmpty else { return sums }
    let size = min(NearestCentroid.chunk, open.count)
    try withUnsafeTemporaryAllocation(of: Double.self, capacity: size * nearest.columns) { values in
      try withUnsafeTemporaryAllocation(of: NearestCentroid.Answer.self, capacity: size) {
        answers in
        for start in stride(from: 0, to: open.count, by: size) {
          let chunk = open[start..<min(start + size, open.count)]
          try rows.read(chunk, after: first, into: values.baseAddress!)
          nearest.find(values.baseAddress!, count: chunk.count, answers.baseAddress!)
          for (index, row) in chunk.enumerated() {
            record(
              answers[index], row: row, values.baseAddress! + index * nearest.columns, nearest,
              &sums)
          }
        }
      }
    }
    return sums
  }

  /// Takes an answer over into label, bounds and sums.
  private mutating func record(
    _ answer: NearestCentroid.Answer, row: Int, _ value: UnsafePointer<Double>,
    _ nearest: NearestCentroid, _ sums: inout ClusterSums
  ) {
    upper[row] = answer.upper
    lower[row] = answer.lower
    let before = labels[row]
    guard before != answer.label else { return }
    labels[row] = answer.label
    let label = Int(answer.label)
    sums.add(value, to: label, distance: nearest.distance(value, to: label))
    guard before >= 0 else { return }
    sums.remove(value, from: Int(before), distance: nearest.distance(value, to: Int(before)))
  }
}
