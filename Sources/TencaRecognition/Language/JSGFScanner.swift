/// A token of a grammar and where it begins.
struct JSGFToken: Equatable {
  enum Kind: Equatable {
    /// A word, as written or from between quotes.
    case word(String)
    /// `<name>`, the name without its brackets.
    case reference(String)
    /// `/weight/`, the text between the strokes.
    case weight(String)
    /// `{tag}`.
    case tag
    /// One of `; = | * + ( ) [ ]`.
    case mark(Character)
    /// The end of the grammar.
    case end
  }

  var kind: Kind
  var place: JSGFPlace

  /// The token as messages show it.
  var shown: String {
    switch kind {
    case .word(let word): "'\(word)'"
    case .reference(let name): "<\(name)>"
    case .weight(let text): "/\(text)/"
    case .tag: "a tag {…}"
    case .mark(let mark): "'\(mark)'"
    case .end: "the end of the grammar"
    }
  }
}

/// Takes tokens from the text of a grammar; comments and white space part them.
struct JSGFScanner {
  let source: String
  private let text: [Character]
  private var position = 0
  private var place = JSGFPlace()

  init(_ text: String, source: String) {
    self.source = source
    self.text = Array(text)
  }

  /// The next token.
  ///
  /// - Throws: ``LanguageError/badPlace(source:line:column:problem:)`` for a comment, name, quote,
  ///   weight or tag that nothing ends.
  mutating func next() throws -> JSGFToken {
    try skipBlanks()
    let start = place
    guard let character = peek() else { return JSGFToken(kind: .end, place: start) }
    switch character {
    case "<":
      let name = try enclosed("a rule name that '<' begins", by: ">", oneLine: true)
      let trimmed = name.split(whereSeparator: \.isWhitespace)
      guard trimmed.count == 1 else {
        throw error(start, "a rule name is one word between '<' and '>'")
      }
      return JSGFToken(kind: .reference(String(trimmed[0])), place: start)
    case "\"":
      let word = try enclosed("a quoted word", by: "\"", oneLine: true, escapes: true)
      guard word.contains(where: { !$0.isWhitespace }) else {
        throw error(start, "nothing stands between these quotes; write <NULL> to say nothing")
      }
      return JSGFToken(kind: .word(word), place: start)
    case "/":
      let weight = try enclosed("a weight that '/' begins", by: "/", oneLine: true)
      return JSGFToken(kind: .weight(weight), place: start)
    case "{":
      _ = try enclosed("a tag that '{' begins", by: "}", escapes: true)
      return JSGFToken(kind: .tag, place: start)
    case _ where Self.marks.contains(character):
      advance()
      return JSGFToken(kind: .mark(character), place: start)
    default:
      var word = ""
      while let character = peek(), !Self.endsWord(character) {
        word.append(character)
        advance()
      }
      return JSGFToken(kind: .word(word), place: start)
    }
  }

  /// Takes the first line's text up to a semicolon, or nothing when it does not begin so.
  mutating func header() throws -> String? {
    try skipBlanks()
    guard text[position...].starts(with: "#JSGF") else { return nil }
    var header = ""
    while let character = peek(), character != ";", !character.isNewline {
      header.append(character)
      advance()
    }
    return header
  }

  /// Where the next token begins.
  mutating func nextPlace() throws -> JSGFPlace {
    try skipBlanks()
    return place
  }

  private static let marks: Set<Character> = [";", "=", "|", "*", "+", "(", ")", "[", "]"]

  private static func endsWord(_ character: Character) -> Bool {
    character.isWhitespace || marks.contains(character) || "<>{}\"/".contains(character)
  }

  private func peek(_ ahead: Int = 0) -> Character? {
    position + ahead < text.count ? text[position + ahead] : nil
  }

  private mutating func advance() {
    if text[position].isNewline {
      place.line += 1
      place.column = 1
    } else {
      place.column += 1
    }
    position += 1
  }

  /// Takes what stands between the character here and the next `close`.
  private mutating func enclosed(
    _ what: String, by close: Character, oneLine: Bool = false, escapes: Bool = false
  ) throws -> String {
    let start = place
    advance()
    var inside = ""
    while let character = peek() {
      if character == close {
        advance()
        return inside
      }
      if oneLine, character.isNewline { break }
      if escapes, character == "\\", peek(1) != nil { advance() }
      inside.append(text[position])
      advance()
    }
    throw error(start, "\(what) is not ended by '\(close)'")
  }

  private mutating func skipBlanks() throws {
    while let character = peek() {
      if character.isWhitespace {
        advance()
      } else if character == "/", peek(1) == "/" {
        while let character = peek(), !character.isNewline { advance() }
      } else if character == "/", peek(1) == "*" {
        let start = place
        advance()
        advance()
        while peek() != "*" || peek(1) != "/" {
          guard peek() != nil else {
            throw error(start, "a comment that '/*' begins is not ended by '*/'")
          }
          advance()
        }
        advance()
        advance()
      } else {
        return
      }
    }
  }

  private func error(_ place: JSGFPlace, _ problem: String) -> LanguageError {
    .badPlace(source: source, line: place.line, column: place.column, problem: problem)
  }
}
