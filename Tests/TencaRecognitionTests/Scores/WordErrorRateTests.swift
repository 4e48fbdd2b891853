import Testing

@testable import TencaRecognition

@Suite("Word error rates")
struct WordErrorRateTests {
  private var example: WordErrorRate {
    var score = WordErrorRate()
    score.add(reference: ["a", "b", "c"], hypothesis: ["a", "x", "c"])
    score.add(reference: ["b"], hypothesis: ["x"])
    score.add(reference: ["a", "a"], hypothesis: ["a"])
    score.add(reference: [], hypothesis: ["y"])
    score.add(reference: ["d"], hypothesis: ["d"])
    return score
  }

  @Test("Counts and rates")
  func rates() {
    let score = example
    #expect(score.utteranceCount == 5)
    #expect(score.referenceCount == 7)
    #expect((score.hits, score.substitutions, score.insertions, score.deletions) == (4, 2, 1, 1))
    #expect(score.rate == 4.0 / 7)
    #expect(score.sentenceErrorRate == 4.0 / 5)
    #expect(WordErrorRate().rate == nil)
    #expect(WordErrorRate().sentenceErrorRate == nil)
  }

  @Test("The worst mistakes come first")
  func confusions() {
    #expect(
      example.confusions() == [
        .init(reference: "b", hypothesis: "x", count: 2),
        .init(reference: nil, hypothesis: "y", count: 1),
        .init(reference: "a", hypothesis: nil, count: 1),
      ])
    #expect(example.confusions(limit: 1).count == 1)
  }

  @Test("Merging adds")
  func merging() {
    var score = example
    score.merge(example)
    #expect(score.errors == 8)
    #expect(score.utteranceCount == 10)
    #expect(score.confusions(limit: 1)[0].count == 4)
    #expect(score != example)
    #expect(example == example)
  }

  @Test("The bootstrap is repeatable, and as wide as the binomial distribution")
  func bootstrap() throws {
    var score = WordErrorRate()
    // 400 utterances of one word, a fifth wrong: the standard error is √(0.2 · 0.8 / 400) = 0.02.
    for index in 0..<400 { score.add(reference: ["a"], hypothesis: [index % 5 == 0 ? "b" : "a"]) }
    var random = SeededGenerator(state: 4)
    let range = try #require(try score.confidenceInterval(draws: 4000, using: &random))
    #expect(abs(range.lowerBound - (0.2 - 1.96 * 0.02)) < 0.004)
    #expect(abs(range.upperBound - (0.2 + 1.96 * 0.02)) < 0.004)
    var again = SeededGenerator(state: 4)
    #expect(try score.confidenceInterval(draws: 4000, using: &again) == range)
    let narrow = try #require(try score.confidenceInterval(0.5, using: &random))
    #expect(narrow.upperBound - narrow.lowerBound < range.upperBound - range.lowerBound)
    #expect(try WordErrorRate().confidenceInterval(using: &random) == nil)
    #expect(throws: LanguageError.self) { try score.confidenceInterval(1, using: &random) }
    #expect(throws: LanguageError.self) { try score.confidenceInterval(draws: 0, using: &random) }
  }
}
