/// Makes rules of the tokens of a grammar, by recursive descent.
struct JSGFParser {
  private(set) var name = ""
  private(set) var rules: [JSGFRule] = []
  private var scanner: JSGFScanner
  private var token = JSGFToken(kind: .end, place: JSGFPlace())
  private var depth = 0
  /// Groups within groups; deeper ones would overflow the stack.
  private static let deepest = 200

  /// Reads a whole grammar.
  ///
  /// - Throws: ``LanguageError``.
  init(_ text: String, source: String) throws {
    scanner = JSGFScanner(text, source: source)
    try readHeader()
    try advance()
    while token.kind != .end { try readStatement() }
  }

  // MARK: - Statements

  private mutating func readHeader() throws {
    let place = try scanner.nextPlace()
    guard let header = try scanner.header() else {
      try advance()
      throw unexpected("the header '#JSGF V1.0;'")
    }
    let fields = header.split(whereSeparator: \.isWhitespace)
    guard fields.count > 1, fields[0] == "#JSGF", fields[1].uppercased() == "V1.0" else {
      throw LanguageError.unexpected(
        source: scanner.source, line: place.line, column: place.column, found: "'\(header)'",
        expected: "the header '#JSGF V1.0;'")
    }
    try advance()
    try take(";", or: "';' behind the header")
    guard token.kind == .word("grammar") else { throw unexpected("'grammar name;'") }
    try advance()
    guard case .word(let name) = token.kind else { throw unexpected("the grammar's name") }
    self.name = name
    try advance()
    guard token.kind == .mark(";") else { throw unexpected("';' behind the grammar's name") }
  }

  private mutating func readStatement() throws {
    if token.kind == .word("import") {
      throw error(
        token.place, "imports are not read; copy the rules that are needed into this grammar")
    }
    let isPublic = token.kind == .word("public")
    if isPublic { try advance() }
    guard case .reference(let name) = token.kind else {
      throw unexpected(
        isPublic ? "a rule's name in <>" : "a rule: 'public <name> = …;' or '<name> = …;'")
    }
    let place = token.place
    if name == "NULL" || name == "VOID" {
      throw error(place, "<\(name)> has a meaning of its own and cannot be defined")
    }
    if let first = rules.first(where: { $0.name == name }) {
      throw error(
        place, "rule <\(name)> is defined in line \(first.place.line) already; rename one")
    }
    try advance()
    try take("=", or: "'=' behind the name of rule <\(name)>")
    let expansion = try alternatives()
    guard token.kind == .mark(";") else {
      throw unexpected("a word, '|', or ';' to end rule <\(name)>")
    }
    try advance()
    rules.append(JSGFRule(name: name, isPublic: isPublic, place: place, expansion: expansion))
  }

  // MARK: - Expansions

  private mutating func alternatives() throws -> JSGFExpansion {
    let start = token.place
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest {
      throw error(start, "groups nest deeper than \(Self.deepest); make rules of the inner ones")
    }
    var choices: [JSGFAlternative] = []
    var weighted: Bool?
    repeat {
      if !choices.isEmpty { try advance() }
      let place = token.place
      let weight = try weight()
      if let weighted, weighted != (weight != nil) {
        throw error(place, "either all alternatives have weights or none; give one here, or none")
      }
      weighted = weight != nil
      choices.append(JSGFAlternative(weight: weight ?? 1, expansion: try sequence()))
    } while token.kind == .mark("|")
    if choices.allSatisfy({ $0.weight == 0 }) {
      throw error(start, "all alternatives have weight 0; give one a weight above it")
    }
    return choices.count == 1 ? choices[0].expansion : .alternatives(choices)
  }

  /// Takes a weight if one is here. Java's suffix of a number, as in `8f`, is allowed.
  private mutating func weight() throws -> Double? {
    guard case .weight(let text) = token.kind else { return nil }
    var digits = text.filter { !$0.isWhitespace }
    if let last = digits.last, "fFdD".contains(last) { digits.removeLast() }
    let plain = digits.allSatisfy { $0.isNumber || ".eE+-".contains($0) }
    guard plain, let weight = Double(digits), weight >= 0, weight.isFinite else {
      throw error(token.place, "weight /\(text)/ is no number from 0 up, such as /2.5/")
    }
    try advance()
    return weight
  }

  private mutating func sequence() throws -> JSGFExpansion {
    var parts: [JSGFExpansion] = []
    while let part = try atom() { parts.append(try repeated(part)) }
    if parts.isEmpty {
      throw unexpected("a word, a rule name in <>, '(' or '['; write <NULL> to say nothing")
    }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  /// Takes what a sequence consists of; nil when none is here.
  private mutating func atom() throws -> JSGFExpansion? {
    let place = token.place
    switch token.kind {
    case .word(let word):
      try advance()
      return .word(word)
    case .reference("NULL"):
      try advance()
      return .null
    case .reference("VOID"):
      try advance()
      return .void
    case .reference(let name):
      try advance()
      return .reference(
        name.hasPrefix(self.name + ".") ? String(name.dropFirst(self.name.count + 1)) : name, place)
    case .mark("("):
      try advance()
      let inside = try alternatives()
      try take(")", or: "')' for the '(' in line \(place.line), column \(place.column)")
      return inside
    case .mark("["):
      try advance()
      let inside = try alternatives()
      try take("]", or: "']' for the '[' in line \(place.line), column \(place.column)")
      return .optional(inside)
    case .weight:
      throw error(
        place, "a weight stands only at the beginning of an alternative; quote words with '/'")
    default:
      return nil
    }
  }

  /// Takes the repetition and the tags behind something to say.
  private mutating func repeated(_ part: JSGFExpansion) throws -> JSGFExpansion {
    var result = part
    var isRepeated = false
    while true {
      switch token.kind {
      case .tag:
        try advance()
      case .mark("*"), .mark("+"):
        if isRepeated { throw error(token.place, "a second repetition; group the first with '()'") }
        result = .repeated(part, atLeastOnce: token.kind == .mark("+"))
        isRepeated = true
        try advance()
      default:
        return result
      }
    }
  }

  // MARK: - Tokens

  private mutating func advance() throws { token = try scanner.next() }

  private mutating func take(_ mark: Character, or expected: String) throws {
    guard token.kind == .mark(mark) else { throw unexpected(expected) }
    try advance()
  }

  private func unexpected(_ expected: String) -> LanguageError {
    .unexpected(
      source: scanner.source, line: token.place.line, column: token.place.column,
      found: token.shown, expected: expected)
  }

  private func error(_ place: JSGFPlace, _ problem: String) -> LanguageError {
    .badPlace(source: scanner.source, line: place.line, column: place.column, problem: problem)
  }
}
