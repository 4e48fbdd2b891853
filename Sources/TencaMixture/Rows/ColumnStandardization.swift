public import TencaNumerics

/// What makes columns comparable: each one's mean taken off, divided by its standard deviation.
public struct ColumnStandardization: Sendable, Equatable, Codable {
  /// The means, one a column.
  public let means: [Double]
  /// The standard deviations, one a column; 1 for a constant column.
  public let deviations: [Double]

  /// Measures columns; missing cells (NaN) are left out.
  ///
  /// - Parameter data: rows × columns.
  /// - Complexity: O(rows · columns).
  public init(of data: NDArray<Double>) {
    var means: [Double] = []
    var deviations: [Double] = []
    for column in 0..<data.columns {
      let values = data.column(column).elements.filter { !$0.isNaN }
      let count = Double(max(values.count, 1))
      let mean = values.reduce(0, +) / count
      let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      means.append(mean)
      deviations.append(square > 0 ? square.squareRoot() : 1)
    }
    self.means = means
    self.deviations = deviations
  }

  /// The data on the common scale.
  public func apply(_ data: NDArray<Double>) -> NDArray<Double> {
    changed(data) { ($0 - means[$1]) / deviations[$1] }
  }

  /// Data of the common scale on the columns' own.
  public func undo(_ data: NDArray<Double>) -> NDArray<Double> {
    changed(data) { $0 * deviations[$1] + means[$1] }
  }

  /// What the natural logarithm of a density loses on the way back to the columns' own scale.
  public var logVolume: Double { deviations.reduce(0) { $0 + logarithm($1) } }

  private func changed(
    _ data: NDArray<Double>, _ change: (Double, _ column: Int) -> Double
  ) -> NDArray<Double> {
    precondition(data.columns == means.count, "\(data.columns) columns of \(means.count)")
    let width = data.columns
    return data.withUnsafeBuffer { source in
      NDArray(shape: data.shape) { target in
        for index in source.indices { target[index] = change(source[index], index % width) }
      }
    }
  }
}
