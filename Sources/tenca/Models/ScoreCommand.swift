import ArgumentParser
internal import Logging
internal import TencaFormats
internal import TencaMarkov
internal import TencaMixture
internal import TencaNumerics

/// `tenca score`: how usual rows or sequences are.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Say how likely rows or sequences are, and which are odd.",
    usage: "tenca score [<options>] <model> <data>",
    discussion: """
      Under a mixture, a row's share tells how many training rows were less likely
      than it, from 0 to 1: next to 0 for an anomaly.

        tenca score geyser.tenca new.csv
        tenca score geyser.tenca new.csv --anomalies 0.01 -o odd.csv

      Under a model of hidden states, whole sequences are scored, or with --each
      every row given those before it.

        tenca score speed.tenca speed.csv --group series
        tenca score quakes.tenca quakes.csv --each
        tenca score quakes.tenca quakes.csv --residuals -o residuals.csv
      """)

  @Argument(help: "A model of tenca train mixture or tenca train hmm.", completion: .file())
  var model: String

  @OptionGroup var rows: RowArguments

  @Option(help: "List only rows whose share is at most this, from 0 to 1.")
  var anomalies: Double?

  @OptionGroup var sequences: SequenceArguments

  @Flag(help: "With hidden states: a line for every row, given those before it.")
  var each = false

  @Flag(
    help: """
      With hidden states: a line for every row with its pseudo-residuals, which are standard normal if \
      the model is right.
      """)
  var residuals = false

  @Option(name: .shortAndLong, help: "Where to write the table; - is standard output.")
  var output = "-"

  @OptionGroup var work: WorkOptions

  func validate() throws {
    if let anomalies, !(0...1).contains(anomalies) {
      throw ValidationError("--anomalies \(anomalies): a share from 0 to 1.")
    }
  }

  func run() throws {
    try work.run { execution in
      switch try ModelFile.read(model) {
      case .sequences(let model): try score(model, execution)
      case .rowMixture(let model): try score(model, execution)
      default: throw CommandError.notAMixture(path: model)
      }
    }
  }

  private func score(_ model: RowMixture, _ execution: Execution) throws {
    let table = try rows.table(columns: model.columns)
    let count = table.rows.rowCount
    var total = 0.0
    try RowOutput.write(to: output, columns: ["row", "logDensity", "share"]) { writer in
      try table.rows.forEachBlock { first, rows in
        let densities = try model.logDensities(rows, execution: execution)
        for (row, density) in densities.enumerated() {
          total += density
          let share = model.share(below: density)
          if share > anomalies ?? 1 { continue }
          try writer.append(["\(first + row + 1)"], numbers: [density, share])
        }
      }
    }
    work.logger.info(
      """
      \(count) rows, log-likelihood \(total.formatted(decimals: 3)), \
      \((total / Double(count)).formatted(decimals: 4)) a row
      """)
  }

  private func score(_ model: SequenceModel, _ execution: Execution) throws {
    if anomalies != nil {
      throw ValidationError("--anomalies is for mixtures; sort the rows of --each instead.")
    }
    let (table, failures) = try sequences.table(rows.data, for: model, execution: execution)
    if residuals {
      let residuals = try SequenceResiduals(model, table, execution: execution)
      try residuals.writeTable(to: output)
      for line in residuals.summary { work.logger.info("\(line)") }
      return try BatchFailures.report(failures, of: table.sequences.count + failures.count)
    }
    let scores = try SequenceScores(model, table, execution: execution)
    try scores.writeTable(to: output, each: each)
    work.logger.info("\(scores.summary)")
    try BatchFailures.report(failures, of: table.sequences.count + failures.count)
  }
}
