import ArgumentParser

/// `tenca regimes`: hidden states of a series of prices or other values.
struct RegimesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "regimes",
    abstract: "Find the regimes of a series: calm and storm, bear and bull.",
    discussion: #"""
        tenca regimes prices.csv
        tenca regimes prices.csv -k 3 --picture regimes.png -o regimes.csv
        tenca regimes prices.csv --forecast 20 --save m.tenca
        tenca regimes update m.tenca new.csv

      Any CSV with a column of dates and one of prices will do. Everything else that
      can be asked is in: tenca help regimes find
      """#,
    subcommands: [FindRegimesCommand.self, UpdateRegimesCommand.self],
    defaultSubcommand: FindRegimesCommand.self)
}
