public import TencaNumerics

/// A hidden Markov model whose rows depend on their state and on those of some rows before, as the
/// mean form of an autoregression does (J. Hamilton, 1989).
///
/// The emission is of tuples of states: a number of memory + 1 digits in base K, whose first digit is the
/// state of the row and whose last is the oldest.
public struct RememberingMarkovModel<E: Emission>: Sendable {
  /// Where sequences start, before the oldest state that the first row remembers, and how states follow
  /// each other.
  public let chain: MarkovChain
  /// What tuples emit.
  public let emission: E
  let memory: StateMemory

  /// Makes a model of known parts.
  ///
  /// - Parameters:
  ///   - chain: Of K states.
  ///   - memory: How many states before are remembered.
  ///   - emission: Of K to the power of memory + 1 states.
  /// - Throws: `MarkovError.invalidModel(problem:)` where numbers do not fit.
  public init(chain: MarkovChain, memory: Int, emission: E) throws {
    let tuples = StateMemory(states: chain.stateCount, length: memory)
    guard memory >= 0, emission.stateCount == tuples.tuples else {
      throw MarkovError.invalidModel(
        problem: "\(chain.stateCount) states with a memory of \(memory), an emission of "
          + "\(emission.stateCount)")
    }
    self.init(unchecked: chain, tuples, emission)
  }

  init(unchecked chain: MarkovChain, _ memory: StateMemory, _ emission: E) {
    (self.chain, self.memory, self.emission) = (chain, memory, emission)
  }

  /// The number of states.
  public var stateCount: Int { chain.stateCount }

  /// The ordinary model of tuples, of which any question can be asked; see ``states(of:)``.
  public var model: HiddenMarkovModel<E> {
    HiddenMarkovModel(unchecked: memory.expanded(chain), emission)
  }

  /// The state of the row itself in every tuple.
  public var ownStates: [Int] { (0..<memory.tuples).map { memory.state(of: $0) } }

  /// The probabilities of states, rows × states, from those of tuples.
  public func states(of probabilities: NDArray<Double>) -> NDArray<Double> {
    memory.folded(probabilities)
  }
}

/// What ``RememberingMarkovModel/fit(_:states:memory:to:lengths:options:execution:)`` found.
public struct RememberingMarkovFit<E: Emission>: Sendable {
  /// The model.
  public let model: RememberingMarkovModel<E>
  /// All starts, each climbed by expectation and maximisation first; the best of them by a quasi-Newton
  /// search then.
  public let restarts: [HiddenMarkovRestart]
  /// Which of them is the best.
  public let best: Int
  /// The expected number of rows in each state.
  public let occupancies: [Double]
  /// The likelihood and what it cost.
  public let criteria: HiddenMarkovCriteria
  /// What else happened.
  public let warnings: [HiddenMarkovWarning]
}

extension RememberingMarkovModel where E: DifferentiableEmission {
  /// Steps of expectation and maximisation from each start, and how many starts go on from there.
  private static var firstSteps: Int { 30 }
  private static var mostClimbs: Int { 6 }

