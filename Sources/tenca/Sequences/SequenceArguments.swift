import ArgumentParser

/// How sequences stand in a table.
struct SequenceArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The column that tells sequences apart; without it, a file is one sequence.",
      valueName: "column"))
  var group: String?

  @Option(
    help: ArgumentHelp("The column of times, for the results to name.", valueName: "column"))
  var time: String?

  /// Opens the tables at a path.
  ///
  /// - Parameters:
  ///   - path: A CSV or NPY file, a folder of these, or `-`.
  ///   - columns: The columns to take; nil for all that are left.
  ///   - symbols: The words of a categorical column; nil where cells are numbers.
  ///   - known: The column of states that are known.
  /// - Throws: As ``SequenceTable``.
  func table(
    _ path: String, columns: [String]?, words: SequenceTable.Words, known: String? = nil
  ) throws -> SequenceTable {
    try SequenceTable(
      path: path, columns: columns, group: group, time: time, known: known, words: words)
  }
}
