internal import CKernels

/// The labels of consecutive rows, and bounds of their distances to centroids that tell which rows
/// need not be looked at when centroids move (G. Hamerly, "Making k-means even faster", 2010).
///
/// Bounds are rounded outwards, so a row that they spare has no other centroid as near as its own,
/// by double precision too. Twelve bytes a row, and four a cell where rows are kept.
struct BoundedRows: Sendable {
  /// -1 before the first assignment.
  private(set) var labels: [Int32]
  /// At least the distance to the row's own centroid.
  private var upper: [Float]
  /// At most the distance to any other.
  private var lower: [Float]
  /// The rows in single precision, where there is room to keep them.
  private var kept: [Float]?

  /// Rows without labels, of which nothing is known.
  ///
  /// - Parameter keeps: Whether to keep the rows once they are read.
  init(count: Int, columns: Int, keeps: Bool) {
    labels = [Int32](repeating: -1, count: count)
    upper = [Float](repeating: .infinity, count: count)
    lower = [Float](repeating: 0, count: count)
    kept = keeps ? [Float](repeating: 0, count: count * columns) : nil
  }

  /// Gives every row its nearest centroid for the first time.
  ///
  /// - Parameters:
  ///   - nearest: The centroids.
  ///   - rows: Where the rows are.
  ///   - first: The index of the first of these rows.
  /// - Returns: The clusters that the rows make.
  /// - Throws: What the source throws.
  mutating func assign(
    to nearest: NearestCentroid, of rows: StandardizedRows, first: Int
  ) throws -> ClusterSums {
    var sums = ClusterSums(clusters: nearest.count, columns: nearest.columns)
    try read(labels.indices.map(Int32.init), nearest, rows, first) { block, chunk, values in
      block.kept?.withUnsafeMutableBufferPointer {
        let columns = nearest.columns
        tenca_narrow(
          values, $0.baseAddress! + Int(chunk.first!) * columns, chunk.count * columns)
      }
      block.record(chunk, values, nearest, &sums)
    }
    return sums
  }

  /// Gives rows their nearest centroid after the centroids have moved, where their bounds leave it
  /// open.
  ///
  /// - Parameters:
  ///   - drift: How the centroids have moved.
  ///   - nearest: The centroids as they are now.
  ///   - rows: Where the rows are.
  ///   - first: The index of the first of these rows.
  /// - Returns: What the rows that changed their cluster add and take away.
  /// - Throws: What the source throws.
  mutating func reassign(
    after drift: CentroidDrift, to nearest: NearestCentroid, of rows: StandardizedRows, first: Int
  ) throws -> ClusterSums {
    var sums = ClusterSums(clusters: nearest.count, columns: nearest.columns)
    var open = [Int32](unsafeUninitializedCapacity: labels.count) { open, found in
      found = tenca_shift_bounds(
        labels, &upper, &lower, labels.count, drift.own, drift.others, open.baseAddress!)
    }
    if let kept { open = settle(open, kept, nearest) }
    try read(open, nearest, rows, first) { block, chunk, values in
      block.record(chunk, values, nearest, &sums)
    }
    return sums
  }

  /// Gives kept rows new bounds.
  ///
  /// - Returns: Those of the rows that change their cluster, or of which only double precision can
  ///   tell.
  private mutating func settle(
    _ open: [Int32], _ kept: [Float], _ nearest: NearestCentroid
  ) -> [Int32] {
    var rest: [Int32] = []
    let size = min(NearestCentroid.chunk, open.count)
    withUnsafeTemporaryAllocation(of: NearestCentroid.Answer.self, capacity: size) { answers in
      for start in stride(from: 0, to: open.count, by: max(size, 1)) {
        let chunk = open[start..<min(start + size, open.count)]
        nearest.find(chunk, of: kept, answers.baseAddress!)
        for (answer, row) in zip(answers, chunk) {
          if answer.label == labels[Int(row)] {
            (upper[Int(row)], lower[Int(row)]) = (answer.upper, answer.lower)
          } else {
            rest.append(row)
          }
        }
      }
    }
    return rest
  }

  /// Calls `body` with some rows and what is in them, a chunk at a time.
  private mutating func read(
    _ chosen: [Int32], _ nearest: NearestCentroid, _ rows: StandardizedRows, _ first: Int,
    _ body: (inout BoundedRows, ArraySlice<Int32>, UnsafePointer<Double>) -> Void
  ) throws {
    let size = min(NearestCentroid.chunk, chosen.count)
    try withUnsafeTemporaryAllocation(of: Double.self, capacity: size * nearest.columns) { values in
      for start in stride(from: 0, to: chosen.count, by: max(size, 1)) {
        let chunk = chosen[start..<min(start + size, chosen.count)]
        try rows.read(chunk, after: first, into: values.baseAddress!)
        body(&self, chunk, UnsafePointer(values.baseAddress!))
      }
    }
  }

  /// Finds the nearest centroids of some rows.
  private mutating func record(
    _ chunk: ArraySlice<Int32>, _ values: UnsafePointer<Double>, _ nearest: NearestCentroid,
    _ sums: inout ClusterSums
  ) {
    withUnsafeTemporaryAllocation(of: NearestCentroid.Answer.self, capacity: chunk.count) {
      answers in
      nearest.find(values, count: chunk.count, answers.baseAddress!)
      for (index, row) in chunk.enumerated() {
        record(answers[index], row: Int(row), values + index * nearest.columns, nearest, &sums)
      }
    }
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
