/// Finds the most probable way through a ``SearchGraph`` as frames come: token passing (Young, Russell
/// and Thornton 1989), time-synchronous with beam and histogram pruning.
///
/// What it remembers of the past are *events*: the words and pauses that ended, each with the one before
/// it. For alignment every frame's state is an event too.
struct TokenSearch {
  /// Something that ended.
  struct Event: Sendable {
    /// An index of the graph's labels, or -1 for a state in a frame.
    let label: Int32
    /// The node, for a state in a frame.
    let node: Int32
    /// The number of frames up to its end.
    let frame: Int32
    /// The event before, or -1.
    let previous: Int32
    /// ln p of all up to here, the grammar's part included.
    let score: Double
    /// The grammar's part of it.
    let language: Double
  }

  let graph: SearchGraph
  let beam: SearchBeam
  private let keepsStates: Bool
  /// Whether all words that end within the beam are kept, for a lattice.
  private let keepsEnds: Bool

  private(set) var frameCount = 0
  private(set) var events: [Event] = []
  /// Words and pauses that ended, of the same words over the same frames the best.
  private(set) var ends: [WordEnd: Double] = [:]

  // Tokens: of each node the score relative to `offset`, the grammar's part and the last event.
  private(set) var scores: [Float]
  private var languages: [Float]
  private(set) var backs: [Int32]
  private var nextScores: [Float]
  private var nextLanguages: [Float]
  private var nextBacks: [Int32]
  /// Emitting nodes and junctions that hold tokens.
  private(set) var active: [Int32] = []
  private(set) var activeJunctions: [Int32] = []
  private var byLevel: [[Int32]]
  private(set) var offset = 0.0

  /// A word or pause, where it began and ended.
  struct WordEnd: Hashable, Sendable {
    let label: Int32
    let start: Int32
    let end: Int32
  }

  init(_ graph: SearchGraph, beam: SearchBeam, keepsStates: Bool = false, keepsEnds: Bool = false) {
    self.graph = graph
    self.beam = beam
    self.keepsStates = keepsStates
    self.keepsEnds = keepsEnds
    scores = [Float](repeating: -.infinity, count: graph.nodeCount)
    languages = [Float](repeating: 0, count: graph.nodeCount)
    backs = [Int32](repeating: -1, count: graph.nodeCount)
    (nextScores, nextLanguages, nextBacks) = (scores, languages, backs)
    byLevel = [[Int32]](repeating: [], count: 1 + Int(graph.levels.max() ?? 0))
    scores[Int(graph.start)] = 0
    byLevel[Int(graph.levels[Int(graph.start)])] = [graph.start]
    spreadJunctions(threshold: -.infinity)
  }

  /// Whether any way is left.
  var isAlive: Bool { !active.isEmpty || !activeJunctions.isEmpty }

  /// Takes in a frame.
  ///
  /// - Parameter logLikelihoods: ln p(frame | state) of every state of the bank.
  mutating func advance(_ logLikelihoods: UnsafeBufferPointer<Float>) {
    frameCount += 1
    let reached = emit(logLikelihoods)
    var best = -Float.infinity
    for node in reached { best = max(best, nextScores[Int(node)]) }
    guard best > -.infinity else {
      clear()
      return
    }
    let threshold = pruning(reached, best: best)
    swapTokens()
    active.removeAll(keepingCapacity: true)
    for node in reached {
      if scores[Int(node)] >= threshold {
        // Relative to the best, so that single precision never runs out.
        scores[Int(node)] -= best
        active.append(node)
      } else {
        scores[Int(node)] = -.infinity
      }
    }
    offset += Double(best)
    if keepsStates { rememberStates() }
    endWords(threshold: threshold - best)
    spreadJunctions(threshold: threshold - best)
  }

  /// Moves tokens to the states that emit this frame.
  private mutating func emit(_ logLikelihoods: UnsafeBufferPointer<Float>) -> [Int32] {
    var reached: [Int32] = []
    reached.reserveCapacity(active.count + activeJunctions.count)
    graph.arcs.withUnsafeBufferPointer { arcs in
      graph.states.withUnsafeBufferPointer { states in
        nextScores.withUnsafeMutableBufferPointer { nextScores in
          for list in [active, activeJunctions] {
            for node in list {
              let (score, language, back) = (
                scores[Int(node)], languages[Int(node)], backs[Int(node)]
              )
              for index in graph.arcs(of: node) {
                let arc = arcs[index]
                let target = Int(arc.target)
                if states[target] < 0 { continue }
                let candidate = score + arc.weight
                if candidate > nextScores[target] {
                  if nextScores[target] == -.infinity { reached.append(arc.target) }
                  nextScores[target] = candidate
                  nextLanguages[target] = language + arc.language
                  nextBacks[target] = back
                }
              }
            }
          }
          for node in reached { nextScores[Int(node)] += logLikelihoods[Int(states[Int(node)])] }
        }
      }
    }
    return reached
  }

