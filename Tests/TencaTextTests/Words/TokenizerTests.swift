import TencaText
import Testing

@Suite struct TokenizerTests {
  /// `TfidfVectorizer().build_analyzer()(text)`, scikit-learn 1.9.1.
  @Test(arguments: [
    (
      "It's 3.14 o'clock—naïve café co-operate e-mail: a_b __init__ x",
      ["it", "14", "clock", "naïve", "café", "co", "operate", "mail", "a_b", "__init__"]
    ),
    ("日本語 Ελληνικά 2½ ABC² Ⅷ I’m don't", ["日本語", "ελληνικά", "2½", "abc²", "don"]),
    ("tab\tnew\nline\u{A0}nbsp ok", ["tab", "new", "line", "nbsp", "ok"]),
    ("", []), ("! ? .", []), ("end", ["end"]), ("a bc", ["bc"]),
  ])
  func findsTheWordsOfScikitLearn(text: String, words: [String]) {
    #expect(Tokenizer().words(in: text) == words)
  }

  @Test func keepsMarksWithTheirLetters() {
    // The vowels of हिन्दी are marks; a decomposed é is the same word as a composed one.
    #expect(Tokenizer().words(in: "हिन्दी cafe\u{301}") == ["हिन्दी", "café"])
  }

  @Test func leavesOutShortAndStopWords() {
    let tokenizer = Tokenizer(minimumLength: 4, stopWords: ["quick"])
    #expect(tokenizer.words(in: "The QUICK brown fox jumps") == ["brown", "jumps"])
    #expect(Tokenizer(minimumLength: 1).words(in: "a b") == ["a", "b"])
  }

  @Test func stopWordsAreWordsAsFound() {
    let tokenizer = Tokenizer(minimumLength: 1)
    #expect(StopWords.english.count > 250)
    for word in StopWords.english { #expect(tokenizer.words(in: word) == [word]) }
    for word in ["the", "and", "don", "ve", "himself"] { #expect(StopWords.english.contains(word)) }
    for word in ["space", "car", "god", "game"] { #expect(!StopWords.english.contains(word)) }
  }
}
