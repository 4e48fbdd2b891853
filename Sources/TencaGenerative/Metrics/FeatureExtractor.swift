internal import TencaFormats
internal import TencaNeural
public import TencaNumerics

/// A frozen classifier, by whose features samples are compared with real examples.
///
/// Scores by different extractors cannot be compared, so each has a ``hash``.
public struct FeatureExtractor: Sendable {
  /// The kind that a model file names.
  public static let archiveKind = "feature-extractor"

  /// The classifier.
  public let network: FeatureNetwork
  /// Its classes.
  public let classNames: [String]
  /// The data it was trained on.
  public let source: String

  /// Freezes a trained network.
  public init(_ network: FeatureNetwork, classNames: [String], source: String) {
    (self.network, self.classNames, self.source) = (network, classNames, source)
  }

  private struct Header: Codable {
    var shape: ExampleShape
    var classNames: [String]
    var source: String
  }

  /// What is written to a file.
  ///
  /// - Throws: What JSON encoding throws.
  public func archive() throws -> Archive {
    var archive = Archive(arrays: network.arrays())
    try archive.describe(
      Header(shape: network.shape, classNames: classNames, source: source),
      kind: Self.archiveKind, format: 1)
    return archive
  }

  /// Reads what ``archive()`` wrote.
  ///
  /// - Throws: `ArchiveDescriptionError`, `NeuralError`.
  public init(archive: Archive) throws {
    let header: Header = try archive.description(kind: Self.archiveKind, newest: 1)
    var random = RandomStream(seed: 0)
    var network = FeatureNetwork(
      header.shape, classes: header.classNames.count, random: &random)
    try network.load(archive.arrays)
    self.init(network, classNames: header.classNames, source: header.source)
  }

  /// A name for these weights: the 64-bit FNV-1a hash of their bits, in hexadecimal. It tells
  /// extractors apart; it is no protection against forgery.
  public var hash: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for tensor in network.parameters {
      for value in tensor.floatArray.elements {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes in
          for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        }
      }
    }
    return String(hash, radix: 16).zeroPadded(to: 16)
  }

  /// Features and recognised classes of examples.
  ///
  /// - Parameters:
  ///   - examples: Examples of the size that the network takes.
  ///   - scaling: Brings them to 0...1; nil where they lie there.
  ///   - keepsPictures: Whether the examples themselves are kept, for measures of pictures.
  /// - Returns: Also the examples' own labels where their classes are the extractor's.
  /// - Throws: ``GenerativeError/otherShape(path:found:expected:)``; `CancellationError`.
  /// - Complexity: O(examples · operations of the network); without pictures one batch is in memory.
  public func describe(
    _ examples: ExampleSet, scaling: ExampleScaling? = nil, keepsPictures: Bool = true,
    execution: Execution = .serial
  ) throws -> SampleSet {
    guard examples.shape == network.shape else {
      throw GenerativeError.otherShape(
        path: examples.source, found: "\(examples.shape)", expected: "\(network.shape)")
    }
    var features: [Double] = []
    var recognized: [Int] = []
    var pictures: [NDArray<Float>] = []
    let keepsPictures = keepsPictures && Self.canBeSharp(network.shape)
    var pass = ForwardPass.inference
    for batch in batches(of: examples.count) {
      try execution.cancellation.check()
      let x = examples.tensor(batch, scaling)
      if keepsPictures { pictures.append(x.floatArray) }
      let found = withoutRecording { network(x, &pass) }
      features += found.features.elements
      let logits = found.logits.elements
      for row in 0..<batch.count {
        let scores = logits[row * network.classCount..<(row + 1) * network.classCount]
        recognized.append(scores.indices.max { scores[$0] < scores[$1] }! - scores.startIndex)
      }
    }
    return SampleSet(
      features: NDArray(features, shape: [examples.count, FeatureNetwork.featureCount]),
      labels: examples.classNames == classNames ? examples.labels : nil, recognized: recognized,
      images: keepsPictures ? .concatenated(pictures) : nil)
  }

  /// Whether pictures have an inner pixel, whose neighbours ``sharpness(_:set:)`` compares.
  private static func canBeSharp(_ shape: ExampleShape) -> Bool {
    min(shape.height, shape.width) >= 3
  }
}
