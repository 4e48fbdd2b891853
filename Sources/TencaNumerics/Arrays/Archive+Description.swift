internal import FoundationEssentials

/// What is wrong with a stored model's own description; whoever reads it adds which file it was.
package enum ArchiveDescriptionError: Error, Equatable, CustomStringConvertible {
  /// A model of another kind, or no model at all.
  case wrongKind(found: String, expected: String)
  /// A format that this version does not know yet.
  case newerFormat(found: Int, newest: Int)
  /// A description that cannot be read.
  case damaged(reason: String)

  /// What is wrong, to stand behind the name of the file.
  package var description: String {
    switch self {
    case .wrongKind(let found, let expected): "it is '\(found)', not '\(expected)'"
    case .newerFormat(let found, let newest):
      "its format is \(found), newer than \(newest): install a newer tenca"
    case .damaged(let reason): reason
    }
  }
}

/// What every stored model says of itself: the metadata `tenca.kind`, `tenca.format`, and a
/// description in JSON under the name `tenca.<kind>`.
extension Archive {
  /// Adds kind, format and description.
  ///
  /// - Throws: What JSON encoding throws.
  package mutating func describe(_ header: some Encodable, kind: String, format: Int) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    metadata["tenca.kind"] = kind
    metadata["tenca.format"] = String(format)
    metadata["tenca.\(kind)"] = String(decoding: try encoder.encode(header), as: UTF8.self)
  }

  /// Reads the description of a model of this kind.
  ///
  /// - Throws: ``ArchiveDescriptionError``.
  package func description<Header: Decodable>(kind: String, newest: Int) throws -> Header {
    let found = metadata["tenca.kind"] ?? "not a tenca model"
    guard found == kind else {
      throw ArchiveDescriptionError.wrongKind(found: found, expected: kind)
    }
    let text = metadata["tenca.format"] ?? ""
    guard let format = Int(text), format >= 1 else {
      throw ArchiveDescriptionError.damaged(reason: "its format is '\(text)'")
    }
    guard format <= newest else {
      throw ArchiveDescriptionError.newerFormat(found: format, newest: newest)
    }
    do {
      return try JSONDecoder().decode(
        Header.self, from: Data((metadata["tenca.\(kind)"] ?? "").utf8))
    } catch let error as DecodingError {
      throw ArchiveDescriptionError.damaged(
        reason: "its description, tenca.\(kind), \(error.problem)")
    }
  }
}

extension DecodingError {
  /// What is wrong with a JSON text, and where.
  package var problem: String {
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
