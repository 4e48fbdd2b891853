import ArgumentParser
internal import TencaFormats
internal import TencaMarkov
internal import TencaMixture
internal import TencaNumerics

/// `tenca sample`: new rows.
struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Draw new rows from a mixture, or a sequence from hidden states.",
    usage: "tenca sample [<options>] <model>",
    discussion: """
        tenca sample geyser.tenca -n 1000 --seed 7 -o synthetic.csv
        tenca sample quakes.tenca --length 100

      A sequence comes with the state behind each row. In continuous time its rows are
      the usual gap apart, and covariates are at their means, as in the data that the
      model was learned from; both are in the table.
      """)

  @Argument(help: "A model of tenca train mixture or tenca train hmm.", completion: .file())
  var model: String

  @Option(name: [.customShort("n"), .long, .customLong("length")], help: "Rows to draw.")
  var count = 100

  @Option(help: "Seed: the same seed gives the same rows.")
  var seed: UInt64 = 1

  @Option(name: .shortAndLong, help: "Where to write the table; - is standard output.")
  var output = "-"

  func validate() throws {
    if !(1...100_000_000).contains(count) {
      throw ValidationError("--count \(count): a number from 1 to 100000000.")
    }
  }

  func run() throws {
    var random = RandomStream(seed: seed)
    switch try ModelFile.read(model) {
    case .rowMixture(let model):
      let rows = model.sample(count, using: &random)
      try RowOutput.write(to: output, columns: model.columns) { try $0.append(rowsOf: rows) }
    case .sequences(let model):
      let (rows, states) = model.sample(count, using: &random)
      let steps = model.steps?.columns ?? []
      try RowOutput.write(to: output, columns: model.columns + steps + ["state"]) { writer in
        for (row, state) in states.enumerated() {
          let cells = rows.row(row).elements.map { value in
            model.symbols?[Int(value)] ?? "\(value)"
          }
          let conditions = model.usualConditions(ofRow: row).map { "\($0)" }
          try writer.append(cells + conditions + [model.states[state]])
        }
      }
    default: throw CommandError.notAMixture(path: model)
    }
  }
}
