public import TencaNeural
public import TencaNumerics

/// A generator with what is needed to use it: as it lies in a model file.
public struct SavedGenerator: GenerativeModel {
  /// The kind that a model file names.
  public static let archiveKind = "generator"

  /// How it was built and what it played.
  public let options: AdversarialOptions
  /// The network.
  public let generator: Generator
  /// Brings examples of its training data to 0...1; nil where they lie there.
  public let scaling: ExampleScaling?
  /// The classes that it can be asked for; empty for none.
  public let classNames: [String]
  /// How sounds become examples and examples sounds, as whoever made it wrote it down; nil for pictures.
  public let representation: String?
  /// Where it was learned.
  public let training: TrainingOrigin

  /// Puts the parts together.
  public init(
    _ generator: Generator, _ options: AdversarialOptions, scaling: ExampleScaling?,
    classNames: [String], representation: String? = nil, training: TrainingOrigin
  ) {
    (self.generator, self.options, self.scaling) = (generator, options, scaling)
    self.classNames = classNames
    (self.representation, self.training) = (representation, training)
  }

  /// The size of what it makes.
  public var shape: ExampleShape { options.shape }

  /// The numbers of noise that make an example.
  public var codeCount: Int { options.noiseCount }

  /// What noise becomes.
  public func decoded(_ codes: Tensor, classes: [Int]?) -> Tensor {
    generator.made(of: codes, classes: classes).scaled(by: 0.5, plus: 0.5)
  }

  /// Examples of standard normal noise.
  public func sampled(
    _ count: Int, classes: [Int]?, temperature: Double = 1, fromPrior: Bool = true,
    _ random: inout RandomStream
  ) -> Tensor {
    decoded(
      Tensor(normal: [count, codeCount], deviation: temperature, from: &random), classes: classes)
  }

  private struct Header: Codable {
    var options: AdversarialOptions
    var scaling: ExampleScaling?
    var classNames: [String]
    var representation: String?
    var training: TrainingOrigin
  }

  /// What is written to a file.
  ///
  /// - Throws: What JSON encoding throws.
  public func archive() throws -> Archive {
    var archive = Archive(arrays: generator.arrays())
    try archive.describe(
      Header(
        options: options, scaling: scaling, classNames: classNames,
        representation: representation, training: training),
      kind: Self.archiveKind, format: 1)
    return archive
  }

  /// Reads what ``archive()`` wrote.
  ///
  /// - Throws: `ArchiveDescriptionError`, `NeuralError`, ``GenerativeError``.
  public init(archive: Archive) throws {
    let header: Header = try archive.description(kind: Self.archiveKind, newest: 1)
    try header.options.check()
    var random = RandomStream(seed: 0)
    var generator = Generator(header.options, &random)
    try generator.load(archive.arrays)
    self.init(
      generator, header.options, scaling: header.scaling, classNames: header.classNames,
      representation: header.representation, training: header.training)
  }
}
