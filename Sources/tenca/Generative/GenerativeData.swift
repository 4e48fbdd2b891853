import ArgumentParser
internal import FoundationEssentials
internal import TencaFormats
internal import TencaGenerative
internal import TencaNumerics
internal import TencaRecognition
internal import TencaSynthesis

/// Which data a generative model learns from or is measured on.
struct ExampleArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Height x width that pictures are brought to, or of the spectrograms of sounds.",
      valueName: "HxW"))
  var size: PatchSize?

  @Option(
    help: "Sounds become spectrograms: \(PatchOptions.Representation.names).",
    transform: { try namedValue($0, PatchOptions.Representation.self) })
  var representation: PatchOptions.Representation?

  @Option(help: "Sample rate at which sounds are heard. Default: 8000.")
  var rate: Int?

  @Option(help: "How file names of sounds carry labels, such as '{label}_{speaker}_{take}'.")
  var labelsFrom: String?

  @Option(help: "Take the first so many examples only.")
  var limit: Int?

  func validate() throws {
    if let limit, limit < 2 { throw ValidationError("--limit \(limit): at least 2.") }
    if representation == nil && (rate != nil || labelsFrom != nil) {
      throw ValidationError("--rate and --labels-from are for sounds: give --representation.")
    }
  }

  /// What is asked for.
  var request: ExampleRequest {
    ExampleRequest(
      size: size, representation: representation, rate: rate, labelsFrom: labelsFrom, limit: limit)
  }
}

/// Which examples of a data set are wanted, and how they are read.
struct ExampleRequest {
  var size: PatchSize?
  var representation: PatchOptions.Representation?
  var rate: Int?
  var labelsFrom: String?
  var limit: Int?
}

/// Height and width, written `128x64`.
struct PatchSize: ExpressibleByArgument, Equatable {
  var height: Int
  var width: Int

  init?(argument: String) {
    let sides = argument.lowercased().split(separator: "x").map { Int($0) }
    guard sides.count == 2, let height = sides[0], let width = sides[1],
      (1...8192).contains(height), (1...8192).contains(width)
    else { return nil }
    (self.height, self.width) = (height, width)
  }
}

extension PatchOptions.Representation {
  /// The names, in a row.
  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

/// Examples, and what turns them into sound where they were sounds.
struct GenerativeData {
  var examples: ExampleSet
  var codec: SpectrogramPatches?

  /// How sounds become examples, as models note it; nil for pictures.
  var representation: String? {
    get throws { try codec.map { try JSONText.encode($0) } }
  }

  /// The classes that a model is told: those of the examples, or none where it is not conditional.
  ///
  /// - Throws: `ValidationError` where it is, and examples have no labels.
  func classesTold(isConditional: Bool) throws -> [String] {
    if isConditional && examples.labels == nil {
      throw ValidationError("--conditional: \(examples.source) has no labels.")
    }
    return isConditional ? examples.classNames : []
  }

  /// Reads pictures, arrays or sounds.
  ///
  /// - Parameter codec: How sounds become examples; nil to learn it from them.
  /// - Throws: What keeps them from being read.
  static func read(
    _ path: String, _ request: ExampleRequest, split: ExampleSplit,
    codec: SpectrogramPatches? = nil, execution: Execution
  ) throws -> GenerativeData {
    if request.representation != nil || codec != nil {
      return try readSounds(path, request, split, codec, execution)
    }
    var examples = try ExampleSet.read(
      path, split: split, size: request.size.map { ($0.height, $0.width) }, execution: execution)
    for failure in examples.failures {
      Console.say("left out: \(failure.name): \(failure.message)")
    }
    if let limit = request.limit { examples = examples.prefix(limit) }
    return GenerativeData(examples: examples)
  }

  private static func readSounds(
    _ path: String, _ request: ExampleRequest, _ split: ExampleSplit,
    _ codec: SpectrogramPatches?, _ execution: Execution
  ) throws -> GenerativeData {
    var dataset = try Dataset(
      path: path, pattern: try request.labelsFrom.map(FileNamePattern.init))
    let hasParts = dataset.columnNames.contains("split")
    if hasParts && split != .all {
      dataset = try dataset.filtered(column: "split", value: split.rawValue)
    }
    let size = request.size ?? PatchSize(argument: "128x64")!
    let options =
      try codec?.options
      ?? PatchOptions(
        height: size.height, width: size.width, sampleRate: request.rate ?? 8000,
        representation: request.representation ?? .mel)
    let sources = dataset.recordings.prefix(request.limit ?? .max).map {
      PatchSet.Source(path: $0.path, name: $0.name, label: $0.label)
    }
    let set = try PatchSet(
      Array(sources), options: options, statistics: codec?.statistics, execution: execution)
    for failure in set.failures { Console.say("left out: \(failure.message)") }
    let labels = set.classIndices.compactMap { $0 }
    let shape = set.patches.shape
    return GenerativeData(
      examples: try ExampleSet(
        set.patches.reshaped(shape + [1]), labels: labels.count == shape[0] ? labels : nil,
        classNames: set.classes, source: path),
      codec: set.codec)
  }
}

/// A case by its name: library types stay free of the command line.
///
/// - Throws: `ValidationError` that lists the names.
func namedValue<Value: RawRepresentable & CaseIterable>(
  _ text: String, _: Value.Type
) throws -> Value where Value.RawValue == String {
  guard let value = Value(rawValue: text) else {
    let names = Value.allCases.map(\.rawValue).joined(separator: ", ")
    throw ValidationError("'\(text)': give one of \(names).")
  }
  return value
}

extension GenerativeModel {
  /// What turns this model's examples into sound; nil for pictures.
  ///
  /// - Throws: ``CommandError/notAModel(reason:)`` where it cannot be read.
  func codec() throws -> SpectrogramPatches? {
    guard let representation else { return nil }
    do {
      return try JSONDecoder().decode(SpectrogramPatches.self, from: Data(representation.utf8))
    } catch {
      throw CommandError.notAModel(reason: "its description of sounds cannot be read: \(error).")
    }
  }
}
