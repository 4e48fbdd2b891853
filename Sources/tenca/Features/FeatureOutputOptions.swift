import ArgumentParser

/// Where rows of numbers go.
struct FeatureOutputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: "Output file, or folder for many inputs; - is standard output.", completion: .file())
  var output: String?

  @Option(help: "Format of the output. Default: by its extension; npy in a folder, else csv.")
  var format: FeatureFormat?

  /// - Throws: `ValidationError` where the inputs do not fit into the output.
  func destination(of sounds: SoundInputs) throws -> FeatureDestination {
    try FeatureDestination(
      output: output, format: format, isSingle: sounds.files.count == 1 && !sounds.hasFolder)
  }
}
