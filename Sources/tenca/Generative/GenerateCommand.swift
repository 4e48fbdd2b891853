import ArgumentParser
internal import Logging
internal import TencaFormats
internal import TencaGenerative
internal import TencaNeural
internal import TencaNumerics

/// Where codes of new examples come from.
enum CodeSource: String, CaseIterable {
  /// The distribution that the codes of the training examples have.
  case fitted
  /// The standard normal distribution.
  case prior
}

extension SavedAutoencoder {
  /// Checks that codes can be drawn from a source. Those of a plain autoencoder lie anywhere, so it
  /// takes the prior only of someone who asks for it, to see what comes.
  ///
  /// - Throws: ``CommandError/cannotGenerate(path:)``.
  func requireCodes(_ source: CodeSource, path: String) throws {
    guard network.options.isVariational || source == .prior else {
      throw CommandError.cannotGenerate(path: path)
    }
  }
}

/// `tenca generate`.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Make new pictures or sounds with a generative model.",
    usage: "tenca generate [<options>] <model> --output <output>",
    discussion: """
        tenca generate clothes.tenca -n 64 -o grid.png
        tenca generate clothes.tenca -n 16 --class sneaker -o sneakers.png
        tenca generate digits.tenca -n 8 -o out/ --format wav,png,npy
        tenca generate shapes-gan.tenca -n 64 --seed 7 -o grid.png

      A path that ends in .png is one sheet, in .npy one array; any other is a folder
      with files of its own for every example.
      """)

  @Argument(help: "A model of tenca train vae or tenca train gan.", completion: .file())
  var model: String

  @Option(name: [.customShort("n"), .long], help: "Examples to make.")
  var count = 16

  @Option(name: .shortAndLong, help: "A .png, an .npy, or a folder.", completion: .file())
  var output: String

  @Option(name: .customLong("class"), help: "Make examples of this class; else of all in turn.")
  var className: String?

  @Option(help: "Deviation of codes: below 1 more usual examples, above 1 odder ones.")
  var temperature = 1.0

  @Option(
    help: "Draw codes as training examples have them (fitted) or from the prior.",
    transform: { try namedValue($0, CodeSource.self) })
  var codes = CodeSource.fitted

  @Option(help: "Seed: the same seed gives the same examples.")
  var seed: UInt64 = 1

  @Option(help: "For a folder: wav, png, npy, several with commas between them.")
  var format: String?

  @OptionGroup var work: WorkOptions

  func validate() throws {
    if !(1...100_000).contains(count) {
      throw ValidationError("--count \(count): a number from 1 to 100000.")
    }
    if !(temperature >= 0 && temperature.isFinite) {
      throw ValidationError("--temperature \(temperature): a number of at least 0.")
    }
  }

  func run() throws {
    try work.run { execution in
      NetworkThreads.count = execution.threads
      let saved = try ModelFile.readSampling(model, codes)
      let target = try ExampleOutput(output, format: format, codec: try saved.codec())
      let classes = try chosenClasses(saved)
      var random = RandomStream(seed: seed)
      let examples = saved.sampled(
        count, classes: classes, temperature: temperature, fromPrior: codes == .prior, &random)
      let names = (0..<count).map { index in
        let padded = "\(index + 1)".zeroPadded(to: 3)
        return classes.map { "\(padded)-\(saved.classNames[$0[index]])" } ?? padded
      }
      try target.write(
        examples.floatArray, shape: saved.shape, names: names, seed: seed,
        execution: execution)
      work.logger.info("wrote \(output)")
    }
  }

  /// The class of every example; nil for a model without classes.
  private func chosenClasses(_ saved: any GenerativeModel) throws -> [Int]? {
    if let className {
      let index = try saved.classIndex(className)
      return Array(repeating: index, count: count)
    }
    return saved.classesInTurn(count)
  }
}
