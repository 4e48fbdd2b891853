import TencaNumerics
import TencaText
import Testing

@Suite struct TermVectorizerTests {
  private static let documents = [
    "The fox, the quick fox: jumps!", "A quick dog; a slow dog barks.",
    "Fox and dog: ÜBER_x1 naïve straße", "", "barks barks barks quick",
  ]

  /// What scikit-learn 1.9.1 makes of the documents: `TfidfVectorizer(…).fit_transform(documents)`.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let options: TermOptions
    let terms: [String]
    let vectors: [[Double]]
  }

  private static func options(
    minimumDocuments: Int = 1, maximumShare: Double = 1, isSublinear: Bool = false
  ) -> TermOptions {
    TermOptions(
      tokenizer: Tokenizer(), minimumDocuments: minimumDocuments, maximumShare: maximumShare,
      isSublinear: isSublinear)
  }

  static let cases = [
    Case(
      testDescription: "TfidfVectorizer()", options: options(),
      terms: [
        "and", "barks", "dog", "fox", "jumps", "naïve", "quick", "slow", "straße", "the", "über_x1",
      ],
      vectors: [
        [
          0, 0, 0, 0.5686379126200597, 0.35240601789632486, 0, 0.23601041731961164, 0, 0,
          0.7048120357926497, 0,
        ],
        [
          0, 0.3720237499150062, 0.7440474998300124, 0, 0, 0, 0.3088133187099425,
          0.46111384893888857, 0, 0, 0,
        ],
        [
          0.43429718303084847, 0, 0.3503882327118585, 0.3503882327118585, 0, 0.43429718303084847, 0,
          0, 0.43429718303084847, 0, 0.43429718303084847,
        ],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [0, 0.9637860967644525, 0, 0, 0, 0, 0.2666765075583928, 0, 0, 0, 0],
      ]),
    Case(
      testDescription: "sublinear_tf=True", options: options(isSublinear: true),
      terms: [
        "and", "barks", "dog", "fox", "jumps", "naïve", "quick", "slow", "straße", "the", "über_x1",
      ],
      vectors: [
        [
          0, 0, 0, 0.54943743762045, 0.40221756841384504, 0, 0.26936979323252636, 0, 0,
          0.6810135419315786, 0,
        ],
        [
          0, 0.40515081151148913, 0.6859799542122517, 0, 0, 0, 0.33631177232494897,
          0.5021739879227027, 0, 0, 0,
        ],
        [
          0.43429718303084847, 0, 0.3503882327118585, 0.3503882327118585, 0, 0.43429718303084847, 0,
          0, 0.43429718303084847, 0, 0.43429718303084847,
        ],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [0, 0.929899136586512, 0, 0, 0, 0, 0.3678146214816091, 0, 0, 0, 0],
      ]),
    Case(
      testDescription: "min_df=2", options: options(minimumDocuments: 2),
      terms: ["barks", "dog", "fox", "quick"],
      vectors: [
        [0, 0, 0.9236077439113727, 0.38333893017399634],
        [0.4192568104779834, 0.8385136209559668, 0, 0.3480210257141676],
        [0, 0.7071067811865476, 0.7071067811865476, 0],
        [0, 0, 0, 0],
        [0.9637860967644525, 0, 0, 0.2666765075583928],
      ]),
    Case(
      testDescription: "max_df=0.4", options: options(maximumShare: 0.4),
      terms: ["and", "barks", "dog", "fox", "jumps", "naïve", "slow", "straße", "the", "über_x1"],
      vectors: [
        [0, 0, 0, 0.5851686188657521, 0.36265071004887, 0, 0, 0, 0.72530142009774, 0],
        [0, 0.39114171229945355, 0.7822834245989071, 0, 0, 0, 0.48481007054026604, 0, 0, 0],
        [
          0.43429718303084847, 0, 0.3503882327118585, 0.3503882327118585, 0, 0.43429718303084847, 0,
          0.43429718303084847, 0, 0.43429718303084847,
        ],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [0, 1.0, 0, 0, 0, 0, 0, 0, 0, 0],
      ]),
  ]

  @Test(arguments: cases) func matchesScikitLearn(_ example: Case) throws {
    let vectorizer = try TermVectorizer(Self.documents, options: example.options)
    #expect(vectorizer.terms == example.terms)
    let vectors = try vectorizer.vectors(Self.documents)
    #expect(vectors.rows == 5 && vectors.columns == example.terms.count)
    for (row, expected) in example.vectors.enumerated() {
      var found = [Double](repeating: 0, count: expected.count)
      for entry in vectors.entries(ofRow: row) {
        found[vectors.columnIndices[entry]] = vectors.values[entry]
      }
      for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-15) }
    }
  }

  @Test func weighsRareWordsMore() throws {
    let vectorizer = try TermVectorizer(Self.documents, options: Self.options())
    let weights = Dictionary(
      uniqueKeysWithValues: zip(vectorizer.terms, vectorizer.inverseDocumentFrequencies))
    // ln(6 / (1 + documents)) + 1
    #expect(abs(weights["fox"]! - 1.6931471805599454) < 1e-15)
    #expect(abs(weights["the"]! - 2.09861228866811) < 1e-15)
  }

  @Test func newDocumentsUseTheTermsThatWereLearnt() throws {
    let vectorizer = try TermVectorizer(Self.documents, options: Self.options(minimumDocuments: 2))
    let vectors = try vectorizer.vectors(["an unseen zebra", "a fox"])
    #expect(vectors.entries(ofRow: 0).isEmpty)
    #expect(vectors.entryCount == 1 && vectors.values == [1])
    #expect(vectorizer.terms[vectors.columnIndices[0]] == "fox")
  }

  @Test func threadsDoNotChangeAByte() throws {
    let documents = (0..<300).map { "word\($0 % 7) other\($0 % 11) thing\($0 * $0 % 13)" }
    let one = try TermVectorizer(documents)
    let execution = Execution(threads: 4)
    #expect(try TermVectorizer(documents, execution: execution) == one)
    #expect(try one.vectors(documents, execution: execution) == one.vectors(documents))
  }

  @Test func refusesWhatCannotBeCompared() {
    #expect(throws: TextError.noDocuments) { try TermVectorizer([]) }
    #expect(throws: TextError.noTerms(documents: 2, distinct: 2)) {
      try TermVectorizer(["apple", "pear"])
    }
    #expect(throws: TextError.noTerms(documents: 2, distinct: 0)) { try TermVectorizer(["", "!"]) }
    #expect(throws: TextError.self) {
      try TermVectorizer(["a"], options: TermOptions(minimumDocuments: 0))
    }
    #expect(throws: TextError.self) {
      try TermVectorizer(["a"], options: TermOptions(maximumShare: 1.5))
    }
  }
}
