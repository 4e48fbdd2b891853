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
  /// - Throws: ``RecognitionError/badPattern(pattern:reason:)`` for unbalanced braces, fields without
  ///   anything between them, or no field `label`.
  public init(_ text: String) throws {
    var pieces: [Piece] = []
    var rest = Substring(text)
    while !rest.isEmpty {
      if rest.first == "{" {
        guard let close = rest.firstIndex(of: "}") else {
          throw RecognitionError.badPattern(pattern: text, reason: "a brace is not closed.")
        }
        if case .field = pieces.last {
          throw RecognitionError.badPattern(
            pattern: text, reason: "two fields need a separator between them.")
        }
        pieces.append(.field(String(rest[rest.index(after: rest.startIndex)..<close])))
        rest = rest[rest.index(after: close)...]
      } else {
        let end = rest.firstIndex(of: "{") ?? rest.endIndex
        pieces.append(.literal(String(rest[..<end])))
        rest = rest[end...]
      }
    }
    guard pieces.contains(.field("label")) else {
      throw RecognitionError.badPattern(pattern: text, reason: "it has no field {label}.")
    }
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
      // The shortest value whose remainder still fits.
      var end = name.index(after: name.startIndex, limitedBy: name.endIndex)
      while let stop = end, stop < name.endIndex {
        if name[stop...].hasPrefix(separator),
          var fields = match(name[stop...], pieces.dropFirst())
        {
          fields[field] = String(name[..<stop])
          return fields
        }
        end = name.index(after: stop)
      }
      return nil
    }
  }
}

extension Substring {
  /// The index after `index`, nil beyond `limit`.
  fileprivate func index(after index: Index, limitedBy limit: Index) -> Index? {
    self.index(index, offsetBy: 1, limitedBy: limit)
  }
}
