internal import TencaFormats
internal import TencaMarkov
internal import TencaNumerics

/// How surprising each cell is, as files and words.
struct SequenceResiduals {
  private let model: SequenceModel
  private let table: SequenceTable
  private let residuals: PseudoResiduals

  init(_ model: SequenceModel, _ table: SequenceTable, execution: Execution) throws {
    self.model = model
    self.table = table
    residuals = try table.namingPlaces {
      try model.pseudoResiduals(
        of: table.rows, lengths: table.lengths, over: table.conditions, execution: execution)
    }
  }

  /// Writes a line for every row, to a file or standard output (`-`); of whole numbers with the bounds
  /// of each residual.
  func writeTable(to path: String) throws {
    let emission = model.model.emission
    let headings = model.columns.enumerated().flatMap { column, name in
      ["residual(\(name))"]
        + (emission.isDiscrete(column) ? ["lower(\(name))", "upper(\(name))"] : [])
    }
    try RowOutput.write(to: path, columns: ["sequence", "row"] + headings) { writer in
      for (index, sequence) in table.sequences.enumerated() {
        let name = sequence.name.isEmpty ? "\(index + 1)" : sequence.name
        for row in sequence.range {
          let cells = model.columns.indices.flatMap { column in
            [residuals.values[row, column]]
              + (emission.isDiscrete(column)
                ? [residuals.lower[row, column], residuals.upper[row, column]] : [])
          }
          // An empty cell is one that was missing.
          try writer.append(
            [name, "\(row - sequence.range.lowerBound + 1)"]
              + cells.map { $0.isNaN ? "" : "\($0)" })
        }
      }
    }
  }

  /// Words for people, a line a column.
  var summary: [String] {
    zip(model.columns, residuals.summaries).map { name, summary in
      guard let summary else { return "\(name): too few rows to judge" }
      return """
        \(name): mean \(summary.mean.formatted(decimals: 3)), variance \
        \(summary.variance.formatted(decimals: 3)), autocorrelation \
        \(summary.autocorrelation.formatted(decimals: 3)), normal with p = \
        \(summary.pValue.formatted(decimals: 4)) (Jarque-Bera \
        \(summary.jarqueBera.formatted(decimals: 2)))
        """
    }
  }
}
