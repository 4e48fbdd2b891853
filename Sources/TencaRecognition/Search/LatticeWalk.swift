/// Goes through a lattice by a grammar.
struct LatticeWalk {
  let lattice: WordLattice
  let grammar: WordGraph
  let weights: SearchWeights
  let byStart: [Int: [Int]]
  /// Of each state, by word, the arcs that say it.
  let spoken: [[String: [WordGraph.Arc]]]
  let silent: [[WordGraph.Arc]]
  /// Ways that fall this far behind the best of their frame are left out.
  let beam = 30.0

  init(_ lattice: WordLattice, grammar: WordGraph, weights: SearchWeights) {
    self.lattice = lattice
    self.grammar = grammar
    self.weights = weights
    byStart = Dictionary(grouping: lattice.edges.indices) { lattice.edges[$0].start }
    var spoken = [[String: [WordGraph.Arc]]](repeating: [:], count: grammar.stateCount)
    var silent = [[WordGraph.Arc]](repeating: [], count: grammar.stateCount)
    for arc in grammar.arcs {
      if let word = arc.word {
        spoken[arc.from][word, default: []].append(arc)
      } else {
        silent[arc.from].append(arc)
      }
    }
    (self.spoken, self.silent) = (spoken, silent)
  }

  /// What an edge and an arc add to ln p, on the scale of the grammar: frames count as much less as the
  /// search made the grammar count more.
  func score(_ edge: WordLattice.Edge, _ arc: WordGraph.Arc?) -> Double {
    let weight = max(weights.languageWeight, 1)
    let penalty = edge.word == nil ? 0 : weights.wordPenalty / weight
    return edge.acousticScore / weight + (arc?.logProbability ?? 0) + penalty
  }

  /// A sentence and ln p of its best way, on the scale of the search.
  struct Sentence: Sendable {
    var words: [Recognition.Word]
    var score: Double
  }

  /// The most probable different sentences.
  func best(_ count: Int) -> [Sentence] {
    var reached: [Int: [Int: [Sentence]]] = [0: [grammar.start: [Sentence(words: [], score: 0)]]]
    for frame in 0...lattice.frameCount {
      guard var states = reached[frame] else { continue }
      spread(&states, count)
      if frame == lattice.frameCount { return finished(states, count) }
      reached[frame] = nil
      let top = states.values.compactMap { $0.first?.score }.max() ?? 0
      for (state, sentences) in states.sorted(by: { $0.key < $1.key })
      where sentences[0].score >= top - beam {
        for index in byStart[frame] ?? [] {
          let edge = lattice.edges[index]
          for (target, arc) in steps(state, edge) {
            let added = score(edge, arc)
            let longer = sentences.map { sentence in
              var sentence = sentence
              sentence.score += added
              if let word = edge.word {
                sentence.words.append(
                  Recognition.Word(text: word, start: edge.start, end: edge.end))
              }
              return sentence
            }
            Self.merge(longer, into: &reached[edge.end, default: [:]][target, default: []], count)
          }
        }
      }
    }
    return []
  }

  func steps(
    _ state: Int, _ edge: WordLattice.Edge
  ) -> [(target: Int, arc: WordGraph.Arc?)] {
    guard let word = edge.word else { return [(state, nil)] }
    return (spoken[state][word] ?? []).map { ($0.to, $0) }
  }

  private func spread(_ states: inout [Int: [Sentence]], _ count: Int) {
    var open = Array(states.keys)
    while let state = open.popLast() {
      for arc in silent[state] {
        let moved = states[state]!.map {
          Sentence(words: $0.words, score: $0.score + arc.logProbability)
        }
        let before = states[arc.to]?.first?.score ?? -.infinity
        Self.merge(moved, into: &states[arc.to, default: []], count)
        if states[arc.to]![0].score > before { open.append(arc.to) }
      }
    }
  }

  private func finished(_ states: [Int: [Sentence]], _ count: Int) -> [Sentence] {
    var all: [Sentence] = []
    for (state, end) in grammar.finals.sorted(by: { $0.key < $1.key }) {
      let ended = (states[state] ?? []).map { Sentence(words: $0.words, score: $0.score + end) }
      Self.merge(ended, into: &all, count)
    }
    let weight = max(weights.languageWeight, 1)
    return all.map { Sentence(words: $0.words, score: $0.score * weight) }
  }

  /// Keeps the best of each sentence, and the best sentences.
  private static func merge(_ new: [Sentence], into known: inout [Sentence], _ count: Int) {
    for sentence in new {
      let texts = sentence.words.map(\.text)
      if let index = known.firstIndex(where: { $0.words.map(\.text) == texts }) {
        if sentence.score > known[index].score { known[index] = sentence }
      } else {
        known.append(sentence)
      }
    }
    known.sort { $0.score > $1.score }
    if known.count > count { known.removeLast(known.count - count) }
  }
}