  /// Finds a model under which the data are likely.
  ///
  /// - Parameters:
  ///   - emission: What tuples emit: its kind.
  ///   - states: K.
  ///   - memory: How many states before are remembered.
  ///   - data: rows × columns, sequences one after another; NaN is a missing cell.
  ///   - lengths: The rows of each sequence; nil is one sequence.
  ///   - options: How to fit. States keep the order in which they were found.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Throws: ``MarkovError``; what the source throws; `CancellationError`.
  /// - Complexity: O(rows · K^(memory + 2)) an iteration, and what the emission costs.
  public static func fit(
    _ emission: E, states: Int, memory: Int, to data: some RowSource, lengths: [Int]? = nil,
    options: HiddenMarkovOptions = HiddenMarkovOptions(), execution: Execution = .serial
  ) throws -> RememberingMarkovFit<E> {
    let tuples = StateMemory(states: states, length: memory)
    try MarkovError.require(
      emission.stateCount == tuples.tuples, "emission", "of \(emission.stateCount) states",
      "of \(tuples.tuples), the tuples of \(states) states with a memory of \(memory)")
    let (_, plan) = try emission.scores(data, lengths)
    try options.validate(rows: data.rowCount, states: states)
    let rows = EmissionRows(data, plan)
    let prepared = try emission.prepared(for: data, execution: execution)
    let starts = try TupleStarts(data, plan, tuples, options, execution)
    var runs: [(ascent: LikelihoodAscent<E>, history: [Double], kind: String)] = []
    for restart in 0..<(options.startsFromEmission ? 1 : options.restarts) {
      let (chain, labels, kind) = try starts.start(restart)
      let begun =
        options.startsFromEmission
        ? prepared
        : try prepared.started(
          from: rows, labels: labels, random: RandomStream(seed: options.seed),
          execution: execution)
      let (ascent, history) = try LikelihoodAscent(
        from: RememberingMarkovModel(unchecked: chain, tuples, begun), data, lengths: lengths,
        options: options, execution: execution
      ).begun(min(Self.firstSteps, options.iterations))
      runs.append((ascent, history, kind))
    }
    // The most promising are climbed to the end.
    let order = runs.indices.sorted { runs[$0].history.last! > runs[$1].history.last! }
    var climbed: [Int: QuasiNewton.Outcome] = [:]
    for index in order.prefix(Self.mostClimbs) {
      let outcome = try runs[index].ascent.run(
        QuasiNewton(iterations: options.iterations, tolerance: 1e-9))
      climbed[index] = outcome
      runs[index].history += outcome.history.dropFirst()
    }
    let index = order.prefix(Self.mostClimbs).max {
      runs[$0].history.last! < runs[$1].history.last!
    }!
    let top = climbed[index]!
    let place =
      runs[index].ascent.space.place(at: top.point.coordinates) ?? runs[index].ascent.space.base
    let model = RememberingMarkovModel(unchecked: place.chain, tuples, place.model.emission)
    let ascent = try LikelihoodAscent(
      from: model, data, lengths: lengths, options: options, execution: execution)
    let sums = tuples.folded(try ascent.statistics(of: place).sums, hasSteps: false)
    let whole = model.model
    return RememberingMarkovFit(
      model: model,
      restarts: runs.enumerated().map {
        HiddenMarkovRestart(
          start: $1.kind, history: $1.history, converged: climbed[$0]?.converged ?? false)
      }, best: index, occupancies: sums.occupancies,
      criteria: HiddenMarkovCriteria(
        logLikelihood: try whole.logLikelihood(of: data, lengths: lengths, execution: execution),
        pathLogProbability: try whole.viterbi(data, lengths: lengths, execution: execution)
          .logProbability,
        parameterCount: model.emission.parameterCount
          + HiddenMarkovModel<E>.chainParameterCount(place.chain, options), rows: data.rowCount),
      warnings: top.converged ? [] : [.notConverged(iterations: options.iterations)])
  }

  /// The parameters that were learned, with their standard errors; as those of
  /// ``HiddenMarkovModel/estimates(on:lengths:options:kind:execution:)``.
  public func estimates(
    on data: some RowSource, lengths: [Int]? = nil,
    options: HiddenMarkovOptions = HiddenMarkovOptions(), kind: StandardErrorKind = .information,
    execution: Execution = .serial
  ) throws -> [NamedParameter] {
    try LikelihoodAscent(
      from: self, data, lengths: lengths, options: options, execution: execution
    ).estimates(data, lengths: lengths, kind: kind)
  }
}

/// Where ascents of models with a memory begin: the states of rows by size, or in random stretches.
private struct TupleStarts {
  private let plan: FramePlan
  private let memory: StateMemory
  private let options: HiddenMarkovOptions
  /// Rows by their first number.
  private let ranks: [Int]

  init(
    _ data: some RowSource, _ plan: FramePlan, _ memory: StateMemory,
    _ options: HiddenMarkovOptions, _ execution: Execution
  ) throws {
    (self.plan, self.memory, self.options) = (plan, memory, options)
    let first = try data.block(0..<data.rowCount).column(0).elements
    let order = first.indices.sorted {
      (first[$0].isNaN ? -.infinity : first[$0], $0) < (
        first[$1].isNaN ? -.infinity : first[$1], $1
      )
    }
    var ranks = [Int](repeating: 0, count: first.count)
    for (rank, row) in order.enumerated() { ranks[row] = rank }
    self.ranks = ranks
  }

  /// The chain, the tuple of every row, and the kind of start in words.
  func start(_ restart: Int) throws -> (chain: MarkovChain, labels: [Int], kind: String) {
    var random = RandomStream(seed: options.seed).split(UInt64(restart))
    let states = memory.states
    // Some states last for long, some are gone at once.
    let stay = [0.8, 0.95, 0.5, 0.2][restart % 4]
    var own: [Int]
    let kind: String
    if restart % 8 == 0 {
      own = ranks.map { $0 * states / ranks.count }
      kind = "by size"
    } else {
      kind = "random stretches"
      own = []
      for sequence in plan.sequences {
        var state = random.integer(below: states)
        for _ in sequence {
          if random.uniform() > stay { state = random.integer(below: states) }
          own.append(state)
        }
      }
    }
    let labels = plan.sequences.flatMap { sequence in
      sequence.map { row in
        memory.tuple((0...memory.length).map { own[max(row - $0, sequence.lowerBound)] })
      }
    }
    if let chain = options.chain {
      return (chain, labels, options.startsFromEmission ? "model" : kind)
    }
    let chain = try MarkovChain(
      initial: [Double](repeating: 1 / Double(states), count: states),
      transition: (0..<states).map { i in
        (0..<states).map { states == 1 ? 1 : $0 == i ? stay : (1 - stay) / Double(states - 1) }
      })
    return (chain, labels, kind)
  }
}
