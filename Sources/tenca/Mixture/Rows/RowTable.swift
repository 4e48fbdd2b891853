import ArgumentParser
internal import TencaFormats
internal import TencaNumerics

/// A table of rows as numbers, with what else is known of them.
struct RowTable {
  /// The table's path.
  let path: String
  /// The names of the columns of numbers.
  let columns: [String]
  /// The numbers; NaN where a cell is empty. Those of an NPY file are read when they are needed.
  let rows: any RowSource
  /// The class of each row, where a column of labels was named.
  let labels: [String]?

  /// Opens a CSV or NPY file.
  ///
  /// - Parameters:
  ///   - path: The file; `-` is a CSV table from standard input.
  ///   - wanted: The columns to take, in this order; nil for all but the labels.
  ///   - label: The column of classes.
  ///   - allowsMissing: Whether empty cells are let through as NaN.
  /// - Throws: `FormatError` naming row and column of what is no number; `ValidationError`.
  init(path: String, columns wanted: [String]?, label: String?, allowsMissing: Bool) throws {
    if path.hasSuffix(".npy") {
      if label != nil {
        throw ValidationError("\(path): an NPY file has no column of labels; give a CSV table.")
      }
      self.path = path
      (rows, columns) = try Self.matrix(path, columns: wanted)
      labels = nil
    } else {
      let table = try CSVTable(path: path)
      self.path = table.path
      labels = try label.map { try table.column($0) }
      columns = wanted ?? table.columns.filter { $0 != label }
      guard !columns.isEmpty else {
        throw ValidationError(
          "\(table.path): no column of numbers is left. Name some with --columns.")
      }
      rows = try table.matrix(columns, missing: allowsMissing ? .nan : nil)
    }
    guard rows.rowCount > 0 else {
      throw FormatError.unsupported(
        path: self.path, problem: "it has columns but no rows", remedy: "Add some rows")
    }
  }

  private static func matrix(
    _ path: String, columns wanted: [String]?
  ) throws -> (rows: any RowSource, columns: [String]) {
    let rows = try NPYRowReader(path: path)
    let names = (0..<rows.columnCount).map { "\($0)" }
    guard let wanted else { return (rows, names) }
    let indices = try wanted.map { name in
      guard let index = names.firstIndex(of: name) else {
        throw ValidationError(
          "\(path): no column '\(name)'; columns are counted from 0 to \(names.count - 1).")
      }
      return index
    }
    return (SelectedColumns(indices, of: rows), wanted)
  }
}
