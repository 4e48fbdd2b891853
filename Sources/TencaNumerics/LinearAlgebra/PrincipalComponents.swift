/// The directions in which rows of data spread most, seen from their mean (K. Pearson, 1901).
///
/// ```swift
/// let components = try PrincipalComponents(of: data, count: 2)
/// let map = components.project(data)          // rows × 2, for a picture
/// ```
public struct PrincipalComponents: Sendable, Equatable {
  /// The mean of each column.
  public let meanVector: NDArray<Double>
  /// Orthonormal directions, count × columns, the one with the greatest variance first. The entry
  /// of greatest magnitude in each is positive, so that a picture never comes out mirrored.
  public let directions: NDArray<Double>
  /// The variance along each direction, with divisor rows - 1, descending.
  public let variances: NDArray<Double>
  /// The sum of the variances of all columns.
  public let totalVariance: Double

  /// Finds the principal components of `data`.
  ///
  /// - Parameters:
  ///   - data: rows × columns. A single row, or rows all alike, have variances of zero.
  ///   - count: How many to find; at most the smaller of rows and columns are there.
  /// - Throws: ``LinearAlgebraError``: `notFinite`, `noConvergence`.
  /// - Complexity: O(rows · columns · min(rows, columns)): the eigenvectors of the scatter matrix
  ///   of tall data, the singular vectors of wide data.
  public init<Scalar: NumericScalar>(of data: NDArray<Scalar>, count: Int) throws {
    precondition(
      data.rank == 2 && !data.isEmpty && count >= 1,
      "\(count) principal components of an array with shape \(data.shape)")
    let operation = "principal components"
    try data.requireFinite(operation)
    let centred = CentredRows(data.converted(to: Double.self))
    let (rows, columns) = (data.rows, data.columns)
    let divisor = Double(max(rows - 1, 1))
    let kept = min(count, rows, columns)
    var directions: NDArray<Double>
    if rows > columns {
      let scatter = matrixProduct(centred.rows.transposed(), centred.rows)
      let eigen = try symmetricEigen(scatter)
      let order = (0..<kept).map { columns - 1 - $0 }
      directions = NDArray(rows: order.map { eigen.vectors.column($0).elements })
      // Rounding may leave an eigenvalue of zero a little below it.
      variances = NDArray(order.map { max(eigen.values[$0], 0) / divisor })
    } else {
      let decomposition = try singularValueDecomposition(centred.rows)
      directions = decomposition.rightVectorsTransposed.rows(0..<kept)
      variances = NDArray(
        (0..<kept).map { decomposition.values[$0] * decomposition.values[$0] / divisor })
    }
    orientRows(of: &directions)
    self.directions = directions
    meanVector = centred.mean
    totalVariance =
      dot(
        centred.rows.reshaped([centred.rows.count]), centred.rows.reshaped([centred.rows.count]))
      / divisor
  }

  /// The part of ``totalVariance`` along each direction; zeros where all rows are alike.
  public var explainedShares: [Double] {
    variances.elements.map { totalVariance > 0 ? $0 / totalVariance : 0 }
  }

  /// The coordinates of rows along the directions, from the mean.
  ///
  /// - Parameter data: rows × columns.
  /// - Returns: rows × directions.
  /// - Complexity: O(rows · columns · directions).
  public func project<Scalar: NumericScalar>(_ data: NDArray<Scalar>) -> NDArray<Double> {
    precondition(
      data.rank == 2 && data.columns == meanVector.count,
      "data of shape \(data.shape) seen along \(meanVector.count) columns")
    let centred = CentredRows(data.converted(to: Double.self), mean: meanVector)
    return matrixProduct(centred.rows, directions.transposed())
  }

  /// The covariance along the directions of what has this covariance along the columns: V·C·Vᵀ.
  ///
  /// - Parameter covariance: columns × columns.
  /// - Returns: directions × directions.
  public func project(covariance: NDArray<Double>) -> NDArray<Double> {
    matrixProduct(matrixProduct(directions, covariance), directions.transposed())
  }
}

/// Rows as seen from their mean, or from another one.
private struct CentredRows {
  let mean: NDArray<Double>
  private(set) var rows: NDArray<Double>

  init(_ data: NDArray<Double>) {
    let ones = NDArray<Double>(repeating: 1, shape: [1, data.rows])
    let sums = matrixProduct(ones, data).reshaped([data.columns])
    self.init(data, mean: sums.map { $0 / Double(data.rows) })
  }

  init(_ data: NDArray<Double>, mean: NDArray<Double>) {
    self.mean = mean
    rows = data
    let columns = data.columns
    rows.withUnsafeMutableBuffer { target in
      mean.withUnsafeBuffer { mean in
        for row in 0..<data.rows {
          for column in 0..<columns { target[row * columns + column] -= mean[column] }
        }
      }
    }
  }
}

/// Turns each row so that its entry of greatest magnitude, of equal ones the first, is positive:
/// the sign of an eigenvector or singular vector is arbitrary, and differs between libraries.
///
/// - Returns: For each row, -1 where it was turned round and 1 where not.
@discardableResult
func orientRows(of matrix: inout NDArray<Double>) -> [Double] {
  (0..<matrix.rows).map { row in
    let entries = matrix.row(row).elements
    guard let greatest = entries.map(\.magnitude).max(),
      let first = entries.first(where: { $0.magnitude == greatest }), first < 0
    else { return 1 }
    for column in entries.indices { matrix[row, column] = -entries[column] }
    return -1
  }
}
