import ArgumentParser
internal import TencaAudio
internal import TencaNumerics
internal import TencaRecognition

/// What all kinds of features are asked with.
struct FeatureArguments: ParsableArguments {
  @Argument(help: "Sound files or folders; - is standard input.", completion: .file())
  var inputs: [String]

  @OptionGroup(title: "Main options") var main: FeatureOptions

  /// Computes the features of a front end.
  func run(_ options: FrontEndOptions, _ work: WorkOptions) throws {
    let sounds = try SoundInputs(inputs)
    let failures = try work.run { execution in
      if sounds.files.isEmpty { return [Failure]() }
      let destination = try main.destination(of: sounds)
      try destination.checkWritable()
      let source = FeatureSource(
        options: options, rate: main.rate, strictRate: main.strictRate, channel: main.channel,
        logger: work.logger, cancellation: execution.cancellation)
      return try FeatureJob(source: source, destination: destination, execution: execution)
        .run(sounds.files)
    }
    try BatchFailures.report(
      sounds.failures + failures, of: sounds.failures.count + sounds.files.count)
  }
}

/// Where features go, and of what.
struct FeatureOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: "Output file, or folder for many inputs; - is standard output.", completion: .file())
  var output: String?

  @Option(help: "Format of the output. Default: by its extension; npy in a folder, else csv.")
  var format: FeatureFormat?

  @Option(help: "Whose numbers: the defaults of a toolkit.")
  var convention = Convention.kaldi

  @Option(help: "Resample to this rate, in hertz. Default: each file's own.")
  var rate: Int?

  @Flag(help: "Refuse files of another rate than --rate instead of resampling them.")
  var strictRate = false

  @Option(help: "What is made of several channels.")
  var channel = ChannelPolicy.mix

  func validate() throws {
    if let rate, rate < 1 { throw ValidationError("--rate \(rate): a positive number of hertz.") }
    if strictRate && rate == nil { throw ValidationError("--strict-rate needs --rate.") }
  }

  /// - Throws: `ValidationError` where the inputs do not fit into the output.
  func destination(of sounds: SoundInputs) throws -> FeatureDestination {
    try FeatureDestination(
      output: output, format: format, isSingle: sounds.files.count == 1 && !sounds.hasFolder)
  }
}
