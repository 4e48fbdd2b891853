internal import TencaNumerics

/// What an M-step needs of all sequences.
struct ExpectedStatistics<S: Mergeable & Sendable>: Mergeable, Sendable {
  var sums: Smoother.Sums
  /// Nil before the first rows.
  var emission: S?
  /// What steps tell of a law that they follow; nil where they are all alike.
  var steps: StepSums?

  mutating func merge(_ other: ExpectedStatistics) {
    sums.merge(other.sums)
    if let steps = other.steps { self.steps?.merge(steps) }
    add(other.emission)
  }

  fileprivate mutating func add(_ part: S?) {
    guard let part else { return }
    if emission == nil { emission = part } else { emission!.merge(part) }
  }
}

/// The E-step over some sequences.
struct ExpectationStep<E: Emission>: Sendable {
  let rows: EmissionRows
  let plan: FramePlan
  let knownStates: [Int?]?
  let training: HiddenMarkovOptions.Training
  /// Used again by every iteration.
  private let memory = SpareMemory()

  init(
    rows: EmissionRows, plan: FramePlan, knownStates: [Int?]?,
    training: HiddenMarkovOptions.Training
  ) {
    self.rows = rows
    self.plan = plan
    self.knownStates = knownStates
    self.training = training
  }

  /// What the rows tell under a model; the same bytes on any number of threads.
  ///
  /// - Parameter steps: Sums of nothing, of the law that the model's steps follow.
  func statistics(
    under model: HiddenMarkovModel<E>, steps: StepSums? = nil, execution: Execution
  ) throws -> ExpectedStatistics<E.Statistics> {
    let scores = EmissionScores(emission: model.emission, rows: rows, knownStates: knownStates)
    let inner = plan.inner(execution)
    let smoother = Smoother(model.chain)
    let bestPath = BestPathRecursion(model.chain)
    return try execution.reduce(count: plan.groups.count, block: 1) { index in
      let group = plan.groups[index.lowerBound]
      switch training {
      case .baumWelch:
        return try allPaths(group, smoother, scores, model.emission, steps, inner)
      case .viterbi:
        return try bestPaths(group, bestPath, scores, model, inner)
      }
    }!
  }

  private func allPaths(
    _ group: FramePlan.Group, _ smoother: Smoother, _ scores: EmissionScores<E>, _ emission: E,
    _ steps: StepSums?, _ execution: Execution
  ) throws -> ExpectedStatistics<E.Statistics> {
    var result = ExpectedStatistics<E.Statistics>(sums: .init(states: emission.stateCount))
    var own = steps
    result.sums = try smoother.run(
      group, of: scores, memory: memory, execution: execution,
      steps: steps == nil ? nil : { own!.add($0, $1) }
    ) { wave in
      let parts = try execution.map(wave.blocks.count) { index in
        let block = wave.blocks[index]
        return try rows.statistics(
          of: block, posteriors: wave.from(block.lowerBound), under: emission)
      }
      for part in parts { result.add(part) }
    }
    result.steps = own
    return result
  }

  private func bestPaths(
    _ group: FramePlan.Group, _ recursion: BestPathRecursion, _ scores: EmissionScores<E>,
    _ model: HiddenMarkovModel<E>, _ execution: Execution
  ) throws -> ExpectedStatistics<E.Statistics> {
    let states = model.stateCount
    var result = ExpectedStatistics<E.Statistics>(sums: .init(states: states))
    for piece in group.wholeSequences {
      let path = try recursion.run(
        piece, segment: piece.frames.count, of: scores, execution: execution)
      result.sums.logLikelihoods.append(path.logProbability)
      result.sums.initial[path.states[0]] += 1
      for (from, to) in zip(path.states, path.states.dropFirst()) {
        result.sums.transitions[from * states + to] += 1
      }
      result.sums.last[path.states.last!] += 1
      for block in FramePlan.blocks(piece.frames) {
        var posteriors = [Double](repeating: 0, count: block.count * states)
        for row in block {
          let state = path.states[row - piece.frames.lowerBound]
          posteriors[(row - block.lowerBound) * states + state] = 1
        }
        result.add(
          try rows.statistics(of: block, posteriors: posteriors, under: model.emission))
      }
    }
    return result
  }
}
