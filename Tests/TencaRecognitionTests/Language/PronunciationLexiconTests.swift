import Testing

@testable import TencaRecognition

@Suite("Pronunciation lexicons")
struct PronunciationLexiconTests {
  /// Lines of the form of CMU Sphinx's AN4 dictionary and its fillers.
  private let text = """
    ;;; a comment
    A                    AH
    A(2)                 EY
    AND                  AE N D

    AND(2)\tAH N D\r
    <sil>                SIL
    """

  @Test("Words, alternates, comments and fillers")
  func reads() throws {
    let lexicon = try PronunciationLexicon(parsing: text, source: "an4.dic")
    #expect(lexicon.words == ["A", "AND", "<sil>"])
    #expect(lexicon.pronunciations(of: "A") == [["AH"], ["EY"]])
    #expect(lexicon.pronunciations(of: "AND") == [["AE", "N", "D"], ["AH", "N", "D"]])
    #expect(lexicon.pronunciations(of: "and").isEmpty)
    #expect(lexicon.phones == ["AE", "AH", "D", "EY", "N", "SIL"])
    #expect(lexicon.missingWords(in: ["A", "B", "and", "B"]) == ["B", "and"])
  }

  @Test("Case is ignored when asked")
  func ignoresCase() throws {
    let lexicon = try PronunciationLexicon(
      parsing: text + "\nAnd  AE N D\n", source: "x", ignoringCase: true)
    #expect(lexicon.words == ["A", "AND", "<sil>"])
    #expect(lexicon.pronunciations(of: "and").count == 2)
    #expect(lexicon.missingWords(in: ["a", "b"]) == ["b"])
  }

  @Test("Comments behind a hash")
  func hashes() throws {
    let text = "# heading\naalborg AO L B AO R G # place, danish\n"
    let lexicon = try PronunciationLexicon(parsing: text, source: "x", hashComments: true)
    #expect(lexicon.words == ["aalborg"])
    #expect(lexicon.phones == ["AO", "B", "G", "L", "R"])
    let old = try PronunciationLexicon(parsing: "#HASH  HH AE SH\n", source: "x")
    #expect(old.words == ["#HASH"])
  }

  @Test(
    "Lines that are wrong are named",
    arguments: [
      ("A  AH\nB\n", 2, "'B' has no phones; write them behind the word, between blanks"),
      (
        ";;; c\n\nB(2)  B IY\n", 3,
        "'B(2)' is another pronunciation of 'B', which has none before; "
          + "write the first one above and without a number"
      ),
    ])
  func refuses(text: String, line: Int, problem: String) {
    #expect(throws: LanguageError.badLine(source: "x.dic", line: line, problem: problem)) {
      try PronunciationLexicon(parsing: text, source: "x.dic")
    }
  }

  @Test("What is written is read back; words in brackets are no alternates")
  func writes() throws {
    var lexicon = try PronunciationLexicon(parsing: text, source: "x")
    lexicon.add(["P"], to: "(2)")
    lexicon.add(["P"], to: "X(Y)")
    let isNew = lexicon.add(["EY"], to: "A")
    #expect(!isNew)
    #expect(try PronunciationLexicon(parsing: lexicon.text, source: "y") == lexicon)
    var merged = PronunciationLexicon()
    merged.merge(lexicon)
    #expect(merged == lexicon)
  }

  @Test("A file that is missing is named")
  func missing() {
    #expect(throws: LanguageError.unreadable(path: "/no/such.dic", reason: "no such file")) {
      try PronunciationLexicon(path: "/no/such.dic")
    }
  }

  @Test("Transcripts become words")
  func transcripts() {
    #expect(TranscriptText().words(of: " <s> Go\thome </s>\r\n") == ["Go", "home"])
    #expect(TranscriptText(casing: .upper).words(of: "straße go") == ["STRASSE", "GO"])
    #expect(TranscriptText(casing: .lower, markers: ["GO"]).words(of: "GO <S>") == ["<s>"])
    #expect(TranscriptText().words(of: "  ").isEmpty)
  }
}
