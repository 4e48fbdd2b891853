public import TencaNumerics

/// What makes columns comparable: each one's mean taken off, divided by its standard deviation.
public struct ColumnStandardization: Sendable, Equatable, Codable {
  /// The means, one a column.
  public let means: [Double]
  /// The standard deviations, one a column; 1 for a constant column.
  public let deviations: [Double]

  /// Measures columns; missing cells (NaN) are left out.
  ///
  /// - Throws: ``MixtureError`` where there are no rows, a number is infinite, or a column holds no
  ///   value at all; what the source throws; `CancellationError`.
  /// - Complexity: O(rows · columns), with a block of rows in memory at a time.
  public init(of data: some RowSource, execution: Execution = .serial) throws {
    let moments = try RowMoments.all(
      of: data, rowWeights: nil, withProducts: false, missing: .marginalized, execution: execution)
    means = moments.means
    deviations = moments.variances.map { $0 > 0 ? $0.squareRoot() : 1 }
  }

  /// The rows of a source on the common scale, read when they are asked for.
  public func applied(to source: any RowSource) -> any RowSource {
    StandardizedColumns(source: source, standardization: self)
  }

  /// Data of the common scale on the columns' own.
  public func undo(_ data: NDArray<Double>) -> NDArray<Double> {
    precondition(data.columns == means.count, "\(data.columns) columns of \(means.count)")
    let width = data.columns
    return data.withUnsafeBuffer { source in
      NDArray(shape: data.shape) { target in
        for index in source.indices {
          target[index] = source[index] * deviations[index % width] + means[index % width]
        }
      }
    }
  }

  /// What the natural logarithm of a density loses on the way back to the columns' own scale.
  public var logVolume: Double { deviations.reduce(0) { $0 + logarithm($1) } }
}

/// Rows on the scale of a standardisation.
private struct StandardizedColumns: RowSource {
  let source: any RowSource
  let standardization: ColumnStandardization

  var rowCount: Int { source.rowCount }
  var columnCount: Int { source.columnCount }

  func readRows(_ rows: Range<Int>, into target: UnsafeMutablePointer<Double>) throws {
    try source.readRows(rows, into: target)
    let (means, deviations, width) = (
      standardization.means, standardization.deviations, columnCount
    )
    for index in 0..<rows.count * width {
      target[index] = (target[index] - means[index % width]) / deviations[index % width]
    }
  }
}
