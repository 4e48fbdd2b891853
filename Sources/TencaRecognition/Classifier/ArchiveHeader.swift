internal import TencaMixture
internal import TencaNumerics

/// What all models of this module are saved as: a description, and one mixture a class.
extension Archive {
  /// Adds arrays `mixture.<class number>.…`.
  mutating func add(_ mixtures: [GaussianMixture]) {
    for (index, mixture) in mixtures.enumerated() {
      mixture.write(into: &self, prefix: "mixture.\(index).")
    }
  }

  /// Reads the description of a model of this kind.
  ///
  /// - Throws: ``RecognitionError/wrongKind(path:found:expected:)``,
  ///   ``RecognitionError/newerFormat(path:found:newest:)``,
  ///   ``RecognitionError/damagedModel(path:reason:)``.
  func description<Header: Decodable>(
    kind: String, newest: Int, path: String
  ) throws -> Header {
    do {
      return try description(kind: kind, newest: newest)
    } catch let error as ArchiveDescriptionError {
      switch error {
      case .wrongKind(let found, let expected):
        throw RecognitionError.wrongKind(path: path, found: found, expected: expected)
      case .newerFormat(let found, let newest):
        throw RecognitionError.newerFormat(path: path, found: found, newest: newest)
      case .damaged(let reason):
        throw RecognitionError.damagedModel(path: path, reason: reason)
      }
    }
  }

  /// Reads the mixtures of so many classes.
  ///
  /// - Throws: ``RecognitionError/damagedModel(path:reason:)``.
  func mixtures(_ count: Int, path: String) throws -> [GaussianMixture] {
    try (0..<count).map { index in
      do {
        return try GaussianMixture(archive: self, prefix: "mixture.\(index).")
      } catch {
        throw RecognitionError.damagedModel(path: path, reason: "\(error)")
      }
    }
  }
}
