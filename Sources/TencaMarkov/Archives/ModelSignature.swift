internal import TencaNumerics

/// What a chain with an emission says of itself in an archive: the metadata `kind`, `version` and
/// `emission`.
struct ModelSignature {
  let kind: String
  let version: String
  let emission: String

  fileprivate var entries: [(name: String, value: String)] {
    [("kind", kind), ("version", version), ("emission", emission)]
  }
}

extension Archive {
  /// Writes a signature under a prefix.
  mutating func sign(_ signature: ModelSignature, prefix: String) {
    for (name, value) in signature.entries { metadata[prefix + name] = value }
  }

  /// - Throws: ``MarkovError/unreadableArchive(name:problem:)`` for the first entry that is missing or
  ///   another.
  func require(_ signature: ModelSignature, prefix: String) throws {
    for (name, expected) in signature.entries {
      let found = try text(prefix + name)
      guard found == expected else {
        throw MarkovError.unreadableArchive(
          name: prefix + name, problem: "it is \"\(found)\", not \"\(expected)\"")
      }
    }
  }
}
