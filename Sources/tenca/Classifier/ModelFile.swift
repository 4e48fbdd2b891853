internal import TencaFormats
internal import TencaNumerics
internal import TencaRecognition

/// Models on disk.
enum ModelFile {
  /// Reads a classifier; `-` is standard input.
  ///
  /// - Throws: `FormatError` for a file that cannot be read, ``CommandError/notAModel(reason:)`` for one
  ///   of another format, `RecognitionError` for a model of another kind, a newer or a damaged one.
  static func readClassifier(_ path: String) throws -> Classifier {
    let archive: Archive
    do {
      archive = try SafeTensors.read(path: path)
    } catch let error as FormatError {
      switch error {
      case .unreadable, .empty: throw error
      default: throw CommandError.notAModel(reason: "\(error)")
      }
    }
    return try Classifier(archive: archive, path: path)
  }

  /// Writes what a model was saved as.
  static func write(_ archive: Archive, to path: String) throws {
    var archive = archive
    archive.metadata["tenca.version"] = Tenca.version
    try SafeTensors.write(archive, to: path)
  }
}
