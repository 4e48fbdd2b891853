extension NDArray {
  /// The mean of each column of a matrix, summed in double precision.
  ///
  /// - Precondition: There is at least one row.
  /// - Complexity: O(count).
  public func columnMeans() -> [Double] {
    precondition(rank == 2 && rows > 0, "means of the columns of shape \(shape)")
    let width = columns
    var sums = [Double](repeating: 0, count: width)
    withUnsafeBuffer { values in
      for row in 0..<rows {
        for column in 0..<width { sums[column] += Double(values[row * width + column]) }
      }
    }
    return sums.map { $0 / Double(rows) }
  }

  /// The standard deviation of each column of a matrix, with divisor rows, in two passes so that
  /// nothing cancels.
  ///
  /// - Precondition: There is at least one row.
  /// - Complexity: O(count).
  public func columnDeviations() -> [Double] {
    let (means, width) = (columnMeans(), columns)
    var squares = [Double](repeating: 0, count: width)
    withUnsafeBuffer { values in
      for row in 0..<rows {
        for column in 0..<width {
          let deviation = Double(values[row * width + column]) - means[column]
          squares[column] += deviation * deviation
        }
      }
    }
    return squares.map { ($0 / Double(rows)).squareRoot() }
  }

  /// The matrix with every column shifted and scaled to mean 0 and standard deviation 1; columns of
  /// a single value become zeros.
  ///
  /// - Precondition: There is at least one row.
  /// - Complexity: O(count).
  public func standardizedColumns() -> NDArray {
    let (means, deviations, width) = (columnMeans(), columnDeviations(), columns)
    return withUnsafeBuffer { values in
      NDArray(shape: shape) { target in
        for index in values.indices {
          let column = index % width
          let offset = Double(values[index]) - means[column]
          target[index] = deviations[column] > 0 ? Scalar(offset / deviations[column]) : 0
        }
      }
    }
  }
}
