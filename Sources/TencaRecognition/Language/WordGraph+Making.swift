internal import Foundation

extension WordGraph {
  /// Any of some words, again and again, each as probable as the others.
  ///
  /// After a word that may be the last, ending is as probable as each of the words; so the
  /// probabilities of all sentences add up to 1.
  ///
  /// - Parameters:
  ///   - words: The vocabulary; words that come again are dropped.
  ///   - count: How many words a sentence may have; nil is one or more, without limit.
  /// - Throws: ``LanguageError/badValue(name:value:limit:)`` when there is no word, or for a count
  ///   that is negative or above 10 000.
  /// - Complexity: O(*w*) without a limit, otherwise O(*w* · `count.upperBound`) for *w* words.
  public static func loop(_ words: [String], between count: ClosedRange<Int>? = nil) throws
    -> WordGraph
  {
    var seen: Set<String> = []
    let words = words.filter { seen.insert($0).inserted }
    guard !words.isEmpty else {
      throw LanguageError.badValue(
        name: "the vocabulary of a word loop", value: "empty", limit: "one word or more")
    }
    let uniform = -log(Double(words.count))
    let uniformWithEnd = -log(Double(words.count + 1))
    guard let count else {
      let said = words.map { Arc(from: 0, to: 1, word: $0, logProbability: uniform) }
      let again = Arc(from: 1, to: 0, word: nil, logProbability: uniformWithEnd - uniform)
      return WordGraph(stateCount: 2, start: 0, finals: [1: uniformWithEnd], arcs: said + [again])
    }
    guard count.lowerBound >= 0, count.upperBound <= 10_000 else {
      throw LanguageError.badValue(
        name: "the number of words", value: "\(count.lowerBound) to \(count.upperBound)",
        limit: "from 0 to 10000")
    }
    var graph = WordGraph(stateCount: count.upperBound + 1, start: 0, finals: [:], arcs: [])
    for state in 0..<count.upperBound {
      let weight = count.contains(state) ? uniformWithEnd : uniform
      if count.contains(state) { graph.finals[state] = weight }
      graph.arcs += words.map { Arc(from: state, to: state + 1, word: $0, logProbability: weight) }
    }
    graph.finals[count.upperBound] = 0
    return graph
  }

  /// One of some sentences, each as probable as the others; one listed twice is twice as probable.
  ///
  /// The graph is a tree in which sentences share their beginnings.
  ///
  /// - Throws: ``LanguageError/badValue(name:value:limit:)`` when there is no sentence.
  /// - Complexity: O(*n*), where *n* is the number of words of all sentences.
  public static func list(sentences: [[String]]) throws -> WordGraph {
    guard !sentences.isEmpty else {
      throw LanguageError.badValue(
        name: "a list of sentences", value: "empty", limit: "one sentence or more")
    }
    var children: [[String: Int]] = [[:]]
    var passing = [0]
    var ending = [0]
    var arcs: [Arc] = []
    for sentence in sentences {
      var state = 0
      passing[0] += 1
      for word in sentence {
        if let next = children[state][word] {
          state = next
        } else {
          children[state][word] = children.count
          arcs.append(Arc(from: state, to: children.count, word: word))
          state = children.count
          children.append([:])
          passing.append(0)
          ending.append(0)
        }
        passing[state] += 1
      }
      ending[state] += 1
    }
    for index in arcs.indices {
      let arc = arcs[index]
      arcs[index].logProbability = log(Double(passing[arc.to]) / Double(passing[arc.from]))
    }
    var finals: [Int: Double] = [:]
    for state in ending.indices where ending[state] > 0 {
      finals[state] = log(Double(ending[state]) / Double(passing[state]))
    }
    return WordGraph(stateCount: children.count, start: 0, finals: finals, arcs: arcs)
  }

  /// One sentence and no other; it may be empty.
  public static func sequence(_ words: [String]) -> WordGraph {
    WordGraph(
      stateCount: words.count + 1, start: 0, finals: [words.count: 0],
      arcs: words.enumerated().map { Arc(from: $0, to: $0 + 1, word: $1) })
  }
}
