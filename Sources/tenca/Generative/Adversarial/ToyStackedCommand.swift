import ArgumentParser
internal import FoundationEssentials
internal import Logging
internal import TencaFormats
internal import TencaGenerative
internal import TencaNeural
internal import TencaNumerics

/// `tenca toy stacked`.
struct ToyStackedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stacked",
    abstract: "Play for grey pictures stacked in threes: ten classes make a thousand modes.",
    usage: "tenca toy stacked [<options>] <pictures> --features <features>",
    discussion: #"""
        tenca train features corpora/glyphs -o shapes-features.tenca --epochs 100
        tenca toy stacked corpora/glyphs --features shapes-features.tenca \
          --play non-saturating --play non-saturating+deviation -o stacks/

      Three grey pictures, drawn at random, are the red, green and blue of one. Of C
      classes there are C x C x C modes, which the classifier tells channel by
      channel. The report has the modes covered, those covered by stacks that it
      recognises with confidence (0.9 a channel), the share of such stacks, and the
      Kullback-Leibler divergence of the modes from even ones in nats. The first row
      is of true stacks: no generator does better.
      """#)

  @Argument(help: "Labelled grey pictures, as for tenca train vae.", completion: .file())
  var pictures: String

  @Option(help: "A model of tenca train features for these pictures.", completion: .file())
  var features: String

  @OptionGroup(title: "Data") var input: StackedPictureArguments
  @OptionGroup(title: "The game") var game: ToyGameArguments

  @Option(help: "Steps of the generator, rounded up to whole passes over the stacks.")
  var steps = 2000

  @Option(help: "Stacks a step.")
  var batch = 64

  @Option(help: "Channels next to the picture, doubled at each halving. Default: 32.")
  var width: Int?

  @Option(help: "Stacks that are learned from.")
  var stacks = 10_000

  @Option(help: "Stacks made to count modes.")
  var samples = StackExperiment.publishedSamples

  @Option(name: .shortAndLong, help: "Folder for sheets of made stacks.", completion: .directory)
  var output: String?

  @OptionGroup var report: ReportOptions
  @OptionGroup var work: WorkOptions

  func validate() throws {
    for (name, value, limit) in [
      ("steps", steps, 1...10_000_000), ("batch", batch, 2...4096),
      ("stacks", stacks, 2...1_000_000), ("samples", samples, 1...10_000_000),
    ] where !limit.contains(value) {
      throw ValidationError(
        "--\(name) \(value): from \(limit.lowerBound) to \(limit.upperBound).")
    }
  }

  func run() throws {
    if let output { try OutputPath.makeFolder(output) }
    let extractor = try ModelFile.readFeatureExtractor(features)
    try work.run { execution in
      NetworkThreads.count = execution.threads
      let examples = try GenerativeData.read(
        pictures, ExampleRequest(size: input.size, limit: input.limit), split: input.split,
        execution: execution
      ).examples
      let experiment = try StackExperiment(examples, extractor, stacks: stacks, samples: samples)
      let settings = try game.settings { play in
        var options = experiment.options(play.loss, play.remedies)
        options.width = width ?? options.width
        return options
      }
      var rows = [
        StackReport.Row(
          play: "true stacks", seed: game.seed,
          coverage: try experiment.reference(seed: game.seed, execution: execution), seconds: nil)
      ]
      try game.playAll(settings) { options, seed in
        try experiment.run(
          options, steps: steps, batchSize: batch, average: game.average, seed: seed,
          execution: execution)
      } receive: { play, seed, outcome, seconds in
        let row = StackReport.Row(
          play: play.name, seed: seed, coverage: outcome.coverage, seconds: seconds)
        rows.append(row)
        work.logger.info("\(row.words)")
        if let output {
          let shape = settings[0].options.shape
          try ExampleOutput.sheet(shape, columns: nil).picture(of: outcome.shown)
            .writePNG(to: "\(output)/stacked-\(play.fileName)-\(seed).png")
        }
      }
      try report.write(
        StackReport(
          pictures: pictures, features: extractor.hash, steps: steps, batch: batch, stacks: stacks,
          average: game.average, settings: settings, rows: rows))
    }
  }
}

/// Which pictures are stacked.
struct StackedPictureArguments: ParsableArguments {
  @Option(
    help: "Part of the data: train, validation, test or all.",
    transform: { try namedValue($0, ExampleSplit.self) })
  var split = ExampleSplit.train

  @Option(
    help: ArgumentHelp("Height x width that pictures are brought to.", valueName: "HxW"))
  var size: PatchSize?

  @Option(help: "Take the first so many pictures only.")
  var limit: Int?

  func validate() throws {
    if let limit, limit < 2 { throw ValidationError("--limit \(limit): at least 2.") }
  }
}
