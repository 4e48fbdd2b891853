/// A system of equations or a factorisation that has no answer.
public enum LinearAlgebraError: Error, CustomStringConvertible, Sendable, Equatable {
  /// The arrays do not fit together.
  case shapeMismatch(operation: String, shapes: [[Int]])
  /// The matrix must be square.
  case notSquare(operation: String, shape: [Int])
  /// An element is NaN or infinite.
  case notFinite(operation: String, row: Int, column: Int)
  /// The leading minor of this order (the matrix's first `leadingMinor` rows and columns) has a
  /// determinant that is not positive.
  case notPositiveDefinite(leadingMinor: Int, order: Int)
  /// The pivot of this row (counted from 0) is exactly zero.
  case singular(operation: String, pivot: Int, order: Int)
  /// The iteration of LAPACK did not settle.
  case noConvergence(operation: String, shape: [Int])

  /// What was wrong, where, and what to do.
  public var description: String {
    switch self {
    case .shapeMismatch(let operation, let shapes):
      "\(operation): shapes \(shapes.map(\.description).joined(separator: " and ")) do not fit"
    case .notSquare(let operation, let shape):
      "\(operation) needs a square matrix, not one of shape \(shape)"
    case .notFinite(let operation, let row, let column):
      "\(operation): row \(row), column \(column) is NaN or infinite. Remove or replace it."
    case .notPositiveDefinite(let leadingMinor, let order):
      "the \(order) × \(order) matrix is not positive definite: its leading minor of order "
        + "\(leadingMinor) is not positive. Add to the diagonal, or drop dependent columns."
    case .singular(let operation, let pivot, let order):
      "\(operation): the \(order) × \(order) matrix is singular: pivot \(pivot) is zero. Drop "
        + "dependent rows or columns, or use least squares."
    case .noConvergence(let operation, let shape):
      "\(operation) of a matrix of shape \(shape) did not converge. Scale its rows and columns to "
        + "similar sizes."
    }
  }
}

extension NDArray {
  /// - Throws: ``LinearAlgebraError/notFinite(operation:row:column:)`` for the first element of
  ///   this matrix or vector that is NaN or infinite.
  func requireFinite(_ operation: String) throws {
    guard let position = firstNonFinite() else { return }
    let width = rank == 2 ? columns : 1
    throw LinearAlgebraError.notFinite(
      operation: operation, row: position / width, column: position % width)
  }

  /// - Returns: The order of this square matrix, all of whose elements are finite.
  /// - Throws: ``LinearAlgebraError`` otherwise.
  func requireSquareAndFinite(_ operation: String) throws -> Int {
    guard rank == 2, rows == columns else {
      throw LinearAlgebraError.notSquare(operation: operation, shape: shape)
    }
    try requireFinite(operation)
    return rows
  }

  /// A right-hand side as a matrix: a vector becomes its one column.
  ///
  /// - Throws: ``LinearAlgebraError`` unless it has `count` rows, all finite.
  func asRightHandSide(_ operation: String, rows count: Int, of matrix: [Int]) throws -> NDArray {
    guard rank == 1 || rank == 2, rows == count else {
      throw LinearAlgebraError.shapeMismatch(operation: operation, shapes: [matrix, shape])
    }
    try requireFinite(operation)
    return rank == 2 ? self : reshaped([count, 1])
  }
}
