import ArgumentParser
internal import Logging
internal import TencaFormats
internal import TencaMixture
internal import TencaNumerics

/// `tenca score`: how usual each row is.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score", abstract: "Say how likely each row of a table is, and which are odd.",
    usage: "tenca score [<options>] <model> <data>",
    discussion: """
      A row's share tells how many training rows were less likely than it, from 0 to
      1: next to 0 for an anomaly.

        tenca score geyser.tenca new.csv
        tenca score geyser.tenca new.csv --anomalies 0.01 -o odd.csv
      """)

  @Argument(help: "A model written by tenca train mixture.", completion: .file())
  var model: String

  @OptionGroup var rows: RowArguments

  @Option(help: "List only rows whose share is at most this, from 0 to 1.")
  var anomalies: Double?

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
      let model = try ModelFile.readRowMixture(model)
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
  }
}
