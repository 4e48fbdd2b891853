import Foundation
import Testing

@testable import TencaRecognition

@Suite("Kneser-Ney smoothing")
struct KneserNeyTests {
  static func sentences(_ texts: [String]) -> [[String]] {
    texts.map { $0.split(separator: " ").map(String.init) }
  }

  /// A random corpus in which some words are much more frequent.
  static func corpus(seed: Int, count: Int) -> [[String]] {
    var random = SeededGenerator(state: UInt64(seed))
    return (0..<count).map { _ in
      (0..<Int.random(in: 0...6, using: &random)).map { _ in
        ["a", "b", "c", "d", "e", "f"][
          Int.random(in: 0...Int.random(in: 0...5, using: &random), using: &random)]
      }
    }
  }

  @Test("One word by hand")
  func unigramByHand() throws {
    // a a a b, two ends: counts 3, 1, 2; no count of counts above 0 for 4, so Y = 1 / (1 + 2).
    let model = try NGramModel.kneserNey(order: 1, sentences: Self.sentences(["a a b", "a"]))
    let (y, total) = (1.0 / 3, 6.0)
    let rest = 3 * y / total / 4
    for (word, count) in [("a", 3.0), ("b", 1), ("</s>", 2), ("<unk>", y), ("zzz", y)] {
      let expected = log((count - y) / total + rest)
      #expect(isClose(model.logProbability(of: word, given: []), expected), "\(word)")
    }
  }

  @Test("Three discounts by Chen and Goodman's formulas, else one")
  func discounts() {
    let three = KneserNeyDiscounts(countsOfCounts: [100, 40, 20, 12])
    let y = 100.0 / 180
    #expect(isClose(three.one, 1 - 2 * y * 0.4))
    #expect(isClose(three.two, 2 - 3 * y * 0.5))
    #expect(isClose(three.more, 3 - 4 * y * 0.6))
    let one = KneserNeyDiscounts(countsOfCounts: [100, 40, 20, 0])
    #expect(one == KneserNeyDiscounts(one: y, two: y, more: y))
    #expect(KneserNeyDiscounts(countsOfCounts: [1, 2, 40, 1]).more == 0.2)
    #expect(KneserNeyDiscounts(countsOfCounts: [0, 2, 4, 1]).one == 0.5)
  }

  /// From nltk 3.10.4, `KneserNeyInterpolated(2, discount=0.6)` fitted to everygrams of sentences
  /// padded with one `<s>` and one `</s>`. It does not interpolate single words with the uniform
  /// distribution; a discount near 0 at order 1 does the same.
  @Test(
    "Bigrams as by NLTK",
    arguments: [
      ("<s>", [0.5136363636363637, 0.18181818181818182, 0.18181818181818182, 0.12272727272727271]),
      ("a", [0.2121212121212121, 0.47272727272727266, 0.1393939393939394, 0.17575757575757572]),
      ("b", [0.45909090909090905, 0.05454545454545454, 0.05454545454545454, 0.43181818181818177]),
      ("c", [0.4181818181818182, 0.10909090909090909, 0.10909090909090909, 0.36363636363636365]),
    ])
  func nltk(history: String, expected: [Double]) throws {
    var counts = try NGramCounts(order: 2)
    for sentence in Self.sentences(["a b a c", "b a b", "c a b", "a a"]) { counts.add(sentence) }
    let model = try NGramModel.kneserNey(
      counts, includingUnknown: false,
      discounts: [.init(one: 1e-14, two: 1e-14, more: 1e-14), .init(one: 0.6, two: 0.6, more: 0.6)])
    for (word, probability) in zip(["a", "b", "c", "</s>"], expected) {
      let found = exp(model.logProbability(of: word, given: [history]))
      #expect(isClose(found, probability), "\(word) after \(history)")
    }
  }

  @Test("As by the formulas, and adding up to 1 after every history", arguments: 1...5, 0..<8)
  func reference(order: Int, seed: Int) throws {
    let corpus = Self.corpus(seed: seed, count: seed % 2 == 0 ? 8 : 60)
    var counts = try NGramCounts(order: order)
    for sentence in corpus { counts.add(sentence) }
    let model = try NGramModel.kneserNey(counts, vocabulary: ["g", "a"])
    let slow = SlowKneserNey(
      order: order, corpus: corpus, further: ["<unk>", "g"], discounts: counts.discounts())
    let vocabulary = model.vocabulary.filter { $0 != "<s>" }
    #expect(Set(vocabulary) == Set(slow.vocabulary))
    let histories = allSentences(of: ["a", "c", "g"], upTo: min(order - 1, 3))
    for history in histories.flatMap({ [$0, ["<s>"] + $0] }) {
      var sum = 0.0
      for word in vocabulary {
        let found = exp(model.logProbability(of: word, given: history))
        sum += found
        let expected = slow.probability(word, Array(history.suffix(order - 1)))
        #expect(isClose(found, expected, within: 1e-10), "\(word) after \(history)")
      }
      #expect(isClose(sum, 1, within: 1e-10), "after \(history)")
    }
  }

