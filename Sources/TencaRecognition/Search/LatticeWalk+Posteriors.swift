#if canImport(Glibc)
  internal import Glibc
#endif

extension LatticeWalk {
  /// p(word over its frames | all frames) of every edge, all sentences of the lattice weighed
  /// (Wessel et al. 2001).
  func posteriors() -> [Double] {
    var forward: [Int: [Int: Double]] = [0: [grammar.start: 0]]
    var order: [(frame: Int, states: [Int: Double])] = []
    for frame in 0...lattice.frameCount {
      guard var states = forward[frame] else { continue }
      spread(&states)
      let top = states.values.max() ?? 0
      states = states.filter { $0.value >= top - beam }
      order.append((frame, states))
      for (state, score) in states {
        for index in byStart[frame] ?? [] {
          let edge = lattice.edges[index]
          for (target, arc) in steps(state, edge) {
            Self.add(
              score + self.score(edge, arc), to: &forward[edge.end, default: [:]][target])
          }
        }
      }
    }
    return posteriors(order)
  }

  private func spread(_ states: inout [Int: Double]) {
    // Each state hands on once, shorter histories after longer ones: no cycle leads back.
    var incoming: [Int: Int] = [:]
    var (seen, stack) = (Set(states.keys), Array(states.keys))
    while let state = stack.popLast() {
      for arc in silent[state] {
        incoming[arc.to, default: 0] += 1
        if seen.insert(arc.to).inserted { stack.append(arc.to) }
      }
    }
    var ready = seen.filter { incoming[$0] == nil }
    while let state = ready.popFirst() {
      for arc in silent[state] {
        if let score = states[state] { Self.add(score + arc.logProbability, to: &states[arc.to]) }
        incoming[arc.to]! -= 1
        if incoming[arc.to] == 0 { ready.insert(arc.to) }
      }
    }
  }

  private func posteriors(_ order: [(frame: Int, states: [Int: Double])]) -> [Double] {
    // ln p of all that follows, from a state that has become all it can become without a word.
    var later: [Int: [Int: Double]] = [lattice.frameCount: grammar.finals]
    var scores = [Double](repeating: -.infinity, count: lattice.edges.count)
    for (frame, states) in order.reversed() where frame < lattice.frameCount {
      for (state, score) in states {
        var own: Double?
        for index in byStart[frame] ?? [] {
          let edge = lattice.edges[index]
          for (target, arc) in steps(state, edge) {
            let way = self.score(edge, arc) + arriving(target, later[edge.end] ?? [:])
            if way == -.infinity { continue }
            Self.add(way, to: &own)
            scores[index] = Self.sum(scores[index], score + way)
          }
        }
        if let own { later[frame, default: [:]][state] = own }
      }
    }
    let total = arriving(grammar.start, later[0] ?? [:])
    return scores.map { total > -.infinity ? min(1, exp($0 - total)) : 0 }
  }

  /// ln p of all that follows a state, of which it may first become others without a word.
  private func arriving(_ state: Int, _ later: [Int: Double]) -> Double {
    silent[state].reduce(later[state] ?? -.infinity) {
      Self.sum($0, $1.logProbability + arriving($1.to, later))
    }
  }

  private static func sum(_ a: Double, _ b: Double) -> Double {
    if a == -.infinity { return b }
    if b == -.infinity { return a }
    let top = max(a, b)
    return top + log(exp(a - top) + exp(b - top))
  }

  private static func add(_ value: Double, to slot: inout Double?) {
    slot = slot.map { sum($0, value) } ?? value
  }
}
