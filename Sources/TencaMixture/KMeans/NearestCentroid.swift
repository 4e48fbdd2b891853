internal import CKernels
internal import TencaNumerics

/// Finds the nearest centroid of many rows.
///
/// ‖x - c‖² = ‖x‖² - 2x·c + ‖c‖² makes a matrix product of it, in single precision. Where the
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
  /// At least the largest ‖c‖².
  private let largestNorm: Float

  /// So many rows are asked for at a time, and stay in the cache meanwhile.
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
    largestNorm = Float(largest).nextUp
  }

  /// What is known of a row.
  struct Answer {
    /// Of equally near centroids the first.
    var label: Int32
    /// At least the distance to that one.
    var upper: Float
    /// At most the distance to any other.
    var lower: Float
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
    let labels = [Int32](unsafeUninitializedCapacity: range.count) { labels, count in
      withUnsafeTemporaryAllocation(of: Answer.self, capacity: Self.chunk) { answers in
        values.withUnsafeBufferPointer { values in
          for first in stride(from: 0, to: range.count, by: Self.chunk) {
            let size = min(Self.chunk, range.count - first)
            find(values.baseAddress! + first * columns, count: size, answers.baseAddress!)
            for row in 0..<size { labels[first + row] = answers[row].label }
          }
        }
      }
      count = range.count
    }
    let distances = values.withUnsafeBufferPointer { values in
      labels.indices.map {
        distance(values.baseAddress! + $0 * columns, to: Int(labels[$0]))
      }
    }
    return Assignment(labels: labels, distances: distances, values: values)
  }

  /// The squared distance between a row and a centroid.
  func distance(_ value: UnsafePointer<Double>, to cluster: Int) -> Double {
    centroids.withUnsafeBufferPointer {
      squaredDistance(value, $0.baseAddress! + cluster * columns, count: columns)
    }
  }

  /// Answers for rows that lie one after another, at most ``chunk`` of them.
  func find(
    _ values: UnsafePointer<Double>, count: Int, _ answers: UnsafeMutablePointer<Answer>
  ) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: count * columns) { rows in
      tenca_narrow(values, rows.baseAddress!, count * columns)
      find(Self.inOrder[..<count], of: rows.baseAddress!, answers)
    }
    for row in 0..<count where answers[row].label < 0 {
      answers[row] = search(values + row * columns)
    }
  }

  /// Answers for chosen rows, at most ``chunk`` of them, from single precision alone: where that
  /// leaves the label open, it is -1.
  func find(
    _ chosen: ArraySlice<Int32>, of rows: UnsafePointer<Float>,
    _ answers: UnsafeMutablePointer<Answer>
  ) {
    let count = chosen.count
    let padded = (count + 15) / 16 * 16
    withUnsafeTemporaryAllocation(of: Float.self, capacity: padded * columns + 2 * count) {
      floats in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { labels in
        let packed = floats.baseAddress!
        let (upper, lower) = (packed + padded * columns, packed + padded * columns + count)
        chosen.withUnsafeBufferPointer {
          tenca_pack_rows(rows, $0.baseAddress!, packed, count, columns)
        }
        tenca_nearest_rows(
          packed, count, columns, factors, self.count, largestNorm, error, labels.baseAddress!,
          upper, lower)
        for row in 0..<count {
          answers[row] = Answer(label: labels[row], upper: upper[row], lower: lower[row])
        }
      }
    }
  }

  private static let inOrder = Array(0..<Int32(chunk))

  /// What rounding may do to ‖x‖² + ‖c‖² - 2x·c, as a share of ‖x‖² + the largest ‖c‖².
  ///
  /// A sum of n products errs by at most n roundings of Σ|terms|, which is at most ‖x‖² + 2‖c‖² for
  /// a score and ‖x‖² for a norm; rounding the factors and adding the parts takes a dozen more. A
  /// rounding is half a unit in the last place.
  private var error: Float { Float(2 * columns + 24) * Float.ulpOfOne }

  /// The answer for a row from all distances, in double precision.
  private func search(_ value: UnsafePointer<Double>) -> Answer {
    var (label, least, second) = (0, Double.infinity, Double.infinity)
    for cluster in 0..<count {
      let distance = distance(value, to: cluster)
      if distance < least {
        (label, least, second) = (cluster, distance, least)
      } else if distance < second {
        second = distance
      }
    }
    return Answer(
      label: Int32(label), upper: Float(least.squareRoot()).nextUp,
      lower: Float(second.squareRoot()).nextDown)
  }
}
