/// Takes epsilons out of a graph where one arc can do the work of two.
struct EpsilonContraction {
  private(set) var start: Int
  private let stateCount: Int
  private var finals: [Int: Double]
  private var arcs: [WordGraph.Arc]
  private var leaving: [Set<Int>]
  private var entering: [Set<Int>]
  private var isAlive: [Bool]
  private var waiting: [Int]

  init(_ graph: WordGraph) {
    stateCount = graph.stateCount
    start = graph.start
    finals = graph.finals
    arcs = graph.arcs
    leaving = [Set<Int>](repeating: [], count: graph.stateCount)
    entering = leaving
    isAlive = [Bool](repeating: true, count: graph.arcs.count)
    waiting = graph.arcs.indices.filter { graph.arcs[$0].word == nil }.reversed()
    for (index, arc) in arcs.enumerated() {
      leaving[arc.from].insert(index)
      entering[arc.to].insert(index)
    }
  }

  /// What is left; states that are gone have no arcs.
  var graph: WordGraph {
    WordGraph(
      stateCount: stateCount, start: start, finals: finals,
      arcs: arcs.indices.filter { isAlive[$0] }.map { arcs[$0] })
  }

  /// Contracts until nothing more can be.
  mutating func run() {
    while let index = waiting.popLast() {
      guard isAlive[index], arcs[index].word == nil else { continue }
      let arc = arcs[index]
      if arc.from == arc.to {
        // A step on the spot makes no path better.
        if arc.logProbability <= 0 {
          remove(index)
          wake(arc.from)
        }
      } else if entering[arc.to].count == 1, arc.to != start {
        moveLeaving(arc)
        remove(index)
        wake(arc.from)
      } else if leaving[arc.from].count == 1, finals[arc.from] == nil, arc.from != start {
        moveEntering(arc)
        remove(index)
        wake(arc.to)
      }
    }
  }

  /// What left the state behind the only epsilon into it now leaves the state before.
  private mutating func moveLeaving(_ epsilon: WordGraph.Arc) {
    for index in leaving[epsilon.to].sorted() {
      arcs[index].from = epsilon.from
      arcs[index].logProbability += epsilon.logProbability
      leaving[epsilon.from].insert(index)
      if arcs[index].word == nil { waiting.append(index) }
    }
    leaving[epsilon.to] = []
    if let final = finals.removeValue(forKey: epsilon.to) {
      let moved = final + epsilon.logProbability
      finals[epsilon.from] = max(finals[epsilon.from] ?? -.infinity, moved)
    }
  }

  /// What entered the state before the only epsilon out of it now enters the state behind.
  private mutating func moveEntering(_ epsilon: WordGraph.Arc) {
    for index in entering[epsilon.from].sorted() {
      arcs[index].to = epsilon.to
      arcs[index].logProbability += epsilon.logProbability
      entering[epsilon.to].insert(index)
      if arcs[index].word == nil { waiting.append(index) }
    }
    entering[epsilon.from] = []
  }

  private mutating func remove(_ index: Int) {
    isAlive[index] = false
    leaving[arcs[index].from].remove(index)
    entering[arcs[index].to].remove(index)
  }

  /// Looks again at the epsilons of a state whose arcs have become fewer.
  private mutating func wake(_ state: Int) {
    if leaving[state].count == 1 { waiting += leaving[state] }
    if entering[state].count == 1 { waiting += entering[state] }
  }
}
