/// A pattern such as `{label}_{speaker}_{take}` that reads labels out of file names.
///
/// Braces name a field; everything else must stand as it is. A field takes as little as it can, the
/// last one all that is left; the extension is no part of the name.
public struct FileNamePattern: Sendable, Equatable {
  /// The pattern's text.
  public let text: String
  private let pieces: [Piece]

  private enum Piece: Sendable, Equatable {
    case literal(String)
    case field(String)
  }

  /// Reads a pattern.
  ///
  /// - Throws: ``RecognitionError/badPattern(pattern:reason:)`` for unbalanced braces, fields
  ///   without a name or with nothing between them, two fields of one name, or no field `label`.
  public init(_ text: String) throws {
    func refuse(_ reason: String) -> RecognitionError { .badPattern(pattern: text, reason: reason) }
    var pieces: [Piece] = []
    var rest = Substring(text)
    while !rest.isEmpty {
      if rest.first == "{" {
        guard let close = rest.firstIndex(of: "}") else { throw refuse("a brace is not closed.") }
        if case .field = pieces.last { throw refuse("two fields need a separator between them.") }
        let name = String(rest[..<close].dropFirst())
        if name.isEmpty { throw refuse("a field has no name.") }
        if pieces.contains(.field(name)) { throw refuse("the field {\(name)} stands twice.") }
        pieces.append(.field(name))
        rest = rest[rest.index(after: close)...]
      } else {
        let end = rest.firstIndex(of: "{") ?? rest.endIndex
        pieces.append(.literal(String(rest[..<end])))
        rest = rest[end...]
      }
    }
    guard pieces.contains(.field("label")) else { throw refuse("it has no field {label}.") }
    self.text = text
    self.pieces = pieces
  }

  /// The fields of a file's name.
  ///
  /// - Throws: ``RecognitionError/nameDoesNotMatch(path:pattern:)``.
  public func fields(of path: String) throws -> [String: String] {
    let name = path.split(separator: "/").last ?? ""
    let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name
    guard let fields = match(stem, pieces[...]) else {
      throw RecognitionError.nameDoesNotMatch(path: path, pattern: text)
    }
    return fields
  }

  private func match(_ name: Substring, _ pieces: ArraySlice<Piece>) -> [String: String]? {
    guard let piece = pieces.first else { return name.isEmpty ? [:] : nil }
    switch piece {
    case .literal(let literal):
      return name.hasPrefix(literal)
        ? match(name.dropFirst(literal.count), pieces.dropFirst()) : nil
    case .field(let field):
      guard case .literal(let separator)? = pieces.dropFirst().first else {
        return name.isEmpty ? nil : [field: String(name)]
      }
      // The shortest value, of one character at least, whose remainder still fits.
      for end in name.indices.dropFirst() where name[end...].hasPrefix(separator) {
        if var fields = match(name[end...], pieces.dropFirst()) {
          fields[field] = String(name[..<end])
          return fields
        }
      }
      return nil
    }
  }
}
