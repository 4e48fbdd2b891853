internal import TencaNumerics

/// How states of triphones are tied.
struct TyingOptions: Sendable, Equatable {
  /// The number of states of all trees together, at most.
  let states: Int
  /// The least frames of a state.
  var minimumFrames = 80.0
  /// The least gain of ln p by a question.
  var minimumGain = 100.0
}

/// Grows the trees of all places of all units together: always the question that gains most, wherever it
/// is (Young, Odell and Woodland 1994).
struct TreeGrowth {
  private struct Leaf {
    let tree: Int
    let node: Int
    let contexts: [ContextStatistics]
    let score: Double
    var split: Split?
  }

  private struct Split {
    let side: ContextTree.Side
    let phones: [Int]
    let gain: Double
  }

  private let questions: [[Int]]
  private let options: TyingOptions
  private let floor: Double
  private var trees: [ContextTree]
  private var leaves: [Leaf] = []

  /// - Parameter contexts: Of each tree the contexts that were seen.
  init(
    _ contexts: [[ContextStatistics]], questions: [[Int]], isAsked: [Bool], options: TyingOptions,
    floor: Double
  ) {
    self.questions = questions
    self.options = options
    self.floor = floor
    trees = contexts.map { _ in ContextTree(nodes: [ContextTree.Node()]) }
    for (tree, seen) in contexts.enumerated() {
      leaves.append(leaf(tree, node: 0, seen, isAsked: isAsked[tree]))
    }
  }

  private func leaf(
    _ tree: Int, node: Int, _ contexts: [ContextStatistics], isAsked: Bool = true
  ) -> Leaf {
    let score = ContextStatistics.pooled(contexts).logLikelihood(floor: floor)
    return Leaf(
      tree: tree, node: node, contexts: contexts, score: score,
      split: isAsked ? bestSplit(contexts, score: score) : nil)
  }

  private func bestSplit(_ contexts: [ContextStatistics], score: Double) -> Split? {
    var best: Split?
    for side in [ContextTree.Side.left, .right] {
      // Contexts of one neighbour always go the same way.
      let byPhone = Dictionary(grouping: contexts) { side == .left ? $0.left : $0.right }
        .mapValues { ContextStatistics.pooled($0) }
      for phones in questions {
        let yes = ContextStatistics.pooled(phones.compactMap { byPhone[$0] })
        let no = ContextStatistics.pooled(
          byPhone.keys.sorted().filter { !phones.contains($0) }.map { byPhone[$0]! })
        guard min(yes.count, no.count) >= options.minimumFrames else { continue }
        let gain = yes.logLikelihood(floor: floor) + no.logLikelihood(floor: floor) - score
        if gain > best?.gain ?? options.minimumGain {
          best = Split(side: side, phones: phones, gain: gain)
        }
      }
    }
    return best
  }

  /// The trees, their states numbered in order, and of each state its contexts.
  mutating func grow() -> (trees: [ContextTree], contexts: [[ContextStatistics]]) {
    while leaves.count < options.states {
      let best = leaves.indices.max {
        (leaves[$0].split?.gain ?? 0) < (leaves[$1].split?.gain ?? 0)
      }!
      let leaf = leaves[best]
      guard let split = leaf.split else { break }
      let (yes, no) = (trees[leaf.tree].nodes.count, trees[leaf.tree].nodes.count + 1)
      trees[leaf.tree].nodes += [ContextTree.Node(), ContextTree.Node()]
      trees[leaf.tree].nodes[leaf.node] = ContextTree.Node(
        side: split.side, phones: split.phones, yes: yes, no: no)
      func isYes(_ context: ContextStatistics) -> Bool {
        split.phones.contains(split.side == .left ? context.left : context.right)
      }
      leaves[best] = self.leaf(leaf.tree, node: yes, leaf.contexts.filter(isYes))
      leaves.append(self.leaf(leaf.tree, node: no, leaf.contexts.filter { !isYes($0) }))
    }
    leaves.sort { ($0.tree, $0.node) < ($1.tree, $1.node) }
    for (state, leaf) in leaves.enumerated() { trees[leaf.tree].nodes[leaf.node].state = state }
    return (trees, leaves.map(\.contexts))
  }
}

extension AcousticTrainer {
  /// From units that are the same in every context to tied triphones, a Gaussian a state.
  func withContexts(_ tying: TyingOptions) -> (units: AcousticUnits, bank: GaussianBank) {
    let statistics = contextStatistics()
    let middles = Dictionary(
      uniqueKeysWithValues: statistics.enumerated().map { unit, places in
        (unit, ContextStatistics.pooled(places[places.count / 2]))
      })
    let floor = limits.varianceFloor
    let isAsked = statistics.enumerated().flatMap { unit, places in
      places.map { _ in unit != AcousticUnits.silence }
    }
    var growth = TreeGrowth(
      statistics.flatMap { $0 }, questions: PhoneQuestions.find(middles, floor: floor),
      isAsked: isAsked, options: tying, floor: floor)
    let (trees, contexts) = growth.grow()
    var next = 0
    let byUnit = units.trees.map { places in
      defer { next += places.count }
      return Array(trees[next..<next + places.count])
    }
    let pooled = contexts.map { ContextStatistics.pooled($0) }
    let columns = bank.columns
    // A place that no frame was seen of starts as everything.
    let means = pooled.map { state in
      state.count > 0
        ? state.sums.map { $0 / state.count } : [Double](repeating: 0, count: columns)
    }
    let variances = pooled.map { state in
      state.count > 0
        ? state.variances(floor: floor) : [Double](repeating: 1, count: columns)
    }
    return (
      AcousticUnits(
        names: units.names, trees: byUnit, stayProbabilities: units.stayProbabilities),
      GaussianBank(
        unchecked: [Int](repeating: 1, count: pooled.count),
        weights: [Double](repeating: 1, count: pooled.count), meanVectors: NDArray(rows: means),
        variances: NDArray(rows: variances))
    )
  }
}
