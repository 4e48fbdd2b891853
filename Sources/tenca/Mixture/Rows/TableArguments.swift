import ArgumentParser
internal import TencaFormats
internal import TencaNumerics

/// Which rows and columns of a table are meant.
struct TableArguments: ParsableArguments {
  @Argument(help: "A table, CSV with column names; - is standard input.", completion: .file())
  var data: String

  @Option(
    help: ArgumentHelp(
      "The columns of numbers to use, separated by commas. Default: all but the label.",
      valueName: "a,b,…"))
  var columns: String?

  @Option(help: "The column of known classes, to compare with.")
  var label: String?

  @Flag(help: "Scale every column to mean 0 and standard deviation 1.")
  var standardize = false

  /// The numbers and the classes, where there are.
  ///
  /// - Throws: `FormatError` naming the line and the column.
  func read() throws -> (rows: NDArray<Float>, names: [String], classes: [String]?) {
    let table = try CSVTable(path: data)
    let classes = try label.map { try table.column($0) }
    let names =
      columns?.split(separator: ",").map { String($0) } ?? table.columns.filter { $0 != label }
    guard !names.isEmpty else {
      throw ValidationError(
        "\(table.path): no column of numbers is left. Name some with --columns.")
    }
    guard !table.rows.isEmpty else {
      throw FormatError.unsupported(
        path: table.path, problem: "it has column names but no rows", remedy: "Add some rows")
    }
    let rows: NDArray<Float> = try table.matrix(names).converted()
    return (standardize ? rows.standardizedColumns() : rows, names, classes)
  }
}
