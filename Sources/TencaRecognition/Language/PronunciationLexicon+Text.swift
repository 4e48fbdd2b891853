extension PronunciationLexicon {
  /// Reads a dictionary file of the CMU Sphinx form.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - ignoringCase: Whether look-ups take capital and small letters for the same.
  ///   - hashComments: Whether a field that begins with `#` starts a comment, as in CMUdict from
  ///     2015 on; older dictionaries have words that begin so.
  /// - Throws: ``LanguageError/unreadable(path:reason:)`` or
  ///   ``LanguageError/badLine(source:line:problem:)``.
  public init(path: String, ignoringCase: Bool = false, hashComments: Bool = false) throws {
    try self.init(
      parsing: LanguageText.read(path), source: path, ignoringCase: ignoringCase,
      hashComments: hashComments)
  }

  /// Reads the text of a dictionary of the CMU Sphinx form.
  ///
  /// A line is a word and its phones: `AND  AE N D`. Further pronunciations stand behind the first
  /// and are numbered, `AND(2)  AH N D`; a word that comes again without a number counts as one
  /// too. Lines that begin with `;;;` are comments. Dictionaries of fillers (`<sil> SIL`) have this
  /// form.
  ///
  /// - Parameters:
  ///   - text: The dictionary.
  ///   - source: What messages call it.
  ///   - ignoringCase: Whether look-ups take capital and small letters for the same.
  ///   - hashComments: Whether a field that begins with `#` starts a comment.
  /// - Throws: ``LanguageError/badLine(source:line:problem:)``.
  /// - Complexity: O(*n*), where *n* is the length of the text.
  public init(
    parsing text: String, source: String, ignoringCase: Bool = false, hashComments: Bool = false
  ) throws {
    self.init(ignoringCase: ignoringCase)
    for (number, allFields) in LanguageText.lines(of: text) where !allFields[0].hasPrefix(";;;") {
      let fields = hashComments ? allFields.prefix { !$0.hasPrefix("#") } : allFields[...]
      guard let written = fields.first else { continue }
      guard fields.count > 1 else {
        throw LanguageError.badLine(
          source: source, line: number,
          problem: "'\(written)' has no phones; write them behind the word, between blanks")
      }
      let (word, isAlternate) = Self.word(written)
      if isAlternate, !contains(word) {
        throw LanguageError.badLine(
          source: source, line: number,
          problem: "'\(written)' is another pronunciation of '\(word)', which has none before; "
            + "write the first one above and without a number")
      }
      add(fields.dropFirst().map(String.init), to: word)
    }
  }

  /// The dictionary as text that ``init(parsing:source:ignoringCase:hashComments:)`` reads back.
  public var text: String {
    words.map { word in
      pronunciations(of: word).enumerated().map { index, phones in
        let number = index == 0 ? "" : "(\(index + 1))"
        return "\(word)\(number)  \(phones.joined(separator: " "))\n"
      }.joined()
    }.joined()
  }

  /// Writes the dictionary to a file.
  ///
  /// - Throws: ``LanguageError/unwritable(path:reason:)``.
  public func write(to path: String) throws { try LanguageText.write(text, to: path) }

  /// Reads a list of phones, one a line.
  ///
  /// - Throws: ``LanguageError/unreadable(path:reason:)``, or
  ///   ``LanguageError/badLine(source:line:problem:)`` for a line of several or a phone that comes
  ///   again.
  public static func phoneList(path: String) throws -> [String] {
    var seen: [Substring: Int] = [:]
    return try LanguageText.lines(of: LanguageText.read(path)).map { number, fields in
      if fields.count > 1 {
        throw LanguageError.badLine(
          source: path, line: number, problem: "\(fields.count) phones; write one a line")
      }
      if let first = seen.updateValue(number, forKey: fields[0]) {
        throw LanguageError.badLine(
          source: path, line: number,
          problem: "phone '\(fields[0])' stands in line \(first) too; drop one")
      }
      return String(fields[0])
    }
  }

  /// Parts a word from the number of its pronunciation, as in `AND(2)`.
  private static func word(_ written: Substring) -> (word: String, isAlternate: Bool) {
    guard written.last == ")", let open = written.lastIndex(of: "("), open > written.startIndex
    else { return (String(written), false) }
    let number = written[written.index(after: open)...].dropLast()
    guard !number.isEmpty, number.allSatisfy({ $0.isASCII && $0.isNumber })
    else { return (String(written), false) }
    return (String(written[..<open]), true)
  }
}
