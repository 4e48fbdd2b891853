import ArgumentParser
internal import TencaFormats
internal import TencaGenerative
internal import TencaNeural
internal import TencaNumerics
internal import TencaPlot

/// Which examples go through a model's code.
struct CodedExamples: ParsableArguments {
  @Argument(help: "A model of tenca train vae.", completion: .file())
  var model: String

  @Argument(help: "Examples as the model was trained on.", completion: .file())
  var data: String

  @Option(name: .shortAndLong, help: "Where to write.", completion: .file())
  var output: String

  @Option(
    help: "Part of the data: train, validation, test or all.",
    transform: { try namedValue($0, ExampleSplit.self) })
  var split = ExampleSplit.all

  @Option(help: "Take the first so many examples only.")
  var limit: Int?

  /// The model and its examples.
  ///
  /// - Throws: `GenerativeError.otherShape` for examples of another size, and what reading throws.
  func read(
    _ execution: Execution, limit: Int? = nil
  ) throws -> (SavedAutoencoder, ExampleSet) {
    NetworkThreads.count = execution.threads
    let saved = try ModelFile.readAutoencoder(model)
    return (
      saved, try saved.examples(at: data, split: split, limit: limit ?? self.limit, execution)
    )
  }
}

extension GenerativeModel {
  /// Examples for this model.
  ///
  /// - Throws: `GenerativeError.otherShape`, and what reading throws.
  func examples(
    at path: String, split: ExampleSplit, limit: Int?, _ execution: Execution
  ) throws -> ExampleSet {
    let examples = try GenerativeData.read(
      path, ExampleRequest(limit: limit), split: split, codec: try codec(), execution: execution
    ).examples
    guard examples.shape == shape else {
      throw GenerativeError.otherShape(
        path: path, found: "\(examples.shape)", expected: "\(shape)")
    }
    if !classNames.isEmpty && examples.labels == nil {
      throw GenerativeError.unlabelled(path: path, place: "its examples")
    }
    return examples
  }

  /// The classes of examples, where the model is told them.
  func classes(_ examples: ExampleSet) -> [Int]? {
    classNames.isEmpty ? nil : examples.labels
  }
}

/// `tenca reconstruct`.
struct ReconstructCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconstruct", abstract: "Send examples through an autoencoder's code and back.",
    usage: "tenca reconstruct [<options>] <model> <data> --output <output>",
    discussion: """
        tenca reconstruct clothes.tenca fashion-mnist/ --split test -o pairs.png

      On a sheet every second row shows what became of the row above it. An .npy holds
      the reconstructions alone.
      """)

  @OptionGroup var input: CodedExamples
  @OptionGroup var work: WorkOptions

  func run() throws {
    try work.run { execution in
      let (saved, examples) = try input.read(execution, limit: input.limit ?? 32)
      let target = try ExampleOutput(input.output, format: nil, codec: try saved.codec())
      let x = examples.tensor(0..<examples.count, saved.scaling)
      let back = saved.network.reconstructed(x, classes: saved.classes(examples))
      let shape = saved.network.options.shape
      guard input.output.hasSuffix(".png") else {
        return try target.write(
          back.floatArray, shape: shape, names: (1...examples.count).map { "\($0)" }, seed: 1,
          execution: execution)
      }
      let columns = min(examples.count, 16)
      var rows: [NDArray<Float>] = []
      for first in stride(from: 0, to: examples.count, by: columns) {
        let row = first..<min(first + columns, examples.count)
        for tensor in [x, back] {
          let part = tensor.sliced(0, row)
          rows.append(part.padded(0, before: 0, after: columns - row.count).floatArray)
        }
      }
      try target.write(
        NDArray.concatenated(rows), shape: shape, names: [], columns: columns, seed: 1,
        execution: execution)
    }
  }
}

/// `tenca encode`.
struct EncodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "encode", abstract: "Write the codes of examples to an .npy file.",
    usage: "tenca encode [<options>] <model> <data> --output <output>",
    discussion: #"""
        tenca encode clothes.tenca fashion-mnist/ --split test -o codes.npy \
          --picture codes.png

      One row an example, the means of its code. A picture shows them as points,
      coloured by class: of long codes the two principal components.
      """#)

  @OptionGroup var input: CodedExamples

  @Option(help: "Draw the codes as points to a .png, .svg or .pdf.", completion: .file())
  var picture: String?

  @OptionGroup var work: WorkOptions

  func validate() throws {
    if !input.output.hasSuffix(".npy") {
      throw ValidationError("-o \(input.output): codes are written to .npy.")
    }
  }

  func run() throws {
    try OutputPath.check(input.output)
    if let picture { try OutputPath.checkPicture(picture) }
    try work.run { execution in
      let (saved, examples) = try input.read(execution)
      let parts = try batches(of: examples.count).map { batch in
        try execution.cancellation.check()
        let classes = saved.classes(examples).map { Array($0[batch]) }
        return saved.network.codes(examples.tensor(batch, saved.scaling), classes: classes).mean
          .floatArray
      }
      let codes = NDArray.concatenated(parts)
      try NPY.write(codes, to: input.output)
      if let picture {
        try CodePicture.chart(codes.converted(to: Double.self), of: examples).write(to: picture)
      }
    }
  }
}
