extension NGramModel {
  /// The model as a graph: a state a history, an arc a word, an epsilon to the shorter history that
  /// carries the back-off weight, and the weight of `</s>` as that of ending.
  ///
  /// An epsilon may be taken where the word has an arc too. So the best path of a sentence is at
  /// least as probable as the model says, and more where backing off gains; the path that prefers
  /// arcs of words is the model's own. (C. Allauzen, M. Mohri and B. Roark, "Generalized algorithms
  /// for constructing statistical language models", ACL 2003, section 4.) `<s>` and `<unk>` have no
  /// arcs. A model without `</s>` may end anywhere, at no cost.
  ///
  /// - Complexity: O(*n* · ``order``²) for *n* n-grams.
  public func wordGraph() -> WordGraph {
    // States are the histories that words follow, or whose weight matters to shorter ones.
    var states = [Int?](repeating: nil, count: trie.count)
    var count = 0
    for node in 0..<trie.count
    where node == NGramTrie.root
      || (Int(trie.orders[node]) < order && (trie.isParent[node] || trie.backoffs[node] != 0))
    {
      states[node] = count
      count += 1
    }
    /// The state of the longest part of a history, from its end, that is one.
    func state(of history: ArraySlice<Int>) -> Int {
      var history = history.suffix(order - 1)
      while true {
        if let node = trie.node(history), let state = states[node] { return state }
        history = history.dropFirst()
      }
    }
    let start = numbers[Self.sentenceStart]
    let end = numbers[Self.sentenceEnd]
    let silent = [start, end, numbers[Self.unknown]]
    var graph = WordGraph(
      stateCount: count, start: state(of: [start].compactMap { $0 }[...]), finals: [:], arcs: [])
    for node in 0..<trie.count {
      let words = trie.words(of: node)
      if let from = states[node], node != NGramTrie.root {
        graph.arcs.append(
          WordGraph.Arc(
            from: from, to: state(of: words.dropFirst()), word: nil,
            logProbability: trie.backoffs[node]))
      }
      guard let word = words.last, let from = states[Int(trie.parents[node])] else { continue }
      if word == end {
        graph.finals[from] = trie.logProbabilities[node]
      } else if !silent.contains(word) {
        graph.arcs.append(
          WordGraph.Arc(
            from: from, to: state(of: words[...]), word: vocabulary[word],
            logProbability: trie.logProbabilities[node]))
      }
    }
    if end == nil {
      for state in 0..<count { graph.finals[state] = 0 }
    }
    return graph.trimmed()
  }
}
