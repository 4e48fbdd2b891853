internal import Foundation

extension NGramCounts {
  /// The discounts that the counts suggest for each order, that of single words first.
  ///
  /// Three an order (modified Kneser-Ney) where there are n-grams of all the counts 1 to 4 and the
  /// formulas give discounts below the counts; otherwise one an order.
  public func discounts() -> [KneserNeyDiscounts] { discounts(of: adjusted()) }

  func discounts(of adjusted: [Int]) -> [KneserNeyDiscounts] {
    var counts = [[Int]](repeating: [0, 0, 0, 0], count: order)
    for node in 1..<trie.count where 1...4 ~= adjusted[node] {
      counts[Int(trie.orders[node]) - 1][adjusted[node] - 1] += 1
    }
    return counts.map(KneserNeyDiscounts.init(countsOfCounts:))
  }
}

extension NGramModel {
  /// Estimates a model from sentences by interpolated Kneser-Ney smoothing.
  ///
  /// - Parameters:
  ///   - order: The number of words of the longest n-grams, 1 to 5.
  ///   - sentences: The words of each, without markers.
  /// - Throws: ``LanguageError/badValue(name:value:limit:)`` for an order out of range or no
  ///   sentence.
  public static func kneserNey(order: Int, sentences: [[String]]) throws -> NGramModel {
    var counts = try NGramCounts(order: order)
    for sentence in sentences { counts.add(sentence) }
    return try kneserNey(counts)
  }

  /// Estimates a model from counts by interpolated Kneser-Ney smoothing.
  ///
  /// After a history *h* with counts *c* and discounts D, P(*w* | *h*) = (*c*(*hw*) − D) / Σ
  /// *c*(*h*·) + γ(*h*) P(*w* | *h* without its oldest word), where γ is what the discounts took
  /// off; single words are interpolated with the same probability for all. Lower orders count
  /// different words before rather than occurrences. The probabilities of all words and `</s>` add
  /// up to 1 after every history. Sources: R. Kneser and H. Ney, ICASSP 1995; Chen and Goodman,
  /// TR-10-98, 1998; treatment of `<s>` as K. Heafield et al., ACL 2013.
  ///
  /// - Parameters:
  ///   - counts: At least one sentence.
  ///   - vocabulary: Further words to give a probability to, such as those of a lexicon.
  ///   - includingUnknown: Whether `<unk>` is a word too, with the probability of one never seen.
  ///   - discounts: What to take off at each order; nil is ``NGramCounts/discounts()``.
  /// - Throws: ``LanguageError/badValue(name:value:limit:)`` for no sentence, or discounts of
  ///   another number of orders or not within 0...1, 0...2 and 0...3.
  /// - Complexity: O(*n* · `counts.order`) for *n* different n-grams.
  public static func kneserNey(
    _ counts: NGramCounts, vocabulary: [String] = [], includingUnknown: Bool = true,
    discounts: [KneserNeyDiscounts]? = nil
  ) throws -> NGramModel {
    guard counts.sentenceCount > 0 else {
      throw LanguageError.badValue(
        name: "the number of sentences to estimate from", value: "0", limit: "1 or more")
    }
    let adjusted = counts.adjusted()
    let discounts = discounts ?? counts.discounts(of: adjusted)
    try check(discounts, order: counts.order)
    var words = counts.vocabulary
    let further = (includingUnknown ? [unknown] : []) + vocabulary
    var known = Set(words)
    words += further.filter { known.insert($0).inserted }

    var trie = counts.trie
    for number in words.indices { _ = trie.insert(number, after: NGramTrie.root) }
    let count = { (node: Int) in node < adjusted.count ? adjusted[node] : 0 }
    // What the children of a node count together, and what is taken off them.
    var totals = [Double](repeating: 0, count: trie.count)
    var taken = totals
    for node in 1..<trie.count {
      let parent = Int(trie.parents[node])
      totals[parent] += Double(count(node))
      taken[parent] += discounts[Int(trie.orders[node]) - 1].off(count(node))
    }
    let uniform = 1 / Double(words.count - 1)
    var probabilities = totals
    // A node of a shorter n-gram may stand behind; so order by order.
    var nodes = [[Int]](repeating: [], count: counts.order)
    for node in 1..<trie.count { nodes[Int(trie.orders[node]) - 1].append(node) }
    for (index, nodes) in nodes.enumerated() {
      for node in nodes {
        let parent = Int(trie.parents[node])
        let lower =
          index == 0
          ? uniform : probabilities[trie.node(trie.words(of: node).dropFirst())!]
        let own = Double(count(node)) - discounts[index].off(count(node))
        probabilities[node] = (own + taken[parent] * lower) / totals[parent]
        trie.logProbabilities[node] = log(probabilities[node])
      }
    }
    for node in 1..<trie.count where totals[node] > 0 {
      trie.backoffs[node] = log(taken[node] / totals[node])
    }
    let start = trie.child(of: NGramTrie.root, NGramCounts.start)!
    trie.logProbabilities[start] = -99 * log(10)
    return NGramModel(order: counts.order, vocabulary: words, trie: trie)
  }

  private static func check(_ discounts: [KneserNeyDiscounts], order: Int) throws {
    guard discounts.count == order else {
      throw LanguageError.badValue(
        name: "the number of orders that have discounts", value: "\(discounts.count)",
        limit: "\(order)")
    }
    for discount in discounts {
      guard discount.one > 0, discount.one <= 1, discount.two > 0, discount.two <= 2,
        discount.more > 0, discount.more <= 3
      else {
        throw LanguageError.badValue(
          name: "a discount", value: "\(discount.one), \(discount.two), \(discount.more)",
          limit: "above 0, and at most 1, 2 and 3")
      }
    }
  }
}
