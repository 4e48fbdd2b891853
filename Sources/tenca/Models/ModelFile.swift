internal import TencaFormats
internal import TencaGenerative
internal import TencaMarkov
internal import TencaMixture
internal import TencaNumerics
internal import TencaRecognition
internal import TencaRegimes
internal import TencaSynthesis

/// Models on disk.
enum ModelFile {
  /// A model of any kind.
  enum Model {
    case classifier(Classifier)
    case rowClassifier(RowClassifier)
    case rowMixture(RowMixture)
    case sequences(SequenceModel)
    case regimes(SavedRegimes)
    case autoencoder(SavedAutoencoder)
    case generator(SavedGenerator)
    case features(FeatureExtractor)
    case recognizer(Recognizer)
  }

  /// Reads a model of any kind; `-` is standard input. Hidden Markov models may be written down in .json
  /// or come from hmmlearn in .npz.
  ///
  /// - Throws: `FormatError` for a file that cannot be read, ``CommandError/notAModel(reason:)`` for one
  ///   of another format, `RecognitionError` or `MixtureError` for a newer or a damaged model.
  static func read(_ path: String) throws -> Model {
    if path.hasSuffix(".json") || path.hasSuffix(".npz") {
      return .sequences(try writtenModel(path))
    }
    let archive = try archive(path)
    switch archive.metadata["tenca.kind"] {
    case RowClassifier.archiveKind:
      return .rowClassifier(try RowClassifier(archive: archive, path: path))
    case RowMixture.archiveKind:
      return .rowMixture(try saying(path) { try RowMixture(archive: archive) })
    case SequenceModel.archiveKind:
      return .sequences(try saying(path) { try SequenceModel(archive: archive) })
    case SavedRegimes.archiveKind:
      return .regimes(try saying(path) { try SavedRegimes(archive: archive) })
    case SavedAutoencoder.archiveKind:
      return .autoencoder(try saying(path) { try SavedAutoencoder(archive: archive) })
    case SavedGenerator.archiveKind:
      return .generator(try saying(path) { try SavedGenerator(archive: archive) })
    case FeatureExtractor.archiveKind:
      return .features(try saying(path) { try FeatureExtractor(archive: archive) })
    case Recognizer.archiveKind:
      return .recognizer(try Recognizer(archive: archive, path: path))
    default: return .classifier(try Classifier(archive: archive, path: path))
    }
  }

  /// Reads a mixture of rows.
  ///
  /// - Throws: As ``read(_:)``; ``CommandError/notAMixture(path:)`` for a model of another kind.
  static func readRowMixture(_ path: String) throws -> RowMixture {
    guard case .rowMixture(let mixture) = try read(path) else {
      throw CommandError.notAMixture(path: path)
    }
    return mixture
  }

  /// Reads a recogniser.
  ///
  /// - Throws: As ``read(_:)``; ``CommandError/notARecognizer(path:)`` for a model of another kind.
  static func readRecognizer(_ path: String) throws -> Recognizer {
    guard case .recognizer(let model) = try read(path) else {
      throw CommandError.notARecognizer(path: path)
    }
    return model
  }

  /// Reads a classifier of sounds.
  ///
  /// - Throws: As ``read(_:)``; ``CommandError/notAClassifier(path:)`` for a model of another kind.
  static func readClassifier(_ path: String) throws -> Classifier {
    guard case .classifier(let model) = try read(path) else {
      throw CommandError.notAClassifier(path: path)
    }
    return model
  }

  /// Reads a hidden Markov model.
  ///
  /// - Throws: As ``read(_:)``; ``CommandError/notAHiddenMarkovModel(path:)`` for a model of another kind.
  static func readSequenceModel(_ path: String) throws -> SequenceModel {
    guard case .sequences(let model) = try read(path) else {
      throw CommandError.notAHiddenMarkovModel(path: path)
    }
    return model
  }

  /// Reads regimes of a series.
  ///
  /// - Throws: As ``read(_:)``; ``CommandError/notRegimes(path:)`` for a model of another kind.
  static func readRegimes(_ path: String) throws -> SavedRegimes {
    guard case .regimes(let model) = try read(path) else {
      throw CommandError.notRegimes(path: path)
    }
    return model
  }

  /// Reads an autoencoder.
  ///
  /// - Throws: As ``read(_:)``; ``CommandError/hasNoEncoder(path:)`` for a generator, and
  ///   ``CommandError/notGenerative(path:)`` for a model of another kind.
  static func readAutoencoder(_ path: String) throws -> SavedAutoencoder {
    switch try read(path) {
    case .autoencoder(let model): return model
    case .generator: throw CommandError.hasNoEncoder(path: path)
    default: throw CommandError.notGenerative(path: path)
    }
  }

  /// Reads a model that makes examples of codes.
  ///
  /// - Throws: As ``read(_:)``; ``CommandError/notGenerative(path:)`` for a model of another kind.
  static func readGenerative(_ path: String) throws -> any GenerativeModel {
    switch try read(path) {
    case .autoencoder(let model): return model
    case .generator(let model): return model
    default: throw CommandError.notGenerative(path: path)
    }
  }

  /// Reads a model whose codes can be drawn.
  ///
  /// - Throws: As ``readGenerative(_:)``; ``CommandError/cannotGenerate(path:)`` for a plain autoencoder.
  static func readSampling(
    _ path: String, _ codes: CodeSource = .fitted
  ) throws -> any GenerativeModel {
    let model = try readGenerative(path)
    try (model as? SavedAutoencoder)?.requireCodes(codes, path: path)
    return model
  }

  /// Reads a feature extractor.
  ///
  /// - Throws: `FormatError` and ``CommandError/notAModel(reason:)``, also for a model of another kind.
  static func readFeatureExtractor(_ path: String) throws -> FeatureExtractor {
    let archive = try archive(path)
    return try saying(path) { try FeatureExtractor(archive: archive) }
  }

  /// What `body` makes of a model file; what it throws is said to be wrong with the file.
  private static func saying<Model>(_ path: String, _ body: () throws -> Model) throws -> Model {
    do {
      return try body()
    } catch {
      throw CommandError.notAModel(reason: "\(path): \(error).")
    }
  }

  /// Parameters in JSON, or hmmlearn's in NPZ.
  private static func writtenModel(_ path: String) throws -> SequenceModel {
    do {
      if path.hasSuffix(".json") {
        let bytes = try FileBytes(path: path).withBytes { span in
          span.withUnsafeBytes { Array($0) }
        }
        return try SequenceModel(json: bytes)
      }
      let arrays = try NPZ.read(path: path).map { ($0.name, $0.array) }
      let model = try HiddenMarkovModel<AnyEmission>(
        hmmlearn: Dictionary(arrays) { first, _ in first })
      return try SequenceModel(
        model, columns: (0..<model.emission.columnCount).map(String.init))
    } catch  where !(error is FormatError) {
      throw CommandError.badParameters(path: path, reason: "\(error)")
    }
  }

  /// Writes what a model was saved as.
  static func write(_ archive: Archive, to path: String) throws {
    var archive = archive
    archive.metadata["tenca.version"] = Tenca.version
    try SafeTensors.write(archive, to: path)
  }

  private static func archive(_ path: String) throws -> Archive {
    do {
      return try SafeTensors.read(path: path)
    } catch let error as FormatError {
      switch error {
      case .unreadable, .empty: throw error
      default: throw CommandError.notAModel(reason: "\(error)")
      }
    }
  }
}
