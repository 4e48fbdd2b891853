internal import TencaFormats
internal import TencaMarkov
internal import TencaNumerics

/// How likely sequences are under a hidden Markov model.
struct SequenceScores {
  private let table: SequenceTable
  /// ln p(row | rows before) of every row, in nats.
  private let rows: [Double]

  init(_ model: SequenceModel, _ table: SequenceTable, execution: Execution) throws {
    self.table = table
    rows = try table.namingPlaces {
      try model.filtered(
        table.rows, lengths: table.lengths, over: table.conditions, execution: execution
      ).logLikelihoods
    }
  }

  private var total: Double { rows.reduce(0, +) }

  /// Words for people.
  var summary: String {
    let words = """
      \(rows.count) rows in \(counted(table.sequences.count, "sequence", "sequences")), log-likelihood \
      \(total.formatted(decimals: 4)), \((total / Double(rows.count)).formatted(decimals: 4)) a row
      """
    return total > 0
      ? words + " (above 0, since densities of numbers that hardly spread exceed 1)" : words
  }

  /// Writes a line for every sequence, or for every row.
  func writeTable(to path: String, each: Bool) throws {
    let columns =
      each
      ? ["sequence", "row", "logLikelihood"] : ["sequence", "rows", "logLikelihood", "perRow"]
    try RowOutput.write(to: path, columns: columns) { writer in
      for (index, sequence) in table.sequences.enumerated() {
        let name = sequence.name.isEmpty ? "\(index + 1)" : sequence.name
        if each {
          for row in sequence.range {
            try writer.append(
              [name, "\(row - sequence.range.lowerBound + 1)"], numbers: [rows[row]])
          }
        } else {
          let sum = rows[sequence.range].reduce(0, +)
          let count = sequence.range.count
          try writer.append([name, "\(count)"], numbers: [sum, sum / Double(count)])
        }
      }
    }
  }
}
