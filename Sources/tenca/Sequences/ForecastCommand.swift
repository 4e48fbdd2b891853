import ArgumentParser
internal import TencaFormats
internal import TencaMarkov
internal import TencaNumerics

/// `tenca forecast`: states after the last row.
struct ForecastCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract: "Say what comes after the last row of a sequence.",
    usage: "tenca forecast [<options>] <model> <data>",
    discussion: """
        tenca forecast quakes.tenca quakes.csv --steps 10
      """)

  @Argument(help: "A model: .tenca, .json or .npz.", completion: .file())
  var model: String

  @Argument(
    help: "The rows so far: .csv, .npy, a folder of these, or - for standard input.",
    completion: .file())
  var data: String

  @Option(help: "How many rows ahead.")
  var steps = 10

  @OptionGroup var sequences: SequenceArguments

  @Option(name: .shortAndLong, help: "Where to write the table; - is standard output.")
  var output = "-"

  @OptionGroup var work: WorkOptions

  func validate() throws {
    if !(1...1_000_000).contains(steps) {
      throw ValidationError("--steps \(steps): a number from 1 to 1000000.")
    }
  }

  func run() throws {
    if output != "-" { try OutputPath.check(output) }
    try work.run { execution in
      let model = try ModelFile.readSequenceModel(model)
      let (table, _) = try sequences.table(data, for: model, execution: execution)
      let decoding = try Decoding(model, table, method: .filtered, execution: execution)
      let hasNames = table.sequences.contains { !$0.name.isEmpty }
      try RowOutput.write(
        to: output,
        columns: (hasNames ? ["sequence"] : []) + ["step"] + model.states.map { "p(\($0))" }
      ) { writer in
        for sequence in table.sequences {
          let now = decoding.probabilities!.row(sequence.range.upperBound - 1).elements
          let ahead = model.model.chain.forecast(from: now, steps: steps)
          for step in 1...steps {
            try writer.append(
              (hasNames ? [sequence.name] : []) + ["\(step)"], numbers: ahead.row(step).elements)
          }
        }
      }
    }
  }
}