  @Test("All histories of the model add up to 1, read back too")
  func allHistories() throws {
    let model = try NGramModel.kneserNey(order: 4, sentences: Self.corpus(seed: 5, count: 60))
    let read = try NGramModel(arpa: model.arpa, source: "x")
    for (model, tolerance) in [(model, 1e-10), (read, 1e-6)] {
      let words = model.vocabulary.filter { $0 != "<s>" }
      for node in 0..<model.trie.count where model.trie.isParent[node] {
        let history = model.trie.words(of: node).map { model.vocabulary[$0] }
        let sum = words.reduce(0) { $0 + exp(model.logProbability(of: $1, given: history)) }
        #expect(isClose(sum, 1, within: tolerance), "after \(history)")
      }
    }
  }

  @Test("Parts counted apart give the same model")
  func merging() throws {
    let corpus = Self.corpus(seed: 3, count: 40)
    var parts = [try NGramCounts(order: 3), try NGramCounts(order: 3)]
    var whole = parts[0]
    for (index, sentence) in corpus.enumerated() {
      parts[index / 20].add(sentence)
      whole.add(sentence)
    }
    parts[0].merge(parts[1])
    #expect(parts[0].sentenceCount == 40)
    #expect(parts[0].discounts() == whole.discounts())
    let (left, right) = (try NGramModel.kneserNey(parts[0]), try NGramModel.kneserNey(whole))
    for sentence in corpus {
      #expect(isClose(left.score(sentence).logProbability, right.score(sentence).logProbability))
    }
  }

  @Test("The graph holds the estimate", arguments: 1...4)
  func graph(order: Int) throws {
    let corpus = Self.corpus(seed: 9, count: 30)
    let model = try NGramModel.kneserNey(order: order, sentences: corpus)
    let graph = model.wordGraph()
    for sentence in corpus + allSentences(of: ["a", "d"], upTo: 4) {
      let exact = model.score(sentence).logProbability
      #expect(graph.logProbability(of: sentence)! >= exact - 1e-12, "\(sentence)")
      #expect(isClose(NGramModelTests.followed(sentence, graph), exact), "\(sentence)")
    }
    var random = SeededGenerator(state: 1)
    for _ in 0..<50 {
      let sentence = try #require(graph.sample(using: &random))
      #expect(graph.accepts(sentence))
    }
  }

  @Test("Orders, corpora and discounts that cannot work are refused")
  func refuses() throws {
    #expect(throws: LanguageError.self) { try NGramCounts(order: 0) }
    #expect(throws: LanguageError.self) { try NGramCounts(order: 6) }
    #expect(throws: LanguageError.self) { try NGramModel.kneserNey(order: 2, sentences: []) }
    var counts = try NGramCounts(order: 1)
    counts.add(["<s>", "a", "</s>"])
    #expect(try NGramModel.kneserNey(counts).counts == [4])
    for discounts in [[], [KneserNeyDiscounts(one: 1.5, two: 1, more: 1)]] {
      #expect(throws: LanguageError.self) {
        try NGramModel.kneserNey(counts, discounts: discounts)
      }
    }
  }
}

/// The formulas of interpolated Kneser-Ney smoothing as they stand in the papers, counting anew for
/// every probability.
private struct SlowKneserNey {
  var order: Int
  var grams: [[String]]
  var vocabulary: [String]
  var discounts: [KneserNeyDiscounts]

  init(order: Int, corpus: [[String]], further: [String], discounts: [KneserNeyDiscounts]) {
    self.order = order
    self.discounts = discounts
    grams = corpus.flatMap { sentence in
      let padded = ["<s>"] + sentence + ["</s>"]
      return (1...order).flatMap { n in
        padded.count < n ? [] : (0...padded.count - n).map { Array(padded[$0..<$0 + n]) }
      }
    }
    vocabulary = Set(corpus.joined() + further + ["</s>"]).sorted()
    for gram in grams { occurrences[gram, default: 0] += 1 }
    for gram in occurrences.keys where gram.count > 1 {
      continuations[Array(gram.dropFirst()), default: 0] += 1
    }
  }

  private var occurrences: [[String]: Int] = [:]
  private var continuations: [[String]: Int] = [:]

  func count(_ gram: [String]) -> Int {
    if gram == ["<s>"] { return 0 }
    return gram.count == order || gram[0] == "<s>"
      ? occurrences[gram] ?? 0 : continuations[gram] ?? 0
  }

  func probability(_ word: String, _ history: [String]) -> Double {
    let lower =
      history.isEmpty ? 1 / Double(vocabulary.count) : probability(word, Array(history.dropFirst()))
    let discount = discounts[history.count]
    let counts = vocabulary.map { count(history + [$0]) }
    let total = Double(counts.reduce(0, +))
    if total == 0 { return lower }
    let taken = counts.reduce(0) { $0 + discount.off($1) }
    let own = count(history + [word])
    return (Double(own) - discount.off(own) + taken * lower) / total
  }
}
