internal import Foundation

/// How probable a word is after the words before it: a back-off model of n-grams (Katz 1987).
///
/// A word that was seen after the history has a probability there; another takes that of the
/// history without its oldest word, times the history's back-off weight. All results are natural
/// logarithms; ARPA files hold decimal ones.
///
/// ```swift
/// let model = try NGramModel(path: "digits.arpa")
/// model.logProbability(of: "TWO", given: ["<s>", "ONE"])
/// model.score(["ONE", "TWO"]).perplexity
/// ```
public struct NGramModel: Sendable, Equatable {
  /// What stands before the first word of a sentence, and is never predicted.
  public static let sentenceStart = "<s>"
  /// What stands behind the last word of a sentence.
  public static let sentenceEnd = "</s>"
  /// What stands for all words the model does not know.
  public static let unknown = "<unk>"

  /// The number of words of the longest n-grams.
  public let order: Int
  /// All words, the special ones too, in the order of the file or sorted.
  public let vocabulary: [String]
  let numbers: [String: Int]
  let trie: NGramTrie

  init(order: Int, vocabulary: [String], trie: NGramTrie) {
    self.order = order
    self.vocabulary = vocabulary
    self.trie = trie
    numbers = Dictionary(uniqueKeysWithValues: vocabulary.enumerated().map { ($1, $0) })
  }

  /// How many n-grams of each order the model has, that of single words first.
  ///
  /// - Complexity: O(*n*) for *n* n-grams.
  public var counts: [Int] {
    var counts = [Int](repeating: 0, count: order)
    for node in 1..<trie.count { counts[Int(trie.orders[node]) - 1] += 1 }
    return counts
  }

  /// Whether a word has a probability of its own.
  public func contains(_ word: String) -> Bool { numbers[word] != nil }

  /// The natural logarithm of the probability of a word after a history.
  ///
  /// - Parameters:
  ///   - word: The word, or `</s>`. One that is not in the vocabulary is taken for `<unk>`.
  ///   - history: The words before, the oldest first; the last ``order`` − 1 count. `<s>` marks a
  ///     sentence's beginning.
  /// - Returns: The logarithm; −∞ for an unknown word when the model has no `<unk>`.
  /// - Complexity: O(*n*²) for order *n*.
  public func logProbability(of word: String, given history: [String]) -> Double {
    guard let word = number(of: word) else { return -.infinity }
    return logProbability(of: word, given: context(history))
  }

  /// Log-probability and numbers of the tokens of a text.
  public struct Score: Sendable, Equatable {
    /// The natural logarithm of the probability of all tokens scored.
    public var logProbability = 0.0
    /// How many tokens were scored: words and sentence ends.
    public var tokenCount = 0
    /// How many words are not in the vocabulary. They are scored as `<unk>` when the model has it
    /// and otherwise left out.
    public var unknownCount = 0

    /// Adds the score of another text.
    public mutating func merge(_ other: Score) {
      logProbability += other.logProbability
      tokenCount += other.tokenCount
      unknownCount += other.unknownCount
    }

    /// The number of words a token could as well have been, exp(−log P / tokens); nil without any.
    public var perplexity: Double? {
      tokenCount == 0 ? nil : exp(-logProbability / Double(tokenCount))
    }
  }

  /// Scores a sentence, from `<s>`, which is not scored, to `</s>`, which is.
  ///
  /// - Parameter words: The words, without markers.
  /// - Complexity: O(*w* · *n*²) for *w* words and order *n*.
  public func score(_ words: [String]) -> Score {
    var score = Score()
    var history = context([Self.sentenceStart])
    for (index, word) in (words + [Self.sentenceEnd]).enumerated() {
      if index < words.count, numbers[word] == nil { score.unknownCount += 1 }
      guard let number = number(of: word) else {
        history = []
        continue
      }
      score.logProbability += logProbability(of: number, given: history)
      score.tokenCount += 1
      history = Array((history + [number]).suffix(order - 1))
    }
    return score
  }

  /// Scores a text, sentence by sentence.
  public func score(of sentences: [[String]]) -> Score {
    sentences.reduce(into: Score()) { $0.merge(score($1)) }
  }

  /// The natural logarithm of the probability of a word by its number.
  func logProbability(of word: Int, given history: [Int]) -> Double {
    var backoff = 0.0
    for first in 0...history.count {
      guard let context = trie.node(history[first...]) else { continue }
      if let node = trie.child(of: context, word) {
        return backoff + trie.logProbabilities[node]
      }
      backoff += trie.backoffs[context]
    }
    return -.infinity
  }

  /// The number of a word, or of `<unk>`; nil when there is neither.
  private func number(of word: String) -> Int? { numbers[word] ?? numbers[Self.unknown] }

  /// The numbers of the last words of a history; what stands before a word without one is dropped.
  private func context(_ history: [String]) -> [Int] {
    var context: [Int] = []
    for word in history.suffix(order - 1) {
      if let number = number(of: word) { context.append(number) } else { context = [] }
    }
    return context
  }
}
