import ArgumentParser
internal import FoundationEssentials
internal import Logging
internal import TencaFormats
internal import TencaGenerative
internal import TencaNeural
internal import TencaNumerics

/// How long and how a network is trained, and what is kept of the run.
struct TrainingArguments: ParsableArguments {
  @Option(help: "How often all examples are seen.")
  var epochs = 10

  @Option(help: "Examples a step.")
  var batch = 128

  @Option(help: "Step size. Default: 0.001; of train gan, that of the loss's paper.")
  var learningRate: Double?

  @Option(help: "Seed of weights, order and noise: the same seed gives the same model.")
  var seed: UInt64 = 1

  @Option(
    help: """
      What products and convolutions multiply: single, or bfloat16, which gains time only on \
      processors that have it (AVX-512 BF16, AMX); others round to it, and take longer.
      """,
    transform: { try namedValue($0, ProductPrecision.self) })
  var precision = ProductPrecision.single

  @Option(help: "Steps between checkpoints; one is written after every epoch anyway.")
  var checkpointEvery = 0

  @Flag(help: "Go on from the checkpoint beside the output, OUTPUT.checkpoint, if there is one.")
  var resume = false

  @Flag(
    help: "Remove the checkpoint when the model is written: more --epochs cannot be added then.")
  var discardCheckpoint = false

  @Option(help: "Write what was measured in every epoch to this CSV.", completion: .file())
  var metrics: String?

  @Option(
    help: "Log what is measured, and samples where there are any, for TensorBoard in this folder.",
    completion: .directory)
  var tensorboard: String?

  func validate() throws {
    if epochs < 1 { throw ValidationError("--epochs \(epochs): at least 1.") }
    if batch < 1 { throw ValidationError("--batch \(batch): at least 1.") }
    if let learningRate, !(learningRate > 0) {
      throw ValidationError("--learning-rate \(learningRate): above 0.")
    }
    if checkpointEvery < 0 {
      throw ValidationError("--checkpoint-every \(checkpointEvery): at least 0.")
    }
  }

  /// Trains, keeping a checkpoint beside the output, from which the run also goes on when more epochs
  /// are asked for later; ``write(_:to:logger:)`` removes it where that is asked for.
  ///
  /// - Parameters:
  ///   - sheets: The folder for a sheet of samples after every epoch; nil for none.
  ///   - sheet: Draws samples of the trainee as it is.
  ///   - reportSteps: Steps between reports; 0 for one an epoch.
  ///   - score: Measures more of the trainee, for each report.
  /// - Throws: What keeps a step or a checkpoint from being made.
  func run<T: Trainee>(
    _ trainee: inout T, output: String, recipe: String, logger: Logger,
    execution: Execution, sheets: String? = nil, sheet: ((T) throws -> Picture)? = nil,
    reportSteps: Int = 0,
    score: ((T, TrainingLoop.EpochReport) throws -> [TrainingMeasure])? = nil
  ) throws {
    var log = try tensorboard.map { try RunLog(folder: $0) }
    if let sheets { try OutputPath.checkFolder(sheets, for: sheets) }
    let place = Self.checkpoint(output)
    let start = resume ? try Self.restore(&trainee, place, recipe: recipe, logger: logger) : 0
    let total = steps(trainee.exampleCount)
    if start >= total {
      logger.info("all \(total) steps are done already; for more raise --epochs")
    }
    if precision == .bfloat16 && !ProductPrecision.processorHasBfloat16 {
      logger.warning(
        """
        --precision bfloat16: this processor does not multiply such numbers. They are rounded and \
        multiplied in single precision, which is slower than --precision single.
        """)
    }
    var reports: [TrainingLoop.EpochReport] = []
    var loop = loop
    loop.reportSteps = reportSteps
    try loop.run(&trainee, from: start, execution: execution) { trainee, steps in
      let checkpoint = Checkpoint(steps: steps, recipe: recipe, arrays: trainee.arrays())
      try SafeTensors.write(try checkpoint.archive(), to: place)
    } report: { report, trainee in
      var report = report
      report.measures += try score?(trainee, report) ?? []
      reports.append(report)
      logger.info("\(Self.line(report, of: epochs))")
      if let metrics { try Self.write(reports, to: metrics) }
      guard sheets != nil || tensorboard != nil else { return }
      let picture = try sheet?(trainee)
      try log?.append(report, picture)
      if let sheets, let picture {
        let name =
          reportSteps == 0
          ? "epoch-\("\(report.epoch)".zeroPadded(to: 4))"
          : "step-\("\(report.steps)".zeroPadded(to: 7))"
        try picture.writePNG(to: "\(sheets)/\(name).png")
      }
    }
  }

