import ArgumentParser
internal import FoundationEssentials
internal import Logging
internal import TencaFormats
internal import TencaGenerative
internal import TencaNeural
internal import TencaNumerics
internal import TencaPlot

/// `tenca toy points`, or `tenca toy` for short.
struct ToyPointsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "points",
    abstract: "Play for points in the plane: a ring, a grid, spirals.",
    usage: "tenca toy points [<options>] <points>",
    discussion: #"""
        tenca toy ring
        tenca toy ring --play non-saturating --play non-saturating+deviation \
          --seeds 5 -o ring/
        tenca toy grid --play non-saturating --play wasserstein-gp --steps 12000

      A play is a loss and, behind a +, remedies with commas between them. A mode
      counts as covered with 20 good points of 2500; a point is good within three
      deviations of the nearest centre. With -o a picture of every play shows the
      points made, over what the discriminator says of every place.

      Why a discriminator that is too good teaches nothing under some losses:

        tenca toy ring --gradients vanishing.png
      """#)

  @Argument(
    help: "ring of 8, grid of 25, or spirals.",
    transform: { try namedValue($0, ToyDistribution.self) })
  var points: ToyDistribution

  @OptionGroup(title: "The game") var game: ToyGameArguments

  @Option(help: "Steps of the generator, rounded up to whole passes over 50000 points.")
  var steps = 10_000

  @Option(help: "Points a step.")
  var batch = 128

  @Option(help: "Units of a hidden layer. Default: 128.")
  var width: Int?

  @Option(help: "Hidden layers of each network (2 of the ring, otherwise 3).")
  var layers: Int?

  @Option(name: .shortAndLong, help: "Folder for pictures.", completion: .directory)
  var output: String?

  @Option(
    help: """
      Instead of playing, draw how the generator's gradient shrinks while a discriminator gets better, \
      to this picture.
      """, completion: .file())
  var gradients: String?

  @OptionGroup var report: ReportOptions
  @OptionGroup var work: WorkOptions

  func validate() throws {
    if !(1...10_000_000).contains(steps) {
      throw ValidationError("--steps \(steps): from 1 to 10000000.")
    }
    if !(16...65536).contains(batch) {
      throw ValidationError("--batch \(batch): from 16 to 65536.")
    }
  }

  func run() throws {
    if let gradients { return try drawGradients(to: gradients) }
    if let output { try OutputPath.makeFolder(output) }
    try work.run { execution in
      NetworkThreads.count = execution.threads
      let settings = try game.settings(options)
      var rows: [ToyReport.Row] = []
      try game.playAll(settings) { options, seed in
        try ToyExperiment(
          points, options, steps: steps, batchSize: batch, average: game.average, seed: seed
        ).run(execution: execution)
      } receive: { play, seed, outcome, seconds in
        let row = ToyReport.Row(
          play: play.name, seed: seed, coverage: outcome.coverage, seconds: seconds)
        rows.append(row)
        work.logger.info("\(row.words)")
        if let output {
          try ToyPicture.chart(outcome, points, title: row.words)
            .write(to: "\(output)/\(points.rawValue)-\(play.fileName)-\(seed).png")
        }
      }
      try report.write(
        ToyReport(
          points: points, steps: steps, batch: batch, average: game.average, settings: settings,
          rows: rows))
    }
  }

  private func drawGradients(to path: String) throws {
    try OutputPath.checkPicture(path)
    try work.run { execution in
      NetworkThreads.count = execution.threads
      let courses = try GradientExperiment(points, steps: steps, batchSize: batch, seed: game.seed)
        .run(execution: execution)
      try GradientReport.chart(courses, points).write(to: path)
      try report.write(GradientReport(courses: courses))
    }
  }

  private func options(_ play: ToyPlay) -> AdversarialOptions {
    var options = ToyExperiment.options(points, play.loss, play.remedies)
    options.width = width ?? options.width
    options.hiddenLayers = layers ?? options.hiddenLayers
    return options
  }
}
