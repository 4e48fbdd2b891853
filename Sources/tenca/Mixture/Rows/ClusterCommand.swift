import ArgumentParser
internal import TencaFormats
internal import TencaMixture
internal import TencaNumerics

/// `tenca cluster`: the component of each row.
struct ClusterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cluster",
    abstract: "Say to which group of a mixture each row of a table belongs.",
    usage: "tenca cluster [<options>] <model> <data>",
    discussion: """
        tenca cluster rice.tenca new.csv
        tenca cluster rice.tenca new.csv --probabilities -o groups.csv
      """)

  @Argument(help: "A model written by tenca train mixture.", completion: .file())
  var model: String

  @OptionGroup var rows: RowArguments

  @Flag(help: "Add the probability of every component.")
  var probabilities = false

  @Option(name: .shortAndLong, help: "Where to write the table; - is standard output.")
  var output = "-"

  @OptionGroup var work: WorkOptions

  func run() throws {
    try work.run { execution in
      let model = try ModelFile.readRowMixture(model)
      let table = try rows.table(columns: model.columns)
      var columns = ["row", "component", "probability"]
      if probabilities { columns += (0..<model.mixture.components).map { "p\($0)" } }
      try RowOutput.write(to: output, columns: columns) { writer in
        try table.rows.forEachBlock { first, rows in
          let shares = try model.responsibilities(rows, execution: execution)
          for row in 0..<shares.rows {
            let own = shares.row(row).elements
            let best = own.indices.max { (own[$0], -$0) < (own[$1], -$1) } ?? 0
            try writer.append(
              ["\(first + row + 1)", "\(best)"],
              numbers: probabilities ? [own[best]] + own : [own[best]])
          }
        }
      }
    }
  }
}
