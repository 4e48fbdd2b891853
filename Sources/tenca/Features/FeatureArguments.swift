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
      let destination = try main.files.destination(of: sounds)
      try destination.checkWritable()
      let source = FeatureSource(
        options: options, opening: main.sound.opening(work, execution))
      return try FeatureJob(source: source, destination: destination, execution: execution)
        .run(sounds.files)
    }
    try BatchFailures.report(
      sounds.failures + failures, of: sounds.failures.count + sounds.files.count)
  }
}

/// Where features go, and of what.
struct FeatureOptions: ParsableArguments {
  @OptionGroup var files: FeatureOutputOptions

  @Option(help: "Whose numbers: the defaults of a toolkit.")
  var convention = Convention.kaldi

  @OptionGroup var sound: SoundOptions
}
