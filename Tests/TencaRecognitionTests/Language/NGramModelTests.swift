import Foundation
import Testing

@testable import TencaRecognition

@Suite("N-gram models")
struct NGramModelTests {
  static let arpa = """
    \\data\\
    ngram 1=6
    ngram 2=6
    ngram 3=3

    \\1-grams:
    -1.2\t<unk>
    -99\t<s>\t-0.3
    -0.7\t</s>
    -0.5\tone\t-0.25
    -0.6\ttwo\t-0.4
    -0.9\tthree\t0.1

    \\2-grams:
    -0.2\t<s> one\t-0.15
    -0.8\t<s> two
    -0.4\tone two\t-0.35
    -0.45\ttwo three\t-0.05
    -0.3\tthree </s>
    -1.1\ttwo </s>

    \\3-grams:
    -0.1\t<s> one two
    -0.2\tone two three
    -0.05\ttwo three </s>

    \\end\\
    """

  private func model() throws -> NGramModel { try NGramModel(arpa: Self.arpa, source: "t.arpa") }

  @Test("Probabilities and back-off by hand")
  func byHand() throws {
    let model = try model()
    #expect(model.order == 3)
    #expect(model.counts == [6, 6, 3])
    for (word, history, decimal) in [
      ("two", ["<s>", "one"], -0.1), ("two", ["x", "<s>", "one"], -0.1),
      ("three", ["<s>", "one"], -0.15 - 0.25 - 0.9), ("one", ["two"], -0.4 - 0.5),
      ("</s>", ["one", "two"], -0.35 - 1.1), ("</s>", [], -0.7), ("four", ["one"], -0.25 - 1.2),
      ("one", ["three", "two"], -0.4 - 0.5), ("two", ["three"], 0.1 - 0.6),
    ] {
      let found = model.logProbability(of: word, given: history)
      #expect(isClose(found, decimal * log(10)), "\(word) after \(history)")
    }
  }

  /// From kenlm 0.3.0 (Python), `Model.score` and `Model.perplexity` of the file above; it computes
  /// in single precision.
  @Test(
    "Sentences score as by KenLM",
    arguments: [
      ("one two three", -0.550000011920929, 1.3724609704257162, 0),
      ("two one", -2.6500000953674316, 7.644223302061791, 0),
      ("three three one two", -4.25, 7.079457843841379, 0),
      ("one four two", -3.5, 7.498942093324558, 1), ("", -1.0, 10.0, 0),
      ("two two", -2.9000000953674316, 9.261187959181019, 0),
    ])
  func kenlm(sentence: String, decimal: Double, perplexity: Double, unknown: Int) throws {
    let score = try model().score(sentence.split(separator: " ").map(String.init))
    #expect(isClose(score.logProbability, decimal * log(10), within: 1e-6))
    #expect(isClose(score.perplexity, perplexity, within: 1e-6))
    #expect(score.unknownCount == unknown)
  }

  @Test("Without <unk>, unknown words are left out and counted")
  func unknown() throws {
    let text = Self.arpa.replacing("ngram 1=6", with: "ngram 1=5")
      .replacing("-1.2\t<unk>\n", with: "")
    let model = try NGramModel(arpa: text, source: "x")
    #expect(model.logProbability(of: "four", given: []) == -.infinity)
    let score = model.score(of: [["one", "four", "two"], []])
    #expect(score.unknownCount == 1)
    #expect(score.tokenCount == 4)
    #expect(isClose(score.logProbability, (-0.2 - 0.6 - 1.1 - 1.0) * log(10)))
    #expect(NGramModel.Score().perplexity == nil)
  }

  @Test("What is written is read back")
  func writes() throws {
    let model = try model()
    let again = try NGramModel(arpa: "some preamble\n" + model.arpa, source: "x")
    #expect(again.vocabulary == model.vocabulary)
    #expect(again.arpa == model.arpa)
    for (left, right) in zip(again.trie.logProbabilities, model.trie.logProbabilities) {
      #expect(isClose(left, right, within: 1e-6))
    }
  }

  @Test(
    "Errors name the line",
    arguments: [
      ("ngram 2=6", "ngram 3=6", 3, "the count of order 2 is due, not of order 3"),
      ("ngram 2=6", "ngram 2=six", 3, "'ngram 2=count' or '\\1-grams:' is due here"),
      ("-0.7\t</s>", "0.7\t</s>", 9, "log-probability 0.7 is above 0; no probability exceeds 1"),
      ("-0.7\t</s>", "-0,7\t</s>", 9, "log-probability '-0,7' is no finite number"),
      (
        "-0.7\t</s>", "-0.7", 9,
        "1 fields; a decimal logarithm, 1 word and perhaps a back-off weight are due"
      ),
      (
        "-0.8\t<s> two", "-0.8\t<s> too", 16,
        "'too' is not among the words of order 1; add it there"
      ),
      ("-0.8\t<s> two", "-0.8\t<s> one", 16, "'<s> one' stands here a second time; drop one"),
      (
        "-0.1\t<s> one two", "-0.1\tone one two", 23,
        "'one one', its beginning, is missing at order 2; add it with its back-off weight"
      ),
      (
        "-0.1\t<s> one two", "-0.1\t<s> one two\t-1", 23,
        "a back-off weight at the highest order, where none is used; drop it"
      ),
      (
        "-0.1\t<s> one two\n", "", 26,
        "2 n-grams of order 3 stand above, 3 are declared; correct the count or restore the missing lines"
      ),
      ("\\2-grams:", "\\3-grams:", 14, "'\\2-grams:' is due here, not '\\3-grams:'"),
      ("\n\\end\\", "", 25, "the file ends without '\\end\\'; copy or download it again"),
    ])
  func errors(old: String, new: String, line: Int, problem: String) {
    #expect(throws: LanguageError.badLine(source: "t.arpa", line: line, problem: problem)) {
      try NGramModel(arpa: Self.arpa.replacing(old, with: new), source: "t.arpa")
    }
  }

  @Test("The graph holds the model: its best path is at least as good, by words alone the same")
  func graph() throws {
    let model = try model()
    let graph = model.wordGraph()
    #expect(graph.words == ["one", "three", "two"])
    // The model has no gain from backing off here but where a weight is above 0.
    for sentence in allSentences(of: ["one", "two", "three"], upTo: 4) {
      let exact = model.score(sentence).logProbability
      let best = try #require(graph.logProbability(of: sentence))
      #expect(best >= exact - 1e-12, "\(sentence)")
      #expect(isClose(Self.followed(sentence, graph), exact), "\(sentence)")
    }
    #expect(!graph.accepts(["four"]))
  }

  /// The weight of the path that takes an epsilon only where the word has no arc.
  static func followed(_ sentence: [String], _ graph: WordGraph) -> Double? {
    var (state, sum) = (graph.start, 0.0)
    func back() -> Bool {
      guard let arc = graph.arcs.first(where: { $0.from == state && $0.word == nil })
      else { return false }
      sum += arc.logProbability
      state = arc.to
      return true
    }
    for word in sentence {
      while true {
        if let arc = graph.arcs.first(where: { $0.from == state && $0.word == word }) {
          sum += arc.logProbability
          state = arc.to
          break
        }
        if !back() { return nil }
      }
    }
    while graph.finals[state] == nil { if !back() { return nil } }
    return sum + graph.finals[state]!
  }
}
