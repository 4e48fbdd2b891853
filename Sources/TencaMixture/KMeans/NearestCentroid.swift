internal import TencaNumerics

/// Finds the nearest centroid of many rows.
///
/// ‖x - c‖² = ‖x‖² - 2x·c + ‖c‖² makes one matrix product of it, in single precision. Where the
/// product's rounding could hide the order of two centroids, their distances are computed anew
/// from differences in double precision, so the answer is exact.
struct NearestCentroid: Sendable {
  private let centroids: [Double]
  private let columns: Int
  private let count: Int
  /// -2c, clusters × columns.
  private let factors: [Float]
  /// ‖c‖².
  private let norms: [Float]
  private let largestNorm: Float

  /// - Parameter centroids: clusters × columns, one after another.
  init(_ centroids: [Double], columns: Int) {
    self.centroids = centroids
    self.columns = columns
    count = centroids.count / columns
    factors = centroids.map { Float(-2 * $0) }
    norms = (0..<count).map { cluster in
      Float(
        (0..<columns).reduce(0.0) { sum, column in
          let value = centroids[cluster * columns + column]
          return sum + value * value
        })
    }
    largestNorm = norms.max()!
  }

  /// Labels and squared distances of a range of rows, and the rows themselves.
  struct Assignment {
    var labels: [Int32]
    var distances: [Double]
    var values: [Double]

    /// The sum of the distances.
    var inertia: Double { distances.reduce(0, +) }
  }

  func assign(_ range: Range<Int>, of rows: StandardizedRows) throws -> Assignment {
    let size = range.count
    let values = try rows.values(range)
    let singles = values.map { Float($0) }
    var scores = [Float](unsafeUninitializedCapacity: size * count) { buffer, filled in
      for row in 0..<size {
        for cluster in 0..<count { buffer[row * count + cluster] = norms[cluster] }
      }
      filled = size * count
    }
    Float._gemm(
      transposeA: false, transposeB: true, m: size, n: count, k: columns, alpha: 1, a: singles,
      lda: columns, b: factors, ldb: columns, beta: 1, c: &scores, ldc: count)
    var labels = [Int32](repeating: 0, count: size)
    var distances = [Double](repeating: 0, count: size)
    let origin = [Double](repeating: 0, count: columns)
    for row in 0..<size {
      let (value, score) = (row * columns, row * count)
      values.withUnsafeBufferPointer { values in
        let value = values.baseAddress! + value
        let norm = squaredDistance(value, origin, count: columns)
        (labels[row], distances[row]) = scores.withUnsafeBufferPointer {
          nearest(
            to: value, norm: norm, scores: UnsafeBufferPointer(rebasing: $0[score..<score + count]))
        }
      }
    }
    return Assignment(labels: labels, distances: distances, values: values)
  }

  private func nearest(
    to value: UnsafePointer<Double>, norm: Double, scores: UnsafeBufferPointer<Float>
  ) -> (label: Int32, distance: Double) {
    var least = Float.infinity
    for score in scores { least = min(least, score) }
    // A product of n terms errs by at most about n units in the last place of Σ|terms|, which
    // ‖x‖² + ‖c‖² bounds; rounding the factors adds a few. Both scores of a pair may err.
    let bound = 2 * Float(columns + 8) * Float.ulpOfOne * (Float(norm) + 2 * largestNorm)
    var best: (label: Int32, distance: Double) = (0, .infinity)
    // Negated, so that scores which overflowed are candidates too.
    for cluster in 0..<count where !(scores[cluster] > least + bound) {
      let distance = centroids.withUnsafeBufferPointer {
        squaredDistance(value, $0.baseAddress! + cluster * columns, count: columns)
      }
      if distance < best.distance { best = (Int32(cluster), distance) }
    }
    return best
  }
}
