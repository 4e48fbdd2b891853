import ArgumentParser
internal import TencaFormats
internal import TencaGenerative
internal import TencaNeural
internal import TencaNumerics

/// `tenca interpolate`.
struct InterpolateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interpolate", abstract: "Go from one example to another through a model's codes.",
    usage: "tenca interpolate [<options>] <model> [<data>] --output <output>",
    discussion: """
        tenca interpolate clothes.tenca fashion-mnist/ --from 3 --to 8 -o way.png
        tenca interpolate clothes.tenca -o way.png --path straight --steps 16

      Without data the way leads between two codes drawn at random; a generator makes
      no codes of examples, so it goes without.
      """)

  @Argument(help: "A model of tenca train vae or tenca train gan.", completion: .file())
  var model: String

  @Argument(help: "Examples as the model was trained on.", completion: .file())
  var data: String?

  @Option(help: "Example, counted from 0, at which the way begins.")
  var from = 0

  @Option(help: "Example at which it ends.")
  var to = 1

  @Option(help: "Examples on the way, both ends included.")
  var steps = 10

  @Option(
    help: "spherical, along lengths that codes usually have, or straight.",
    transform: { try namedValue($0, CodePath.self) })
  var path = CodePath.spherical

  @Option(
    name: .customLong("class"),
    help: "The class of the examples on the way, for a model that is told classes.")
  var className: String?

  @Option(help: "Seed of random ends.")
  var seed: UInt64 = 1

  @Option(name: .shortAndLong, help: "A .png, an .npy, or a folder.", completion: .file())
  var output: String

  @OptionGroup var work: WorkOptions

  func validate() throws {
    if !(2...1000).contains(steps) { throw ValidationError("--steps \(steps): from 2 to 1000.") }
    if from < 0 || to < 0 { throw ValidationError("examples are counted from 0.") }
  }

  func run() throws {
    try work.run { execution in
      NetworkThreads.count = execution.threads
      let saved = try ModelFile.readGenerative(model)
      let target = try ExampleOutput(output, format: nil, codec: try saved.codec())
      let (a, b, found) = try ends(saved, execution)
      let codes = path.codes(from: a, to: b, steps: steps)
      let index = try className.map { try saved.classIndex($0) } ?? found
      let classes = saved.classNames.isEmpty ? nil : Array(repeating: index ?? 0, count: steps)
      let examples = saved.decoded(codes, classes: classes).floatArray
      try target.write(
        examples, shape: saved.shape, names: (1...steps).map { "\($0)" },
        columns: steps, seed: seed, execution: execution)
    }
  }

  /// The codes at both ends, and the class of the first.
  private func ends(
    _ model: any GenerativeModel, _ execution: Execution
  ) throws -> ([Double], [Double], Int?) {
    guard let data else {
      var random = RandomStream(seed: seed)
      let codes = Tensor(normal: [2, model.codeCount], from: &random)
      return (codes.sliced(0, 0..<1).elements, codes.sliced(0, 1..<2).elements, nil)
    }
    guard let saved = model as? SavedAutoencoder else {
      throw CommandError.hasNoEncoder(path: self.model)
    }
    let examples = try saved.examples(at: data, split: .all, limit: nil, execution)
    guard max(from, to) < examples.count else {
      throw ValidationError("--from \(from) --to \(to): \(data) has \(examples.count) examples.")
    }
    let classes = saved.classes(examples).map { [$0[from], $0[to]] }
    let codes = saved.network.codes(
      examples.tensor([from, to], saved.scaling), classes: classes
    ).mean
    return (codes.sliced(0, 0..<1).elements, codes.sliced(0, 1..<2).elements, classes?[0])
  }
}

/// `tenca traverse`.
struct TraverseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "traverse", abstract: "Show what each number of a model's code does.",
    usage: "tenca traverse [<options>] <model> --output <output>",
    discussion: """
        tenca traverse clothes.tenca -o numbers.png --steps 11 --reach 3

      Every row moves one number of the code from -reach to +reach while the others
      stay at 0.
      """)

  @Argument(help: "A model of tenca train vae or tenca train gan.", completion: .file())
  var model: String

  @Option(help: "Examples in a row.")
  var steps = 11

  @Option(help: "How far a number is moved, in standard deviations.")
  var reach = 3.0

  @Option(help: "Show the first so many numbers.")
  var numbers: Int?

  @Option(
    name: .customLong("class"), help: "The class of the examples, for a model that is told classes."
  )
  var className: String?

  @Option(name: .shortAndLong, help: "A .png or an .npy.", completion: .file())
  var output: String

  @OptionGroup var work: WorkOptions

  func validate() throws {
    if !(2...100).contains(steps) { throw ValidationError("--steps \(steps): from 2 to 100.") }
    if !(reach > 0 && reach.isFinite) { throw ValidationError("--reach \(reach): above 0.") }
    if let numbers, numbers < 1 { throw ValidationError("--numbers \(numbers): at least 1.") }
  }

  func run() throws {
    try work.run { execution in
      NetworkThreads.count = execution.threads
      let saved = try ModelFile.readGenerative(model)
      let target = try ExampleOutput(output, format: nil, codec: try saved.codec())
      let latent = saved.codeCount
      let shown = min(numbers ?? latent, latent)
      var rows = [Double](repeating: 0, count: shown * steps * latent)
      for number in 0..<shown {
        for step in 0..<steps {
          rows[(number * steps + step) * latent + number] =
            reach * (2 * Double(step) / Double(steps - 1) - 1)
        }
      }
      let index = try className.map { try saved.classIndex($0) } ?? 0
      let classes = saved.classNames.isEmpty ? nil : Array(repeating: index, count: shown * steps)
      let examples = saved.decoded(
        Tensor(rows, shape: [shown * steps, latent]), classes: classes)
      try target.write(
        examples.floatArray, shape: saved.shape,
        names: (1...shown * steps).map { "\($0)" }, columns: steps, seed: 1, execution: execution)
    }
  }
}
