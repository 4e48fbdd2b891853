extension WordGraph {
  /// The graph without states that no sentence passes: those that the start does not lead to, and
  /// those that lead to no end. States keep their order.
  ///
  /// A graph that says nothing at all becomes its start state alone.
  ///
  /// - Complexity: O(*s* + *a*) for *s* states and *a* arcs.
  public func trimmed() -> WordGraph {
    let usable = arcs.filter { $0.logProbability > -.infinity }
    let reached = reach([start], usable.map { ($0.from, $0.to) })
    let ending = reach(
      finals.filter { $0.value > -.infinity }.map(\.key), usable.map { ($0.to, $0.from) })
    let kept = (0..<stateCount).filter { ($0 == start) || (reached[$0] && ending[$0]) }
    var number = [Int?](repeating: nil, count: stateCount)
    for (new, old) in kept.enumerated() { number[old] = new }
    var trimmed = WordGraph(
      stateCount: kept.count, start: number[start]!, finals: [:],
      arcs: usable.compactMap { arc in
        guard let from = number[arc.from], let to = number[arc.to], ending[arc.to]
        else { return nil }
        return Arc(from: from, to: to, word: arc.word, logProbability: arc.logProbability)
      })
    for (state, weight) in finals where weight > -.infinity {
      if let new = number[state] { trimmed.finals[new] = weight }
    }
    return trimmed
  }

  /// The graph without epsilons, each sentence as probable on its best path as before.
  ///
  /// Of several paths of epsilons before a word the best one counts. Arcs may grow many: after
  /// *k* words that may be left out come O(*k*²).
  ///
  /// - Complexity: O(*s* · *e* + *r*) for *s* states, *e* epsilons and *r* arcs of the result,
  ///   unless epsilons form cycles.
  public func withoutEpsilons() -> WordGraph {
    struct Step: Hashable {
      var to: Int
      var word: String
    }
    let leaving = leaving()
    var result = WordGraph(stateCount: stateCount, start: start, finals: [:], arcs: [])
    for state in 0..<stateCount {
      var places: [Step: Int] = [:]
      for (through, weight) in silentReach(from: [state: 0], leaving: leaving).sorted(by: <) {
        if let final = finals[through] {
          result.finals[state] = max(result.finals[state] ?? -.infinity, weight + final)
        }
        for arc in leaving[through].map({ arcs[$0] }) {
          guard let word = arc.word else { continue }
          let total = weight + arc.logProbability
          if let place = places[Step(to: arc.to, word: word)] {
            result.arcs[place].logProbability = max(result.arcs[place].logProbability, total)
          } else {
            places[Step(to: arc.to, word: word)] = result.arcs.count
            result.arcs.append(Arc(from: state, to: arc.to, word: word, logProbability: total))
          }
        }
      }
    }
    return result.trimmed()
  }

  /// The graph without those epsilons that only pass a weight on, trimmed.
  ///
  /// Gone are epsilons that alone leave a state or alone enter one; every path is kept, and arcs
  /// never grow. What a parser builds becomes about as small as what a person would draw.
  ///
  /// - Complexity: O(*s* + *a*) for *s* states and *a* arcs, apart from chains of epsilons that
  ///   states of many arcs hang from.
  public func contracted() -> WordGraph {
    var contraction = EpsilonContraction(trimmed())
    contraction.run()
    return contraction.graph.trimmed()
  }

  /// Which states the edges lead to from some states, these included.
  private func reach(_ sources: [Int], _ edges: [(from: Int, to: Int)]) -> [Bool] {
    var targets = [[Int]](repeating: [], count: stateCount)
    for edge in edges { targets[edge.from].append(edge.to) }
    var reached = [Bool](repeating: false, count: stateCount)
    var waiting = sources
    for state in sources { reached[state] = true }
    while let state = waiting.popLast() {
      for target in targets[state] where !reached[target] {
        reached[target] = true
        waiting.append(target)
      }
    }
    return reached
  }
}