  /// The score below which tokens are given up.
  private func pruning(_ reached: [Int32], best: Float) -> Float {
    let threshold = best - Float(beam.width)
    guard reached.count > beam.maximumActive else { return threshold }
    // A histogram over the beam: exact enough, and cheaper than sorting.
    let bins = 128
    var counts = [Int](repeating: 0, count: bins)
    let scale = Float(bins) / Float(beam.width)
    for node in reached {
      let bin = Int((best - nextScores[Int(node)]) * scale)
      if bin < bins { counts[bin] += 1 }
    }
    var total = 0
    for bin in 0..<bins {
      total += counts[bin]
      if total > beam.maximumActive { return best - Float(bin + 1) / scale }
    }
    return threshold
  }

  /// Makes the next frame's tokens this one's, and leaves the others empty.
  private mutating func swapTokens() {
    for node in active { scores[Int(node)] = -.infinity }
    for node in activeJunctions { scores[Int(node)] = -.infinity }
    activeJunctions.removeAll(keepingCapacity: true)
    swap(&scores, &nextScores)
    swap(&languages, &nextLanguages)
    swap(&backs, &nextBacks)
  }

  private mutating func clear() {
    for node in active { scores[Int(node)] = -.infinity }
    for node in activeJunctions { scores[Int(node)] = -.infinity }
    active = []
    activeJunctions = []
  }

  private mutating func rememberStates() {
    for node in active {
      let index = Int(node)
      events.append(
        Event(
          label: -1, node: node, frame: Int32(frameCount), previous: backs[index],
          score: offset + Double(scores[index]), language: Double(languages[index])))
      backs[index] = Int32(events.count - 1)
    }
  }

  /// Moves tokens out of words into junctions, an event for each junction reached.
  private mutating func endWords(threshold: Float) {
    var labels: [Int32: Int32] = [:]
    var reached: [Int32] = []
    for node in active {
      let (score, language, back) = (scores[Int(node)], languages[Int(node)], backs[Int(node)])
      for index in graph.arcs(of: node) {
        let arc = graph.arcs[index]
        let target = Int(arc.target)
        if graph.states[target] >= 0 { continue }
        let candidate = score + arc.weight
        if candidate < threshold { continue }
        if keepsEnds { keepEnd(arc.label, candidate, language + arc.language, back) }
        if candidate > scores[target] {
          if scores[target] == -.infinity { reached.append(arc.target) }
          scores[target] = candidate
          languages[target] = language + arc.language
          backs[target] = back
          labels[arc.target] = arc.label
        }
      }
    }
    for junction in reached {
      let index = Int(junction)
      events.append(
        Event(
          label: labels[junction]!, node: junction, frame: Int32(frameCount),
          previous: backs[index], score: offset + Double(scores[index]),
          language: Double(languages[index])))
      backs[index] = Int32(events.count - 1)
      byLevel[Int(graph.levels[index])].append(junction)
    }
  }

  /// Keeps the acoustic score of a word that ended: what came in since the event before.
  private mutating func keepEnd(_ label: Int32, _ score: Float, _ language: Float, _ back: Int32) {
    let before: Event? = back >= 0 ? events[Int(back)] : nil
    let acoustic =
      offset + Double(score) - Double(language) - (before.map { $0.score - $0.language } ?? 0)
    let end = WordEnd(label: label, start: before?.frame ?? 0, end: Int32(frameCount))
    ends[end] = max(ends[end] ?? -.infinity, acoustic)
  }

  /// Moves tokens from junction to junction, in an order in which none comes back.
  private mutating func spreadJunctions(threshold: Float) {
    for level in byLevel.indices {
      var position = 0
      while position < byLevel[level].count {
        let junction = byLevel[level][position]
        position += 1
        let score = scores[Int(junction)]
        activeJunctions.append(junction)
        for index in graph.arcs(of: junction) {
          let arc = graph.arcs[index]
          let target = Int(arc.target)
          if graph.states[target] >= 0 { continue }
          let candidate = score + arc.weight
          if candidate < threshold || candidate <= scores[target] { continue }
          if scores[target] == -.infinity { byLevel[Int(graph.levels[target])].append(arc.target) }
          scores[target] = candidate
          languages[target] = languages[Int(junction)] + arc.language
          backs[target] = backs[Int(junction)]
        }
      }
      byLevel[level].removeAll(keepingCapacity: true)
    }
  }
}
