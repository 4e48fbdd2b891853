/// Everything that can be said, as a network of hidden states: what a search walks through.
///
/// Nodes either emit a frame, in a state of the bank, or are junctions, which take no time. Between
/// junctions no cycle exists.
struct SearchGraph: Sendable {
  /// Where an arc leads and what it costs.
  struct Arc: Sendable {
    var target: Int32
    /// What was said when it is taken: an index of ``labels``, or -1.
    var label: Int32 = -1
    /// ln of its probability, all together.
    var weight: Float
    /// The part of the weight that is the grammar's.
    var language: Float = 0
  }

  /// What was said.
  struct Label: Sendable, Equatable {
    /// The word; nil is silence.
    let word: String?
    /// Which of the word's pronunciations.
    let pronunciation: Int
  }

  /// Of each node the state of the bank, or -1 for a junction.
  private(set) var states: [Int32] = []
  /// Of each node the unit, or -1 for a junction.
  private(set) var units: [Int32] = []
  /// Of each node its place in the unit.
  private(set) var places: [Int32] = []
  /// Of each junction the longest way from a junction that no other leads to.
  private(set) var levels: [Int32] = []
  /// Where each node's arcs begin, and behind the last node their number.
  private(set) var arcStarts: [Int32] = [0]
  private(set) var arcs: [Arc] = []
  private(set) var labels: [Label] = []
  /// The junction where everything begins.
  private(set) var start: Int32 = 0
  /// ln of the probability of ending in a junction; NaN: it is no end.
  private(set) var finals: [Float] = []

  var nodeCount: Int { states.count }

  func arcs(of node: Int32) -> Range<Int> {
    Int(arcStarts[Int(node)])..<Int(arcStarts[Int(node) + 1])
  }
}

/// Collects nodes and arcs in any order.
struct SearchGraphBuilder {
  private var nodes: [(state: Int32, unit: Int32, place: Int32)] = []
  private var outgoing: [[SearchGraph.Arc]] = []
  private var finals: [Int: Float] = [:]
  private var labelNumbers: [String: Int32] = [:]
  private var labels: [SearchGraph.Label] = []

  mutating func junction() -> Int32 { add(-1, -1, -1) }

  mutating func emitting(state: Int, unit: Int, place: Int) -> Int32 {
    add(Int32(state), Int32(unit), Int32(place))
  }

  private mutating func add(_ state: Int32, _ unit: Int32, _ place: Int32) -> Int32 {
    nodes.append((state, unit, place))
    outgoing.append([])
    return Int32(nodes.count - 1)
  }

  mutating func connect(
    _ source: Int32, to target: Int32, weight: Double, language: Double = 0, label: Int32 = -1
  ) {
    outgoing[Int(source)].append(
      SearchGraph.Arc(
        target: target, label: label, weight: Float(weight), language: Float(language)))
  }

  mutating func end(_ junction: Int32, weight: Double) { finals[Int(junction)] = Float(weight) }

  mutating func label(_ word: String?, pronunciation: Int) -> Int32 {
    let key = word.map { "\(pronunciation) \($0)" } ?? ""
    if let known = labelNumbers[key] { return known }
    let number = Int32(labels.count)
    labels.append(SearchGraph.Label(word: word, pronunciation: pronunciation))
    labelNumbers[key] = number
    return number
  }

  func graph(start: Int32) -> SearchGraph {
    SearchGraph(
      nodes: nodes, outgoing: outgoing, labels: labels, start: start, finals: finals)
  }
}

extension SearchGraph {
  fileprivate init(
    nodes: [(state: Int32, unit: Int32, place: Int32)], outgoing: [[Arc]], labels: [Label],
    start: Int32, finals: [Int: Float]
  ) {
    states = nodes.map(\.state)
    units = nodes.map(\.unit)
    places = nodes.map(\.place)
    self.labels = labels
    self.start = start
    self.finals = nodes.indices.map { finals[$0] ?? .nan }
    for own in outgoing {
      arcs += own
      arcStarts.append(Int32(arcs.count))
    }
    levels = junctionLevels()
  }

  /// Longest ways between junctions, by working off those that nothing more leads to.
  private func junctionLevels() -> [Int32] {
    var (levels, incoming) = (
      [Int32](repeating: 0, count: nodeCount), [Int32](repeating: 0, count: nodeCount)
    )
    func forEachJunctionArc(_ node: Int, _ body: (Int) -> Void) {
      if states[node] >= 0 { return }
      for index in arcs(of: Int32(node)) where states[Int(arcs[index].target)] < 0 {
        body(Int(arcs[index].target))
      }
    }
    for node in 0..<nodeCount { forEachJunctionArc(node) { incoming[$0] += 1 } }
    var ready = (0..<nodeCount).filter { states[$0] < 0 && incoming[$0] == 0 }
    while let node = ready.popLast() {
      forEachJunctionArc(node) { target in
        levels[target] = max(levels[target], levels[node] + 1)
        incoming[target] -= 1
        if incoming[target] == 0 { ready.append(target) }
      }
    }
    return levels
  }
}

extension SearchGraph {
  /// The same graph over the states that it uses, and which of the bank's they are: where few are used,
  /// only those need to be scored.
  func withOwnStates() -> (graph: SearchGraph, chosen: [Int]) {
    let chosen = Set(states.filter { $0 >= 0 }).sorted()
    let places = Dictionary(uniqueKeysWithValues: chosen.enumerated().map { ($1, Int32($0)) })
    var graph = self
    graph.states = states.map { places[$0] ?? -1 }
    return (graph, chosen.map { Int($0) })
  }
}
