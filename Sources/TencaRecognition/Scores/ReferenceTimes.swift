public import TencaFormats

/// When the words of recordings are known to be said.
public struct ReferenceTimes: Sendable, Equatable {
  /// Of each recording its words in the order of time.
  public private(set) var words: [String: [TimedWord]] = [:]

  /// Reads NIST's time-marked conversation format: recording, channel, start, duration and word, a line a
  /// word; what stands behind is not read, and lines that begin with `;;` are comments.
  ///
  /// - Throws: ``LanguageError/unreadable(path:reason:)``, ``LanguageError/badLine(source:line:problem:)``.
  /// - Complexity: O(n log n) for n words.
  public init(ctm path: String) throws {
    try self.init(ctm: try LanguageText.read(path), source: path)
  }

  /// Reads the text of such a file.
  init(ctm text: String, source: String) throws {
    for (number, fields) in LanguageText.lines(of: text) where !fields[0].hasPrefix(";;") {
      func bad(_ problem: String) -> LanguageError {
        .badLine(source: source, line: number, problem: problem)
      }
      guard fields.count >= 5 else {
        throw bad("\(fields.count) fields; recording, channel, start, duration and word are five")
      }
      guard let start = Double(fields[2]), let duration = Double(fields[3]),
        start >= 0, duration >= 0, (start + duration).isFinite
      else { throw bad("'\(fields[2]) \(fields[3])' are no start and duration in seconds") }
      words[String(fields[0]), default: []].append(
        TimedWord(text: String(fields[4]), start: start, end: start + duration))
    }
    if words.isEmpty {
      throw LanguageError.badLine(source: source, line: 1, problem: "there is no word in the file")
    }
    for name in words.keys { words[name]!.sort { $0.start < $1.start } }
  }
}
