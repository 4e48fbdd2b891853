extension TokenSearch {
  /// Where the best way ends.
  struct Outcome: Sendable {
    /// The last event, or -1.
    let event: Int32
    /// ln p of the way, its end included.
    let score: Double
    /// Whether the way ends where the graph may end.
    let isComplete: Bool
  }

  /// The best way to an end of the graph or, if there is none, the best way so far.
  func outcome(mustBeComplete: Bool = false) -> Outcome? {
    var best: (node: Int32, score: Float)?
    for junction in activeJunctions where !graph.finals[Int(junction)].isNaN {
      let score = scores[Int(junction)] + graph.finals[Int(junction)]
      if score > best?.score ?? -.infinity { best = (junction, score) }
    }
    if let best {
      return Outcome(
        event: backs[Int(best.node)], score: offset + Double(best.score), isComplete: true)
    }
    if mustBeComplete { return nil }
    return running
  }

  /// The node of the best token.
  var bestNode: Int32? { active.max { scores[Int($0)] < scores[Int($1)] } }

  /// The best way so far, wherever it stands.
  var running: Outcome? {
    bestNode.map {
      Outcome(
        event: backs[Int($0)], score: offset + Double(scores[Int($0)]), isComplete: false)
    }
  }

  /// The events that led to one, the first first.
  func history(_ last: Int32) -> [Event] {
    var (history, index) = ([Event](), last)
    while index >= 0 {
      history.append(events[Int(index)])
      index = events[Int(index)].previous
    }
    return history.reversed()
  }
}
