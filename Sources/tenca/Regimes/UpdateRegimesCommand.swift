import ArgumentParser
internal import Logging
internal import TencaFormats
internal import TencaNumerics
internal import TencaRegimes

/// `tenca regimes update`: goes on, causally, from where the last row stopped.
struct UpdateRegimesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Go on from where a saved model's last row stopped, without learning again.",
    usage: "tenca regimes update [<options>] <model> <prices>",
    discussion: """
        tenca regimes prices.csv --save m.tenca
        tenca regimes update m.tenca new.csv --save m.tenca

      Rows up to the last date of the model are passed over, so that a file that has
      grown may be given again. Each new row is answered by the rows up to it alone.
      """)

  @Argument(help: "A model of tenca regimes --save.", completion: .file())
  var model: String

  @Argument(help: "New prices, as tenca regimes reads them.", completion: .file())
  var prices: String

  @OptionGroup(title: "The series") var series: SeriesArguments

  @Option(
    name: .shortAndLong,
    help: "Where to write the new rows' probabilities: .csv or .json; - is standard output.")
  var output = "-"

  @Option(help: "Save the model as the last row left it; may be the model itself.")
  var save: String?

  @Flag(help: "Write JSON to standard output, besides what -o names.")
  var json = false

  @OptionGroup var work: WorkOptions

  func run() throws {
    for path in [save, output].compactMap(\.self) where path != "-" { try OutputPath.check(path) }
    try work.run { execution in
      let saved = try ModelFile.readRegimes(model)
      let specification = saved.model.specification
      var own = series
      if own.column == nil { own.column = saved.record.columns.joined(separator: ",") }
      own.returns = saved.record.returns
      own.resample = own.resample ?? saved.record.resampling
      let prices = try own.prices(
        prices, carrying: specification.exogenous + specification.transitionCovariates)
      let values = try prices.continuing(saved.record)
      let update = try saved.updated(with: values, execution: execution)
      for note in values.report.notes { work.logger.info("\(note)") }
      if values.dates == nil {
        work.logger.info("rows have no dates: all \(values.count) are taken for new")
      }
      try write(update)
      // Last, so that a model does not go on past rows whose answers were lost.
      if let save { try ModelFile.write(try update.saved.archive(), to: save) }
    }
  }

  private func write(_ update: RegimeUpdate) throws {
    let report = try JSONText.encode(RegimeUpdateReport(update)) + "\n"
    if json { try Console.write(Array(report.utf8)) }
    if output.lowercased().hasSuffix(".json") {
      try ReplacingFile.write(Array(report.utf8), to: output)
    } else if !(json && output == "-") {
      try writeTable(update)
    }
  }

  private func writeTable(_ update: RegimeUpdate) throws {
    let labels = update.saved.record.labels
    try RowOutput.write(
      to: output,
      columns: ["date"] + update.series.columns + labels.map { "filtered(\($0))" } + ["regime"]
    ) { writer in
      for row in 0..<update.series.count {
        let shares = update.filtered.row(row).elements
        let best = shares.indices.max { shares[$0] < shares[$1] }!
        try writer.append(
          [update.series.label(row)]
            + (update.series.values.row(row).elements + shares).map { $0.isNaN ? "" : "\($0)" }
            + [labels[best]])
      }
    }
  }
}

/// New rows for programs.
struct RegimeUpdateReport: Encodable {
  let labels: [String]
  let dates: [String]
  let filtered: [[Double]]
  let logLikelihoods: [Double]
  let lastDate: String?
  let probabilities: [Double]

  init(_ update: RegimeUpdate) {
    labels = update.saved.record.labels
    dates = (0..<update.series.count).map { update.series.label($0) }
    filtered = (0..<update.filtered.rows).map { update.filtered.row($0).elements }
    logLikelihoods = update.logLikelihoods
    lastDate = dates.last
    probabilities = filtered.last ?? []
  }
}
