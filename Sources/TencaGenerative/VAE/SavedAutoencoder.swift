public import TencaNeural
public import TencaNumerics

/// An autoencoder with what is needed to use it: as it lies in a model file.
public struct SavedAutoencoder: GenerativeModel {
  /// The kind that a model file names.
  public static let archiveKind = "autoencoder"

  /// The network.
  public var network: Autoencoder
  /// Where the codes of what it was trained on lie; nil for a plain autoencoder.
  public var codeDensity: CodeDensity?
  /// What examples go through first.
  public var scaling: ExampleScaling?
  /// The classes of the training data; empty for none.
  public var classNames: [String]
  /// How sounds become examples and examples sounds, as whoever made it wrote it down; nil for pictures.
  public var representation: String?
  /// Where it was learned, in how many epochs, under which seed.
  public var training: TrainingOrigin

  /// Puts the parts together.
  public init(
    _ network: Autoencoder, codeDensity: CodeDensity?, scaling: ExampleScaling?,
    classNames: [String],
    representation: String? = nil, training: TrainingOrigin
  ) {
    (self.network, self.codeDensity) = (network, codeDensity)
    (self.scaling, self.classNames) = (scaling, classNames)
    (self.representation, self.training) = (representation, training)
  }

  /// The size of what it makes.
  public var shape: ExampleShape { network.options.shape }

  /// The numbers of a code.
  public var codeCount: Int { network.options.latentCount }

  /// Examples for codes.
  public func decoded(_ codes: Tensor, classes: [Int]?) -> Tensor {
    network.decoded(codes, classes: classes)
  }

  private static let densityNames = (means: "codes.means", factors: "codes.factors")

  /// New examples, of codes drawn as those of the training examples lie, or from the standard normal.
  ///
  /// - Parameters:
  ///   - classes: The class of each; nil for a model without classes.
  ///   - temperature: Multiplies the deviations of codes; below 1 for more usual examples.
  ///   - fromPrior: Whether the standard normal is drawn from although ``codeDensity`` is known.
  /// - Returns: examples × height × width × channels.
  public func sampled(
    _ count: Int, classes: [Int]?, temperature: Double = 1, fromPrior: Bool = false,
    _ random: inout RandomStream
  ) -> Tensor {
    guard let codeDensity, !fromPrior else {
      return network.sampled(count, classes: classes, temperature: temperature, &random)
    }
    let codes = codeDensity.codes(
      count, classes: classes, temperature: temperature, &random)
    return network.decoded(codes, classes: classes)
  }

  private struct Header: Codable {
    var options: AutoencoderOptions
    var scaling: ExampleScaling?
    var classNames: [String]
    var representation: String?
    var training: TrainingOrigin
  }

  /// What is written to a file.
  ///
  /// - Throws: What JSON encoding throws.
  public func archive() throws -> Archive {
    var archive = Archive(arrays: network.arrays())
    if let codeDensity {
      archive.arrays[Self.densityNames.means] = .double(codeDensity.means)
      archive.arrays[Self.densityNames.factors] = .double(codeDensity.factors)
    }
    try archive.describe(
      Header(
        options: network.options, scaling: scaling, classNames: classNames,
        representation: representation, training: training),
      kind: Self.archiveKind, format: 1)
    return archive
  }

  /// Reads what ``archive()`` wrote.
  ///
  /// - Throws: `ArchiveDescriptionError`, `NeuralError`, ``GenerativeError``.
  public init(archive: Archive) throws {
    let header: Header = try archive.description(kind: Self.archiveKind, newest: 1)
    var random = RandomStream(seed: 0)
    var network = try Autoencoder(header.options, random: &random)
    try network.load(archive.arrays)
    var density: CodeDensity?
    if let means = archive.arrays[Self.densityNames.means],
      let factors = archive.arrays[Self.densityNames.factors]
    {
      let (groups, order) = (max(header.options.classCount, 1), header.options.latentCount)
      for (name, array, shape) in [
        (Self.densityNames.means, means, [groups, order]),
        (Self.densityNames.factors, factors, [groups, order, order]),
      ] where array.shape != shape {
        throw NeuralError.wrongShape(name: name, found: array.shape, expected: shape)
      }
      density = CodeDensity(means: means.asDouble, factors: factors.asDouble)
    }
    self.init(
      network, codeDensity: density, scaling: header.scaling, classNames: header.classNames,
      representation: header.representation, training: header.training)
  }
}
