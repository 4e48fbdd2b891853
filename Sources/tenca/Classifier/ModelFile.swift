internal import TencaFormats
internal import TencaNumerics
internal import TencaRecognition

/// Models on disk.
enum ModelFile {
  /// Reads a classifier.
  static func readClassifier(_ path: String) throws -> Classifier {
    try Classifier(archive: try SafeTensors.read(path: path), path: path)
  }

  /// Writes a classifier.
  static func write(_ classifier: Classifier, to path: String) throws {
    var archive = try classifier.archive()
    archive.metadata["tenca.version"] = Tenca.version
    try SafeTensors.write(archive, to: path)
  }
}
