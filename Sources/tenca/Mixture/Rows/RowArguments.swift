import ArgumentParser

/// The table that a model of rows is asked about.
struct RowArguments: ParsableArguments {
  @Argument(
    help: "A table: .csv with a line of column names, .npy, or - for CSV on standard input.",
    completion: .file())
  var data: String

  @OptionGroup var cells: MissingCellArguments

  /// Opens the table with a model's columns, in the model's order.
  ///
  /// - Throws: As ``RowTable``.
  func table(columns: [String]) throws -> RowTable {
    try RowTable(path: data, columns: columns, label: nil, allowsMissing: cells.missing)
  }
}

/// What empty cells mean.
struct MissingCellArguments: ParsableArguments {
  @Flag(help: "Let cells be empty: what a row lacks is integrated out, exactly.")
  var missing = false
}

/// Which columns of a table are learned from.
struct ColumnArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The columns of numbers to use, separated by commas. Default: all but the label.",
      valueName: "a,b,…"))
  var columns: String?

  @Option(help: "The column of known classes: compared with, or learned, never a number.")
  var label: String?

  /// Opens a table.
  ///
  /// - Throws: As ``RowTable``.
  func table(at path: String, allowsMissing: Bool) throws -> RowTable {
    try RowTable(
      path: path, columns: columns?.split(separator: ",").map(String.init), label: label,
      allowsMissing: allowsMissing)
  }
}