  /// Brings a trainee to where its checkpoint was taken.
  ///
  /// - Returns: The steps taken until then; 0 where there is no checkpoint.
  /// - Throws: What keeps the checkpoint from being read, `NeuralError` where it is of another run.
  private static func restore(
    _ trainee: inout some Trainee, _ place: String, recipe: String, logger: Logger
  ) throws -> Int {
    guard FileManager.default.fileExists(atPath: place) else {
      logger.info("there is no \(place): beginning at the start")
      return 0
    }
    let checkpoint: Checkpoint
    do {
      checkpoint = try Checkpoint(archive: try SafeTensors.read(path: place))
    } catch let error as ArchiveDescriptionError {
      throw CommandError.notAModel(reason: "\(place): \(error).")
    }
    try checkpoint.restore(&trainee, recipe: recipe)
    logger.info("going on after step \(checkpoint.steps)")
    return checkpoint.steps
  }

  /// Writes the model of a run that is done, and removes the checkpoint where that is asked for.
  ///
  /// - Throws: What keeps the file from being written or removed.
  func write(_ archive: Archive, to output: String, logger: Logger) throws {
    try ModelFile.write(archive, to: output)
    if discardCheckpoint { try FileManager.default.removeItem(atPath: Self.checkpoint(output)) }
    logger.info("wrote \(output)")
  }

  private static func checkpoint(_ output: String) -> String { output + ".checkpoint" }

  /// All steps of a run over so many examples.
  func steps(_ examples: Int) -> Int { epochs * loop.stepsPerEpoch(examples) }

  private var loop: TrainingLoop {
    TrainingLoop(
      epochs: epochs, batchSize: batch, seed: seed, checkpointSteps: checkpointEvery,
      products: precision)
  }

  /// The step size.
  var rate: Double { learningRate ?? 1e-3 }

  /// What must be the same when a run goes on, in words. The number of epochs may grow.
  ///
  /// - Throws: What JSON encoding throws.
  func recipe(
    _ examples: ExampleSet, source: String, options: (some Encodable)? = String?.none,
    steadying: String? = nil
  ) throws -> String {
    try JSONText.encode(
      Recipe(
        options: options, batch: batch, rate: rate, seed: seed, examples: examples.count,
        source: source, steadying: steadying,
        precision: precision == .single ? nil : precision))
  }

  private struct Recipe<Options: Encodable>: Encodable {
    var options: Options?
    var batch: Int
    var rate: Double
    var seed: UInt64
    var examples: Int
    var source: String
    var steadying: String?
    /// Left out where it is single, as in recipes from before there was a choice.
    var precision: ProductPrecision?
  }

  private static func line(_ report: TrainingLoop.EpochReport, of epochs: Int) -> String {
    let measures = report.measures.map { "\($0.name) \($0.value.formatted(decimals: 3))" }
    return "epoch \(report.epoch) of \(epochs): \(measures.joined(separator: ", ")), "
      + "\(Int(report.throughput)) examples/s"
  }

  private static func write(_ reports: [TrainingLoop.EpochReport], to path: String) throws {
    let names = reports.first?.measures.map(\.name) ?? []
    try CSVWriter.write(
      to: path, columns: ["epoch", "steps"] + names + ["examplesPerSecond", "seconds"]
    ) {
      writer in
      for report in reports {
        try writer.append(
          ["\(report.epoch)", "\(report.steps)"] + report.measures.map { "\($0.value)" }
            + ["\(report.throughput)", "\(report.seconds)"])
      }
    }
  }
}
