public import TencaNumerics

/// Rows of a table whose classes are known.
public struct LabelledRows: Sendable {
  /// The names of the columns.
  public let columns: [String]
  /// rows × columns; NaN is a missing cell.
  public let values: NDArray<Double>
  /// The class of each row.
  public let labels: [String]
  /// Where the table came from, for records and errors.
  public let source: String

  /// Puts rows together.
  ///
  /// - Precondition: There is a label a row, and a name a column.
  public init(columns: [String], values: NDArray<Double>, labels: [String], source: String) {
    precondition(
      values.rows == labels.count && values.columns == columns.count,
      "\(labels.count) labels and \(columns.count) names for an array of shape \(values.shape)")
    self.columns = columns
    self.values = values
    self.labels = labels
    self.source = source
  }

  /// The classes, in alphabetical order.
  public var classes: [String] { Set(labels).sorted() }

  /// Some of the rows, in the order of their indices.
  func subset(_ indices: [Int]) -> LabelledRows {
    let width = columns.count
    return LabelledRows(
      columns: columns,
      values: NDArray(shape: [indices.count, width]) { target in
        for (row, index) in indices.enumerated() {
          values.readRows(index..<index + 1, into: &target[row * width])
        }
      },
      labels: indices.map { labels[$0] }, source: source)
  }
}
