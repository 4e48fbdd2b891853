internal import CKernels
internal import TencaNumerics

/// Finds the nearest centroid of many rows.
///
/// ‖x - c‖² = ‖x‖² - 2x·c + ‖c‖² makes one matrix product of it, in single precision. Where the
/// product's rounding could hide the order of two centroids, their distances are computed anew
/// from differences in double precision, so the answer is exact.
struct NearestCentroid: Sendable {
  /// clusters × columns.
  let centroids: [Double]
  let columns: Int
  /// The number of centroids.
  let count: Int
  /// -2c and behind it ‖c‖², so that rows with a 1 behind them give scores:
  /// clusters × (columns + 1).
  private let factors: [Float]
  private let largestNorm: Double

  /// So many rows go through one product, and stay in the cache meanwhile.
  static let chunk = 256

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

  /// What is known of a row. Distances are squared.
  struct Answer {
    /// Of equally near centroids the first.
    var label: Int32
    var distance: Double
    /// No other centroid is nearer than this.
    var second: Double
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
    let answers = [Answer](unsafeUninitializedCapacity: range.count) { buffer, count in
      for first in stride(from: 0, to: range.count, by: Self.chunk) {
        values.withUnsafeBufferPointer {
          find(
            $0.baseAddress! + first * columns, count: min(Self.chunk, range.count - first),
            buffer.baseAddress! + first)
        }
      }
      count = range.count
    }
    return Assignment(
      labels: answers.map(\.label), distances: answers.map(\.distance), values: values)
  }

  /// The squared distance between a row and a centroid.
  func distance(_ value: UnsafePointer<Double>, to cluster: Int) -> Double {
    centroids.withUnsafeBufferPointer {
      squaredDistance(value, $0.baseAddress! + cluster * columns, count: columns)
    }
  }

  /// Answers for rows that lie one after another.
  ///
  /// - Parameter size: At most ``chunk`` of them, for the sake of the cache.
  func find(
    _ values: UnsafePointer<Double>, count size: Int, _ answers: UnsafeMutablePointer<Answer>
  ) {
    let width = columns + 1
    withUnsafeTemporaryAllocation(
      of: Float.self, capacity: size * (width + count + 2)
    ) { buffer in
      let singles = buffer.baseAddress!
      let scores = singles + size * width
      let (least, second) = (scores + size * count, scores + size * (count + 1))
      tenca_extend_rows(values, singles, size, columns)
      // ‖c‖² - 2x·c, clusters × rows.
      Float._gemm(
        transposeA: false, transposeB: true, m: count, n: size, k: width, alpha: 1, a: factors,
        lda: width, b: singles, ldb: width, beta: 0, c: scores, ldc: size)
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: size) { labels in
        tenca_two_least(scores, count, size, labels.baseAddress!, least, second)
        for row in 0..<size {
          answers[row] = settle(
            values + row * columns, nearest: labels[row],
            margin: Double(second[row]) - Double(least[row]))
        }
      }
    }
  }

  /// The answer for a row, from the centroid that seems nearest and how much larger the square of
  /// the distance to the next one seems.
  private func settle(
    _ value: UnsafePointer<Double>, nearest: Int32, margin: Double
  ) -> Answer {
    let distance = distance(value, to: Int(nearest))
    // A product of n terms errs by at most about n units in the last place of Σ|terms|, which
    // ‖x‖² + ‖c‖² bounds; rounding the factors adds a few; both scores of a pair may err. And
    // ‖x‖² is at most 2‖x - c‖² + 2‖c‖².
    let unit = Double(Float.ulpOfOne)
    let bound = 2 * Double(columns + 9) * unit * (2 * distance + 4 * largestNorm)
    if margin > bound && margin.isFinite {
      return Answer(label: nearest, distance: distance, second: distance + (margin - bound))
    }
    return search(value)
  }

  /// The answer for a row from all distances, in double precision.
  private func search(_ value: UnsafePointer<Double>) -> Answer {
    var best = Answer(label: 0, distance: .infinity, second: .infinity)
    for cluster in 0..<count {
      let distance = distance(value, to: cluster)
      if distance < best.distance {
        best = Answer(label: Int32(cluster), distance: distance, second: best.distance)
      } else if distance < best.second {
        best.second = distance
      }
    }
    return best
  }
}
