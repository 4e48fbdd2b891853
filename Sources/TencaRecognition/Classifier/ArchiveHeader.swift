internal import FoundationEssentials
internal import TencaMixture
internal import TencaNumerics

/// What all models of this module are saved as: one mixture a class, and as metadata the kind, the
/// format and a description in JSON under the name `tenca.<kind>`.
extension Archive {
  /// Adds arrays `mixture.<class number>.…`.
  mutating func add(_ mixtures: [GaussianMixture]) {
    for (index, mixture) in mixtures.enumerated() {
      mixture.write(into: &self, prefix: "mixture.\(index).")
    }
  }

  /// Adds kind, format and description.
  ///
  /// - Throws: What JSON encoding throws.
  mutating func describe(_ header: some Encodable, kind: String, format: Int) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    metadata["tenca.kind"] = kind
    metadata["tenca.format"] = String(format)
    metadata["tenca.\(kind)"] = String(decoding: try encoder.encode(header), as: UTF8.self)
  }

  /// Reads the description of a model of this kind.
  ///
  /// - Throws: ``RecognitionError/wrongKind(path:found:expected:)``,
  ///   ``RecognitionError/newerFormat(path:found:newest:)``,
  ///   ``RecognitionError/damagedModel(path:reason:)``.
  func description<Header: Decodable>(
    kind: String, newest: Int, path: String
  ) throws -> Header {
    let found = metadata["tenca.kind"] ?? "not a tenca model"
    guard found == kind else {
      throw RecognitionError.wrongKind(path: path, found: found, expected: kind)
    }
    let text = metadata["tenca.format"] ?? ""
    guard let format = Int(text), format >= 1 else {
      throw RecognitionError.damagedModel(path: path, reason: "its format is '\(text)'")
    }
    guard format <= newest else {
      throw RecognitionError.newerFormat(path: path, found: format, newest: newest)
    }
    do {
      return try JSONDecoder().decode(
        Header.self, from: Data((metadata["tenca.\(kind)"] ?? "").utf8))
    } catch let error as DecodingError {
      throw RecognitionError.damagedModel(
        path: path, reason: "its description, tenca.\(kind), \(error.problem)")
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

extension DecodingError {
  /// What is wrong with a JSON text, and where.
  fileprivate var problem: String {
    switch self {
    case .keyNotFound(let key, let context):
      "has no '\(key.stringValue)'" + Self.place(context)
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "holds a value of the wrong type" + Self.place(context)
    case .dataCorrupted(let context):
      context.codingPath.isEmpty ? "is not valid JSON" : "holds a wrong value" + Self.place(context)
    @unknown default: "is not valid JSON"
    }
  }

  private static func place(_ context: Context) -> String {
    let path = context.codingPath.map(\.stringValue).joined(separator: ".")
    return path.isEmpty ? "" : " in '\(path)'"
  }
}
