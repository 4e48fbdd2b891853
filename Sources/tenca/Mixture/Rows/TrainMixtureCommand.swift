import ArgumentParser
internal import Logging
internal import TencaFormats
internal import TencaMixture
internal import TencaNumerics

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

      Then ask about rows: tenca cluster, tenca score, tenca sample.
      """#)

  @OptionGroup var rows: RowArguments

  @Option(name: .shortAndLong, help: "Where to write the model.", completion: .file())
  var output: String

  @Option(name: [.customShort("k"), .long], help: "Components of the mixture.")
  var components: Int

  @Option(help: "Shapes that components may take.")
  var covariance = CovarianceKind.full

  @Option(help: "Columns to use, by name, separated by commas. Default: all but the label.")
  var columns: String?

  @Option(help: "A column of classes: left out of the mixture.")
  var label: String?

  @Flag(help: "Bring all columns to one scale first.")
  var standardize = false

  @Option(help: "Starts; the best mixture is kept.")
  var restarts = 5

  @Option(help: "Seed of everything random: the same seed gives the same bytes.")
  var seed: UInt64 = 1

  @Flag(help: "Report as JSON on standard output.")
  var json = false

  @OptionGroup var work: WorkOptions

  func run() throws {
    try work.run { execution in
      let table = try rows.table(
        columns: columns.map { $0.split(separator: ",").map(String.init) }, label: label)
      var options = GaussianMixtureOptions(components: components)
      options.covariance = covariance
      options.restarts = restarts
      options.seed = seed
      options.missing = rows.missing ? .marginalized : .refused
      let model = try RowMixture.fit(
        table.values, columns: table.columns, standardizes: standardize, options: options,
        source: table.path, execution: execution)
      for warning in model.training.warnings { work.logger.warning("\(warning)") }
      var archive = try model.archive()
      archive.metadata["tenca.version"] = Tenca.version
      try SafeTensors.write(archive, to: output)
      let report = MixtureReport(model, path: output)
      try Console.writeLine(json ? try JSONText.encode(report) : report.text)
    }
  }
}
