import ArgumentParser
internal import Logging
internal import TencaMixture
internal import TencaNumerics
internal import TencaPlot

/// `tenca train mixture`.
struct TrainMixtureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mixture",
    abstract: "Learn the groups in the rows of a table.",
    usage: "tenca train mixture [<options>] <data> --output <output>",
    discussion: #"""
        tenca train mixture rice.csv -k 5 --covariance full -o rice.tenca \
          --label CLASS
        tenca train mixture geyser.csv -k 2 -o geyser.tenca \
          --columns eruptions,waiting --json

      Try one to ten components with every kind of covariance, and keep the best:

        tenca train mixture geyser.csv --select 1...10 -o geyser.tenca \
          --picture curve.png

      Then ask about rows: tenca cluster, tenca score, tenca sample. The rows of an
      .npy file are read as they are needed: it may be larger than memory.
      """#)

  @Argument(
    help: "A table: .csv with a line of column names, .npy, or - for CSV on standard input.",
    completion: .file())
  var data: String

  @Option(name: .shortAndLong, help: "Where to write the model.", completion: .file())
  var output: String

  @Option(name: [.customShort("k"), .long], help: "Components of the mixture.")
  var components: Int?

  @Option(
    help: ArgumentHelp(
      "Try these numbers of components, and keep the best.", valueName: "1...10 or 2,4,8"))
  var select: NumberChoices?

  @Option(
    help: ArgumentHelp(
      """
      Shapes that components may take: \(CovarianceKinds.names). With --select, several may be \
      named, separated by commas, or all. Default: full; with --select, all.
      """, valueName: "kind"))
  var covariance: CovarianceKinds?

  @Option(help: "What --select chooses by; the less, the better.")
  var criterion = Criterion.bic

  @Option(
    help: "With --select, draw the criterion's curves to .png, .svg or .pdf.", completion: .file())
  var picture: String?

  @OptionGroup var columns: ColumnArguments
  @OptionGroup var cells: MissingCellArguments

  @Flag(help: "Bring every column to mean 0 and standard deviation 1 first.")
  var standardize = false

  @Option(help: "Starts; the best mixture is kept.")
  var restarts = 5

  @Option(help: "Steps of expectation and maximisation at most.")
  var iterations = GaussianMixtureOptions(components: 1).iterations

  @Option(help: "Stop when a step gains less than this for a row, in nats.")
  var tolerance = GaussianMixtureOptions(components: 1).tolerance

  @Option(help: "Seed of everything random: the same seed gives the same bytes.")
  var seed: UInt64 = 1

  @Flag(help: "Report as JSON on standard output.")
  var json = false

  @OptionGroup var work: WorkOptions

  func validate() throws {
    if (components == nil) == (select == nil) {
      throw ValidationError("give the number of components with -k, or numbers to --select from.")
    }
    if let components, components < 1 { throw ValidationError("-k \(components): at least 1.") }
    if select == nil {
      if picture != nil { throw ValidationError("--picture draws the curves of --select.") }
      if let covariance, covariance.kinds.count != 1 {
        throw ValidationError("--covariance: one kind, unless there is --select.")
      }
    }
    if iterations < 1 { throw ValidationError("--iterations \(iterations): at least 1.") }
    if !(tolerance >= 0) { throw ValidationError("--tolerance \(tolerance): 0 or more.") }
    if restarts < 1 { throw ValidationError("--restarts \(restarts): at least 1.") }
  }

  func run() throws {
    try OutputPath.check(output)
    if let picture { try OutputPath.checkPicture(picture) }
    try work.run { execution in
      let table = try columns.table(at: data, allowsMissing: cells.missing)
      let (model, selection) = try fit(table, execution)
      for warning in model.training.warnings { work.logger.warning("\(warning)") }
      try ModelFile.write(try model.archive(), to: output)
      if let selection, let picture {
        try SelectionPicture.chart(selection, criterion).write(to: picture)
      }
      try Console.write(
        MixtureReport(model, path: output, selection: selection), json: json)
    }
  }

  private func fit(
    _ table: RowTable, _ execution: Execution
  ) throws -> (RowMixture, MixtureSelection?) {
    var options = GaussianMixtureOptions(components: components ?? 1)
    options.covariance = covariance?.kinds[0] ?? .full
    options.restarts = restarts
    options.iterations = iterations
    options.tolerance = tolerance
    options.seed = seed
    options.missing = cells.missing ? .marginalized : .refused
    guard let select else {
      let model = try RowMixture.fit(
        table.rows, columns: table.columns, standardizes: standardize, options: options,
        source: table.path, execution: execution)
      return (model, nil)
    }
    return try RowMixture.select(
      table.rows, columns: table.columns, standardizes: standardize,
      components: select.counts, covariances: covariance?.kinds ?? CovarianceKind.allCases,
      criterion: criterion.selection, options: options, source: table.path, execution: execution)
  }
}
