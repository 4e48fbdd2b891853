/// How words are spoken: one or several strings of phones each.
///
/// ```swift
/// var lexicon = try PronunciationLexicon(path: "an4.dic")
/// try lexicon.merge(PronunciationLexicon(path: "an4.filler"))
/// lexicon.pronunciations(of: "A")                    // [["AH"], ["EY"]]
/// lexicon.missingWords(in: ["GO", "HOMEWARD"])       // ["HOMEWARD"]
/// ```
public struct PronunciationLexicon: Sendable, Equatable {
  /// The words as written, in the order in which they first came.
  public private(set) var words: [String] = []
  /// Whether look-ups take capital and small letters for the same.
  public let ignoresCase: Bool

  /// Pronunciations of each word, by the word as it is looked up.
  private var entries: [String: [[String]]] = [:]

  /// Makes an empty lexicon.
  ///
  /// - Parameter ignoringCase: Whether look-ups take capital and small letters for the same. Words
  ///   that differ in nothing else are then one word, written as it first came.
  public init(ignoringCase: Bool = false) {
    ignoresCase = ignoringCase
  }

  /// Adds a pronunciation of a word, behind those it has.
  ///
  /// - Returns: Whether it is new; one the word has already is not added again.
  /// - Precondition: `phones` is not empty.
  @discardableResult
  public mutating func add(_ phones: [String], to word: String) -> Bool {
    precondition(!phones.isEmpty, "a pronunciation of '\(word)' without phones")
    let key = key(word)
    if entries[key]?.contains(phones) == true { return false }
    if entries[key] == nil { words.append(word) }
    entries[key, default: []].append(phones)
    return true
  }

  /// Adds all pronunciations of another lexicon, for instance of fillers.
  public mutating func merge(_ other: PronunciationLexicon) {
    for word in other.words {
      for phones in other.pronunciations(of: word) { add(phones, to: word) }
    }
  }

  /// Whether the lexicon has a word.
  public func contains(_ word: String) -> Bool { entries[key(word)] != nil }

  /// The pronunciations of a word, the first the usual one; none when it is unknown.
  ///
  /// - Complexity: O(1).
  public func pronunciations(of word: String) -> [[String]] { entries[key(word)] ?? [] }

  /// Which of these words have no pronunciation, each once and in the order they come in.
  public func missingWords(in words: [String]) -> [String] {
    var seen: Set<String> = []
    return words.filter { !contains($0) && seen.insert($0).inserted }
  }

  /// The phones that the pronunciations use, sorted.
  public var phones: [String] {
    Set(entries.values.joined().joined()).sorted()
  }

  private func key(_ word: String) -> String { ignoresCase ? word.lowercased() : word }
}
