import ArgumentParser
internal import Logging
internal import TencaMarkov
internal import TencaNumerics
internal import TencaRecognition

/// How sequences stand in a table.
struct SequenceArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The column that tells sequences apart; without it, a file is one sequence.",
      valueName: "column"))
  var group: String?

  @Option(
    help: ArgumentHelp(
      """
      The column of times, for the results to name. Of a model in continuous time: the column that its \
      steps follow, where it is not called as the model has it.
      """, valueName: "column"))
  var time: String?

  /// Opens the tables at a path.
  ///
  /// - Parameters:
  ///   - path: A CSV or NPY file, a folder of these, or `-`.
  ///   - columns: The columns to take.
  ///   - symbols: The words of a categorical column; nil where cells are numbers.
  ///   - known: The column of states that are known.
  ///   - steps: The columns that steps follow.
  /// - Throws: As ``SequenceTable``.
  func table(
    _ path: String, columns: ColumnChoice, words: SequenceTable.Words, known: String? = nil,
    steps: StepSource? = nil
  ) throws -> SequenceTable {
    var named = time
    if case .times(let column) = steps { named = column }
    return try SequenceTable(
      path: path, columns: columns, group: group, time: named, known: known, steps: steps,
      words: words)
  }

  /// Opens tables, or sounds, with a model's columns.
  ///
  /// - Returns: The sequences, and the sounds that could not be read.
  /// - Throws: As ``SequenceTable``; `ValidationError` for sounds under a model of tables.
  func table(
    _ path: String, for model: SequenceModel, execution: Execution
  ) throws -> (table: SequenceTable, failures: [Failure]) {
    guard let files = try SoundSequences.files(at: path) else {
      let table = try table(
        path, columns: model.columns(in: path), words: model.words,
        steps: StepSource(model, time: time))
      return (table, [])
    }
    guard let sounds = try SoundSequences(model) else {
      throw ValidationError(
        "\(path): is sound, and the model was learned from tables. Learn one from sounds with tenca "
          + "train hmm, or compute a table with tenca features.")
    }
    return try sounds.table(files, path: path, execution: execution)
  }
}
