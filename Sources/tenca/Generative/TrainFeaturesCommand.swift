import ArgumentParser
internal import Logging
internal import TencaFormats
internal import TencaGenerative
internal import TencaNeural
internal import TencaNumerics

/// `tenca train features`.
struct TrainFeaturesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "features",
    abstract: "Learn the classifier by whose features generated examples are measured.",
    usage: "tenca train features [<options>] <data> --output <output>",
    discussion: #"""
        tenca train features fashion-mnist/ -o clothes-features.tenca
        tenca evaluate clothes.tenca fashion-mnist/ --split test \
          --features clothes-features.tenca

      Train it once for a data set and keep it: scores by different ones cannot be
      compared, which is why reports name its hash.
      """#)

  @Argument(help: "Labelled examples, as for tenca train vae.", completion: .file())
  var data: String

  @OptionGroup(title: "Main options") var main: LearnedPart
  @OptionGroup(title: "Data") var input: ExampleArguments
  @OptionGroup(title: "The run") var training: TrainingArguments
  @OptionGroup var work: WorkOptions

  func run() throws {
    try OutputPath.check(main.output)
    if let metrics = training.metrics { try OutputPath.check(metrics) }
    try work.run { execution in
      NetworkThreads.count = execution.threads
      let examples = try GenerativeData.read(
        data, input.request, split: main.split, execution: execution
      ).examples
      let scaling = ExampleScaling.toUnit(of: examples)
      var trainee = try FeatureTrainee(
        examples, scaling: scaling, rate: training.rate, seed: training.seed)
      try training.run(
        &trainee, output: main.output, recipe: try training.recipe(examples, source: data),
        logger: work.logger, execution: execution)
      let extractor = FeatureExtractor(
        trainee.network, classNames: examples.classNames, source: data)
      try training.write(try extractor.archive(), to: main.output, logger: work.logger)
      work.logger.info("hash \(extractor.hash)")
    }
  }
}
