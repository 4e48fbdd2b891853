/// Finds the words of a text.
///
/// A word is as long a run of letters, marks, digits and underscores as there is (the \w of Unicode
/// Technical Standard 18, annex C), in lower case. In texts without combining marks these are the
/// words that scikit-learn finds.
///
/// ```swift
/// let tokenizer = Tokenizer(stopWords: StopWords.english)
/// tokenizer.words(in: "The naïve fox's 2 tricks")       // ["naïve", "fox", "tricks"]
/// ```
public struct Tokenizer: Sendable, Equatable {
  /// The fewest characters of a word. 2: single ones are initials, digits and what apostrophes
  /// leave over.
  public var minimumLength: Int
  /// Words that are left out, in lower case.
  public var stopWords: Set<String>

  /// Makes a tokenizer.
  public init(minimumLength: Int = 2, stopWords: Set<String> = []) {
    self.minimumLength = minimumLength
    self.stopWords = stopWords
  }

  /// The words of `text`, in their order.
  ///
  /// - Complexity: O(length of the text).
  public func words(in text: String) -> [String] {
    var words: [String] = []
    let scalars = text.lowercased().unicodeScalars
    var start: String.UnicodeScalarView.Index?
    var length = 0
    func finish(at end: String.UnicodeScalarView.Index) {
      if let first = start, length >= minimumLength {
        let word = String(scalars[first..<end])
        if !stopWords.contains(word) { words.append(word) }
      }
      start = nil
      length = 0
    }
    for index in scalars.indices {
      if scalars[index].isPartOfWord {
        start = start ?? index
        length += 1
      } else if start != nil {
        finish(at: index)
      }
    }
    finish(at: scalars.endIndex)
    return words
  }
}

extension Unicode.Scalar {
  /// Whether the scalar belongs to words.
  fileprivate var isPartOfWord: Bool {
    if isASCII {
      return (0x61...0x7A).contains(value) || (0x30...0x39).contains(value)
        || (0x41...0x5A).contains(value) || value == 0x5F
    }
    if properties.isAlphabetic || properties.isJoinControl { return true }
    switch properties.generalCategory {
    case .decimalNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark,
      .connectorPunctuation:
      return true
    default: return false
    }
  }
}
