internal import TencaNumerics

/// The mean and the spread of every column: statistics that add.
struct ColumnStatistics: Mergeable, Sendable {
  private(set) var count: Int
  private(set) var means: [Double]
  /// Σ (x - mean)² of each column.
  private(set) var squares: [Double]

  /// The statistics of a range of rows, in two passes so that nothing cancels.
  ///
  /// - Throws: ``MixtureError/notFinite(row:column:value:)`` for the first number that is not.
  init(_ data: UnsafeBufferPointer<Float>, columns: Int, rows: Range<Int>) throws {
    var means = [Double](repeating: 0, count: columns)
    var squares = means
    for row in rows {
      let values = data.baseAddress! + row * columns
      means.withUnsafeMutableBufferPointer { means in
        for column in 0..<columns { means[column] += Double(values[column]) }
      }
    }
    // Floats cannot overflow a double, so a sum is finite just where its terms are.
    if !means.allSatisfy(\.isFinite) {
      let range = rows.lowerBound * columns..<rows.upperBound * columns
      let bad = range.first { !data[$0].isFinite }!
      throw MixtureError.notFinite(row: bad / columns, column: bad % columns, value: data[bad])
    }
    for column in 0..<columns { means[column] /= Double(rows.count) }
    for row in rows {
      let values = data.baseAddress! + row * columns
      squares.withUnsafeMutableBufferPointer { squares in
        means.withUnsafeBufferPointer { means in
          for column in 0..<columns {
            let deviation = Double(values[column]) - means[column]
            squares[column] += deviation * deviation
          }
        }
      }
    }
    count = rows.count
    self.means = means
    self.squares = squares
  }

  /// Adds the statistics of other rows (T. Chan, G. Golub, R. LeVeque, 1979).
  mutating func merge(_ other: ColumnStatistics) {
    let total = Double(count + other.count)
    let share = Double(other.count) / total
    for column in means.indices {
      let difference = other.means[column] - means[column]
      means[column] += difference * share
      squares[column] += other.squares[column] + difference * difference * share * Double(count)
    }
    count += other.count
  }

  /// The standard deviation of each column.
  var deviations: [Double] { squares.map { ($0 / Double(count)).squareRoot() } }
}
