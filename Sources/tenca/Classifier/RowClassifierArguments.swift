import ArgumentParser
internal import Logging
internal import TencaFormats
internal import TencaMixture
internal import TencaNumerics
internal import TencaRecognition

/// Learning from the rows of a table instead of sounds.
struct RowClassifierArguments: ParsableArguments {
  @Flag(help: "Learn from the rows of a CSV table instead of sounds.")
  var rows = false

  @OptionGroup var columns: ColumnArguments

  @Option(help: "Shapes that the Gaussians of rows may take.")
  var covariance: CovarianceKind?

  @OptionGroup var cells: MissingCellArguments

  /// The Gaussians a class where nothing is said: one, as in discriminant analysis.
  static let defaultComponents = 1

  func validate() throws {
    if rows {
      if columns.label == nil {
        throw ValidationError("--rows needs --label, the column of classes.")
      }
    } else if columns.columns != nil || columns.label != nil || covariance != nil || cells.missing {
      throw ValidationError("--columns, --label, --covariance and --missing need --rows.")
    }
  }

  /// Reads the table.
  ///
  /// - Throws: As ``RowTable``.
  func labelledRows(at path: String) throws -> LabelledRows {
    try LabelledRows(try columns.table(at: path, allowsMissing: cells.missing))
  }

  /// How each class's mixture is fitted.
  func options(_ learning: LearningArguments) throws -> GaussianMixtureOptions {
    if learning.tune || ![nil, .gmm].contains(learning.model) || learning.topology != nil
      || learning.states != nil
    {
      throw ValidationError(
        "--tune, --topology, --states and models other than gmm are for sounds, not for --rows.")
    }
    var options = GaussianMixtureOptions(
      components: learning.components ?? Self.defaultComponents, covariance: covariance ?? .full,
      seed: learning.seed, missing: cells.missing ? .marginalized : .refused)
    if let iterations = learning.iterations { options.iterations = iterations }
    if let restarts = learning.restarts { options.restarts = restarts }
    return options
  }
}

extension LabelledRows {
  /// The rows of a table that was opened with a column of labels.
  ///
  /// - Throws: What keeps the rows from being read.
  init(_ table: RowTable) throws {
    self.init(
      columns: table.columns, values: try table.rows.block(0..<table.rows.rowCount),
      labels: table.labels ?? [], source: table.path)
  }
}

extension RowClassifier {
  /// Opens a table with this classifier's columns.
  ///
  /// - Throws: As ``RowTable``.
  func table(at path: String, withLabels: Bool) throws -> RowTable {
    try RowTable(
      path: path, columns: columns, label: withLabels ? labelColumn : nil, allowsMissing: true)
  }
}
