internal import TencaFormats
internal import TencaMixture
internal import TencaNumerics
internal import TencaRecognition

/// Models on disk.
enum ModelFile {
  /// A model of any kind.
  enum Model {
    case classifier(Classifier)
    case rowClassifier(RowClassifier)
    case rowMixture(RowMixture)
  }

  /// Reads a model of any kind; `-` is standard input.
  ///
  /// - Throws: `FormatError` for a file that cannot be read, ``CommandError/notAModel(reason:)`` for one
  ///   of another format, `RecognitionError` or `MixtureError` for a newer or a damaged model.
  static func read(_ path: String) throws -> Model {
    let archive = try archive(path)
    switch archive.metadata["tenca.kind"] {
    case RowClassifier.archiveKind:
      return .rowClassifier(try RowClassifier(archive: archive, path: path))
    case RowMixture.archiveKind:
      do {
        return .rowMixture(try RowMixture(archive: archive))
      } catch {
        throw CommandError.notAModel(reason: "\(path): \(error).")
      }
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
