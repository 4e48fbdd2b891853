/// How often the n-grams of all orders up to the highest occur in sentences.
///
/// Counts add: parts of a corpus may be counted apart and merged. Sentences are counted from one
/// `<s>` to one `</s>`.
public struct NGramCounts: Sendable, Equatable {
  /// The number of words of the longest n-grams.
  public let order: Int
  /// The number of sentences.
  public private(set) var sentenceCount = 0
  private(set) var vocabulary: [String] = [NGramModel.sentenceStart, NGramModel.sentenceEnd]
  private(set) var numbers: [String: Int]
  /// How often the words of each node occur.
  private(set) var occurrences: [Int] = [0]
  private(set) var trie = NGramTrie()

  /// The number of `<s>`.
  static let start = 0
  /// The number of `</s>`.
  static let end = 1

  /// Makes counts of nothing.
  ///
  /// - Parameter order: The number of words of the longest n-grams, 1 to 5.
  /// - Throws: ``LanguageError/badValue(name:value:limit:)``.
  public init(order: Int) throws {
    guard 1...5 ~= order else {
      throw LanguageError.badValue(
        name: "the order of an n-gram model", value: "\(order)", limit: "from 1 to 5")
    }
    self.order = order
    numbers = [NGramModel.sentenceStart: Self.start, NGramModel.sentenceEnd: Self.end]
  }

  /// Counts a sentence.
  ///
  /// - Parameter words: The words, without markers; those that are `<s>` or `</s>` are dropped.
  /// - Complexity: O(*w* · *n*) for *w* words and order *n*.
  public mutating func add(_ words: [String]) {
    sentenceCount += 1
    let inside = words.filter {
      $0 != NGramModel.sentenceStart && $0 != NGramModel.sentenceEnd
    }
    let sentence = [Self.start] + inside.map { number($0) } + [Self.end]
    for first in sentence.indices {
      var node = NGramTrie.root
      for word in sentence[first...].prefix(order) { node = count(word, after: node) }
    }
  }

  /// Adds the counts of another part of the corpus, of the same order.
  public mutating func merge(_ other: NGramCounts) {
    precondition(order == other.order, "counts of orders \(order) and \(other.order)")
    sentenceCount += other.sentenceCount
    var places = [NGramTrie.root]
    for node in 1..<other.trie.count {
      // A node stands behind its parent, so the parent's place is known.
      let word = number(other.vocabulary[Int(other.trie.words[node])])
      places.append(
        count(word, after: places[Int(other.trie.parents[node])], times: other.occurrences[node]))
    }
  }

  private mutating func number(_ word: String) -> Int {
    if let number = numbers[word] { return number }
    numbers[word] = vocabulary.count
    vocabulary.append(word)
    return vocabulary.count - 1
  }

  private mutating func count(_ word: Int, after parent: Int, times: Int = 1) -> Int {
    let node = trie.insert(word, after: parent)
    if node == occurrences.count { occurrences.append(0) }
    occurrences[node] += times
    return node
  }

  /// The counts that Kneser-Ney smoothing works on: occurrences at the highest order and of what
  /// begins with `<s>`; elsewhere, before how many different words the n-gram stands. `<s>` itself
  /// is never predicted and counts 0.
  func adjusted() -> [Int] {
    var adjusted = occurrences
    for node in 1..<trie.count where Int(trie.orders[node]) < order && firstWord(node) != Self.start
    {
      adjusted[node] = 0
    }
    for node in 1..<trie.count where trie.orders[node] > 1 {
      guard let shorter = trie.node(trie.words(of: node).dropFirst()) else { continue }
      // <s> stands only first, so the shorter n-gram has none and was set to 0 above.
      adjusted[shorter] += 1
    }
    if let start = trie.child(of: NGramTrie.root, Self.start) { adjusted[start] = 0 }
    return adjusted
  }

  private func firstWord(_ node: Int) -> Int {
    var here = node
    while trie.parents[here] > 0 { here = Int(trie.parents[here]) }
    return Int(trie.words[here])
  }
}
