internal import TencaNumerics

/// What a pixel shows of the several cells that it covers.
public enum Pooling: Sendable {
  /// The largest: a click of a single frame stays visible in an hour.
  case maximum
  /// The mean.
  case mean
}

/// Reduces a matrix to fewer rows and columns, ignoring NaN wherever there is anything else.
///
/// - Parameters:
///   - values: The matrix. In a mean, infinities count as the largest finite numbers.
///   - rows: The rows that each row of the result covers, each range not empty.
///   - columns: The columns that each column of the result covers, each range not empty.
/// - Returns: `rows.count` × `columns.count` values in row-major order; NaN where all were NaN.
/// - Complexity: O(cells covered) time; one row of memory beside the result.
func pooled(
  _ values: NDArray<Float>, rows: [Range<Int>], columns: [Range<Int>], by pooling: Pooling
) -> [Float] {
  let width = values.columns
  var result: [Float] = []
  result.reserveCapacity(rows.count * columns.count)
  values.withUnsafeBuffer { source in
    for block in rows {
      let rowBuffers = block.map {
        UnsafeBufferPointer(rebasing: source[$0 * width..<($0 + 1) * width])
      }
      switch pooling {
      case .maximum:
        let largest = columnMaxima(rowBuffers, width: width)
        for range in columns { result.append(largest[range].reduce(.nan, larger)) }
      case .mean:
        let (sums, counts) = columnSums(rowBuffers, width: width)
        for range in columns {
          // 0 / 0 is NaN, as it should be where all values are.
          result.append(Float(sums[range].reduce(0, +) / counts[range].reduce(0, +)))
        }
      }
    }
  }
  return result
}

/// The larger of two numbers; the other one where one is NaN.
@inline(__always)
private func larger(_ a: Float, _ b: Float) -> Float {
  // `max` would not become a vector instruction, because it treats NaN otherwise.
  (b > a || a.isNaN) ? b : a
}

private func columnMaxima(_ rows: [UnsafeBufferPointer<Float>], width: Int) -> [Float] {
  var largest = [Float](repeating: .nan, count: width)
  largest.withUnsafeMutableBufferPointer { largest in
    for row in rows {
      for i in 0..<width { largest[i] = larger(largest[i], row[i]) }
    }
  }
  return largest
}

private func columnSums(_ rows: [UnsafeBufferPointer<Float>], width: Int) -> (
  sums: [Double], counts: [Double]
) {
  var sums = [Double](repeating: 0, count: width)
  var counts = [Double](repeating: 0, count: width)
  sums.withUnsafeMutableBufferPointer { sums in
    counts.withUnsafeMutableBufferPointer { counts in
      for row in rows {
        for i in 0..<width {
          let value = row[i]
          let known = value == value
          // Infinities of both signs would otherwise add up to NaN.
          let finite = min(max(value, -.greatestFiniteMagnitude), .greatestFiniteMagnitude)
          sums[i] += known ? Double(finite) : 0
          counts[i] += known ? 1 : 0
        }
      }
    }
  }
  return (sums, counts)
}

/// The same numbers as `Float`.
///
/// Generic code of another module is many times slower unless the compiler sees the types.
func singlePrecision(_ values: NDArray<some NumericScalar>) -> NDArray<Float> {
  (values as? NDArray<Double>)?.map { Float($0) } ?? values.converted()
}

/// The smallest and the largest finite value; nil where there is none.
///
/// - Complexity: O(count).
func finiteRange(of values: NDArray<Float>) -> ClosedRange<Float>? {
  values.withUnsafeBuffer { buffer in
    var low = Float.infinity
    var high = -Float.infinity
    for value in buffer {
      let isFinite = abs(value) < .infinity
      low = isFinite && value < low ? value : low
      high = isFinite && value > high ? value : high
    }
    return low <= high ? low...high : nil
  }
}
