/// Sums and sums of squares of columns, in double precision.
struct ColumnMoments: Sendable {
  private(set) var sums: [Double]
  private(set) var squares: [Double]

  init(width: Int) {
    sums = [Double](repeating: 0, count: width)
    squares = sums
  }

  /// Adds one row.
  mutating func add(_ row: UnsafePointer<Float>) {
    for column in sums.indices {
      let value = Double(row[column])
      sums[column] += value
      squares[column] += value * value
    }
  }

  /// What is taken off each column, and what it is then multiplied by.
  struct Standardization: Sendable {
    var shifts: [Float]
    var scales: [Float]

    /// target ← (source - shift) · scale; both may be the same memory.
    func apply(_ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>) {
      for column in shifts.indices {
        target[column] = (source[column] - shifts[column]) * scales[column]
      }
    }
  }

  /// The standardisation by the `count` rows between `earlier` and these.
  ///
  /// - Parameter varianceFloor: The least variance: a constant column keeps its zeros instead of
  ///   dividing by nothing.
  func standardization(
    since earlier: ColumnMoments? = nil, count: Int, dividesByDeviation: Bool,
    varianceFloor: Double
  ) -> Standardization {
    let count = Double(count)
    var result = Standardization(shifts: [], scales: [])
    for column in sums.indices {
      let mean = (sums[column] - (earlier?.sums[column] ?? 0)) / count
      let square = (squares[column] - (earlier?.squares[column] ?? 0)) / count
      let variance = max(square - mean * mean, varianceFloor)
      result.shifts.append(Float(mean))
      result.scales.append(
        !dividesByDeviation ? 1 : count == 1 ? 0 : Float(1 / variance.squareRoot()))
    }
    return result
  }
}
