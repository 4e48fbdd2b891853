internal import TencaAudio
internal import TencaFormats
public import TencaNumerics

/// Where a recogniser's features come from.
struct FeatureSource: Sendable {
  /// Nil where features come as matrices.
  let loader: FeatureLoader?
  let options: RecognizerOptions

  /// frames × columns of a sound, or of the static rows of a `.npy` file.
  func features(at path: String, cancellation: Cancellation) throws -> NDArray<Float> {
    if path.hasSuffix(".npy") {
      let matrix = try NPY.read(path: path).asFloat
      guard matrix.rank == 2, matrix.rows > 0 else {
        throw RecognitionError.badFeatures(
          reason: "\(path) has the shape \(matrix.shape), not frames × coefficients")
      }
      return try options.frontEnd.finishing(matrix)
    }
    guard let loader else {
      throw RecognitionError.badFeatures(
        reason: "\(path) is a sound, and the model learned from .npy matrices")
    }
    return try loader.load(path, cancellation: cancellation).features
  }
}

/// What turns files into a recogniser's features: made once for many of them.
public struct RecognizerFrontEnd: Sendable {
  let source: FeatureSource
  private let recognizer: Recognizer

  /// Seconds from one frame to the next; of matrices, whose step is not known, a hundredth.
  public let hopSeconds: Double

  fileprivate init(_ recognizer: Recognizer) throws {
    let options = recognizer.options
    let loader = try recognizer.sampleRate.map {
      try FeatureLoader(
        options.frontEnd, sampleRate: $0, channel: options.channel, strictRate: false)
    }
    self.recognizer = recognizer
    source = FeatureSource(loader: loader, options: options)
    hopSeconds = loader?.extractor.hopSeconds ?? 0.01
  }

  /// The features of a file, normalised by itself.
  ///
  /// - Throws: `AudioError`, `FormatError`, ``RecognitionError``.
  public func features(at path: String, cancellation: Cancellation) throws -> NDArray<Float> {
    let features = try source.features(at: path, cancellation: cancellation)
    let item = TranscribedSet.Item(name: path, words: [], speaker: nil, features: features)
    return recognizer.normalized(TranscribedSet(items: [item]))[0]
  }
}

extension Recognizer {
  /// What turns files into this recogniser's features.
  ///
  /// - Throws: `AudioError.invalidOption`.
  public func frontEnd() throws -> RecognizerFrontEnd { try RecognizerFrontEnd(self) }

  /// The features of a set, its voices taken out as training took them out, and projected.
  func normalized(_ set: TranscribedSet) -> [NDArray<Float>] {
    let features = set.normalized(options.normalization, prior: rawStatistics)
    guard let projection else { return features }
    return features.map { projection.applied(to: $0) }
  }
}
