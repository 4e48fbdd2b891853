import ArgumentParser
internal import FoundationEssentials
internal import TencaFormats
internal import TencaMarkov
internal import TencaNumerics
internal import TencaPlot

/// `tenca forecast`: rows after the last one.
struct ForecastCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract: "Say what comes after the last row of a sequence.",
    usage: "tenca forecast [<options>] <model> <data>",
    discussion: """
        tenca forecast quakes.tenca quakes.csv --steps 10
        tenca forecast quakes.tenca quakes.csv --quantiles 0.1,0.5,0.9 -o f.png
        tenca forecast cav.tenca cav.csv --group PTNUM --steps 5 --step-size 1

      For every row ahead: the probability of each state, and of every column the
      mean, the standard deviation and quantiles. Where covariates steer the steps,
      rows ahead are taken to have those of the last row.
      """)

  @Argument(help: "A model: .tenca, .json or .npz.", completion: .file())
  var model: String

  @Argument(
    help: "The rows so far: .csv, .npy, a folder of these, or - for standard input.",
    completion: .file())
  var data: String

  @Option(help: "How many rows ahead.")
  var steps = 10

  @Option(
    help: ArgumentHelp(
      """
      Of a model in continuous time: the time from row to row ahead, in units of the column of times. \
      Default: the median of the data's.
      """, valueName: "time"))
  var stepSize: Double?

  @Option(
    help: ArgumentHelp(
      "Probabilities, each for a quantile, separated by commas.", valueName: "p,p,…"))
  var quantiles = Quantiles(argument: "0.05,0.5,0.95")!

  @OptionGroup var sequences: SequenceArguments

  @Option(
    name: .shortAndLong,
    help: "Where to write: .csv, .json, .png, .svg or .pdf; - is a table on standard output.")
  var output = "-"

  @Flag(help: "Write JSON to standard output instead of a table.")
  var json = false

  @OptionGroup var work: WorkOptions

  func validate() throws {
    if !(1...1_000_000).contains(steps) {
      throw ValidationError("--steps \(steps): a number from 1 to 1000000.")
    }
    if let stepSize, !(stepSize > 0 && stepSize.isFinite) {
      throw ValidationError("--step-size \(stepSize): above 0.")
    }
  }

  func run() throws {
    if output != "-" { try OutputPath.check(output) }
    try work.run { execution in
      let model = try ModelFile.readSequenceModel(model)
      if stepSize != nil {
        guard case .rates = model.steps?.law else {
          throw ValidationError(
            "--step-size is for models in continuous time; the rows ahead of this one follow each other "
              + "as its own do.")
        }
      }
      let (table, _) = try sequences.table(data, for: model, execution: execution)
      let forecast = try SequenceForecast(
        model, table, steps: steps, gap: stepSize, levels: quantiles.levels, execution: execution)
      try write(forecast, of: table)
    }
  }

  private func write(_ forecast: SequenceForecast, of table: SequenceTable) throws {
    switch URL(fileURLWithPath: output).pathExtension.lowercased() {
    case "png", "svg", "pdf":
      guard table.sequences.count == 1 else {
        throw ValidationError(
          "-o \(output): draws one sequence, and there are \(table.sequences.count). Write .csv or .json."
        )
      }
      try ForecastPicture.chart(forecast, table).write(to: output)
    case "json":
      try ReplacingFile.write(Array((try JSONText.encode(forecast.report) + "\n").utf8), to: output)
    default:
      if json { return try Console.writeLine(try JSONText.encode(forecast.report)) }
      try forecast.writeTable(to: output)
    }
  }
}

/// `--quantiles` by numbers between 0 and 1.
struct Quantiles: ExpressibleByArgument {
  let levels: [Double]
  private let text: String

  init?(argument: String) {
    text = argument
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map {
      Double($0)
    }
    levels = numbers.compactMap { $0 }.filter { $0 > 0 && $0 < 1 }
    if levels.count != numbers.count { return nil }
  }

  var defaultValueDescription: String { text }
}
