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
  /// -2c and behind it ‖c‖², so that rows with a 1 behind them give scores:
  /// clusters × (columns + 1).
  private let factors: [Float]
  private let largestNorm: Double

  /// So many rows go through one product, and stay in the cache meanwhile.
  private static let chunk = 256

  /// - Parameter centroids: clusters × columns, one after another.
  init(_ centroids: [Double], columns: Int) {
    self.centroids = centroids
    self.columns = columns
    count = centroids.count / columns
    var factors: [Float] = []
    var largest = 0.0
    for cluster in 0..<count {
      let centroid = centroids[cluster * columns..<(cluster + 1) * columns]
      let norm = centroid.reduce(0.0) { $0 + $1 * $1 }
      factors += centroid.map { Float(-2 * $0) } + [Float(norm)]
      largest = max(largest, norm)
    }
    self.factors = factors
    largestNorm = largest
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
    let values = try rows.values(range)
    var labels = [Int32](repeating: 0, count: range.count)
    var distances = [Double](repeating: 0, count: range.count)
    values.withUnsafeBufferPointer { values in
      labels.withUnsafeMutableBufferPointer { labels in
        distances.withUnsafeMutableBufferPointer { distances in
          for first in stride(from: 0, to: range.count, by: Self.chunk) {
            assign(
              values.baseAddress! + first * columns, count: min(Self.chunk, range.count - first),
              labels.baseAddress! + first, distances.baseAddress! + first)
          }
        }
      }
    }
    return Assignment(labels: labels, distances: distances, values: values)
  }

  private func assign(
    _ values: UnsafePointer<Double>, count size: Int, _ labels: UnsafeMutablePointer<Int32>,
    _ distances: UnsafeMutablePointer<Double>
  ) {
    let width = columns + 1
    withUnsafeTemporaryAllocation(
      of: Float.self, capacity: size * (width + count + 2)
    ) { buffer in
      let singles = buffer.baseAddress!
      let scores = singles + size * width
      let (least, second) = (scores + size * count, scores + size * (count + 1))
      for row in 0..<size {
        let (input, output) = (values + row * columns, singles + row * width)
        for column in 0..<columns { output[column] = Float(input[column]) }
        output[columns] = 1
      }
      // ‖c‖² - 2x·c, clusters × rows.
      Float._gemm(
        transposeA: false, transposeB: true, m: count, n: size, k: width, alpha: 1, a: factors,
        lda: width, b: singles, ldb: width, beta: 0, c: scores, ldc: size)
      rank(scores, count: size, labels, least, second)
      for row in 0..<size {
        (labels[row], distances[row]) = settle(
          values + row * columns, nearest: labels[row], margin: second[row] - least[row])
      }
    }
  }

  /// The least and the second least score of every row, and whose the least is.
  private func rank(
    _ scores: UnsafePointer<Float>, count size: Int, _ labels: UnsafeMutablePointer<Int32>,
    _ least: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<size {
      labels[row] = 0
      least[row] = scores[row]
      second[row] = .infinity
    }
    for cluster in 1..<max(count, 1) {
      let (own, label) = (scores + cluster * size, Int32(cluster))
      // Without branches, so that the loop runs on whole vectors.
      for row in 0..<size {
        let (score, best) = (own[row], least[row])
        let larger = score < best ? best : score
        second[row] = larger < second[row] ? larger : second[row]
        labels[row] = score < best ? label : labels[row]
        least[row] = score < best ? score : best
      }
    }
  }

  /// The nearest centroid and its distance, from the one that seems nearest and how much farther
  /// the next one seems.
  private func settle(
    _ value: UnsafePointer<Double>, nearest: Int32, margin: Float
  ) -> (label: Int32, distance: Double) {
    centroids.withUnsafeBufferPointer { centroids in
      let distance = squaredDistance(
        value, centroids.baseAddress! + Int(nearest) * columns, count: columns)
      // A product of n terms errs by at most about n units in the last place of Σ|terms|, which
      // ‖x‖² + ‖c‖² bounds; rounding the factors adds a few; both scores of a pair may err. And
      // ‖x‖² is at most 2‖x - c‖² + 2‖c‖².
      let unit = Double(Float.ulpOfOne)
      let bound = 2 * Double(columns + 9) * unit * (2 * distance + 4 * largestNorm)
      if Double(margin) > bound { return (nearest, distance) }
      // Scores that overflowed come here too.
      var best: (label: Int32, distance: Double) = (0, .infinity)
      for cluster in 0..<count {
        let distance = squaredDistance(
          value, centroids.baseAddress! + cluster * columns, count: columns)
        if distance < best.distance { best = (Int32(cluster), distance) }
      }
      return best
    }
  }
}
