import ArgumentParser
internal import TencaFormats
internal import TencaNumerics

/// A table of rows as numbers, with what else is known of them.
struct RowTable {
  /// The table's path.
  let path: String
  /// The names of the columns of numbers.
  let columns: [String]
  /// rows × columns; NaN where a cell is empty.
  let values: NDArray<Double>
  /// The class of each row, where a column of labels was named.
  let labels: [String]?

  /// Reads a CSV or NPY file.
  ///
  /// - Parameters:
  ///   - wanted: The columns to take, in this order; nil for all but the labels.
  ///   - label: The column of classes.
  ///   - allowsMissing: Whether empty cells are let through as NaN.
  /// - Throws: `FormatError` naming row and column of what is no number; `ValidationError`.
  init(path: String, columns wanted: [String]?, label: String?, allowsMissing: Bool) throws {
    self.path = path
    if path.hasSuffix(".npy") {
      let array = try NPY.read(path: path).asDouble
      guard array.rank == 2, label == nil else {
        throw ValidationError(
          "\(path): rows come as a matrix without labels; its shape is \(array.shape).")
      }
      let names = (0..<array.columns).map { "\($0)" }
      let kept = wanted ?? names
      let indices = try kept.map { name in
        guard let index = names.firstIndex(of: name) else {
          throw ValidationError("\(path): no column '\(name)'; they are 0 to \(names.count - 1).")
        }
        return index
      }
      columns = kept
      values = NDArray.concatenated(
        indices.map { array.columns($0..<($0 + 1)) }, axis: 1)
      labels = nil
      return
    }
    let table = try CSVTable(path: path)
    labels = try label.map { try table.column($0) }
    columns = wanted ?? table.columns.filter { $0 != label }
    values = try table.matrix(columns, missing: allowsMissing ? .nan : nil)
  }
}

/// Which table, and which of its columns.
struct RowArguments: ParsableArguments {
  @Argument(help: "A table: .csv with a line of column names, or .npy.", completion: .file())
  var data: String

  @Flag(help: "Let cells be empty: what a row lacks is integrated out, exactly.")
  var missing = false

  /// Reads the columns of a model's table, in the model's order.
  func table(columns: [String]?, label: String? = nil) throws -> RowTable {
    try RowTable(path: data, columns: columns, label: label, allowsMissing: missing)
  }
}
