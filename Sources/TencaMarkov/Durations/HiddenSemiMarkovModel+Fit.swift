public import TencaNumerics

/// What ``HiddenSemiMarkovModel/fit(_:durations:to:lengths:options:execution:)`` found.
public struct HiddenSemiMarkovFit<E: Emission>: Sendable {
  /// The model.
  public let model: HiddenSemiMarkovModel<E>
  /// The starts that were tried, as hidden Markov models; the last entry is the ascent from the best of
  /// them.
  public let restarts: [HiddenMarkovRestart]
  /// The expected number of rows in each state.
  public let occupancies: [Double]
  /// The likelihood and what it cost.
  public let criteria: HiddenMarkovCriteria
  /// What else happened.
  public let warnings: [HiddenMarkovWarning]

  /// Σ ln p over all sequences under ``model``, in nats.
  public var logLikelihood: Double { criteria.logLikelihood }
}

extension HiddenSemiMarkovModel {
  /// Finds a model under which the data are likely.
  ///
  /// A hidden Markov model is learned first, from several starts; the durations along its best path are
  /// where expectation and maximisation begin (Y. Guédon, 2003). A last duration that the sequence cuts
  /// off counts as one of its length or longer.
  ///
  /// - Parameters:
  ///   - emission: What the states emit: its kind.
  ///   - durations: What durations are like, the same kind for all states.
  ///   - data: rows × columns, sequences one after another; NaN is a missing cell.
  ///   - lengths: The rows of each sequence; nil is one sequence.
  ///   - options: How to fit. Of the chain, free ones count alone.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Throws: ``MarkovError``; what the source throws; `CancellationError`.
  /// - Complexity: O(rows · states · (states + longest duration)) an iteration.
  public static func fit(
    _ emission: E, durations: DurationDistribution.Kind, to data: some RowSource,
    lengths: [Int]? = nil, options: HiddenMarkovOptions = HiddenMarkovOptions(),
    execution: Execution = .serial
  ) throws -> HiddenSemiMarkovFit<E> {
    try MarkovError.require(
      emission.stateCount >= 2, "states", emission.stateCount, "2 or more, as one is held for ever")
    try MarkovError.require(
      options.chain == nil && options.knownStates == nil, "options", "a chain or known states",
      "none where durations are learned")
    let begun = try HiddenMarkovModel.fit(
      emission, to: data, lengths: lengths, options: options, execution: execution)
    var model = try started(begun.model, durations, data, lengths, execution)
    let plan = try FramePlan(
      frames: data.rowCount, lengths: lengths, states: emission.stateCount)
    let rows = EmissionRows(data, plan)
    var (history, converged) = ([Double](), false)
    var (warnings, occupancies) = ([HiddenMarkovWarning](), [Double]())
    while true {
      execution.progress(
        .init(task: "EM iteration", completed: history.count, total: options.iterations))
      let statistics = try model.expectation(rows, lengths: lengths, execution: execution)
      if let last = history.last, statistics.logLikelihood < last - 1e-7 * max(1, abs(last)) {
        warnings.append(
          .objectiveFell(by: last - statistics.logLikelihood, iteration: history.count))
      }
      history.append(statistics.logLikelihood)
      occupancies = statistics.occupancies
      let gain =
        history.count > 1 ? history[history.count - 1] - history[history.count - 2] : .infinity
      converged = gain < options.tolerance * Double(data.rowCount)
      if converged || history.count > options.iterations { break }
      model = try model.maximized(statistics)
    }
    if options.ordersStates {
      let order = model.emission.orderByMean
      model = model.reordered(order)
      occupancies = order.map { occupancies[$0] }
    }
    let dead = occupancies.indices.filter { occupancies[$0] < 1 }
    if !dead.isEmpty { warnings.append(.deadStates(dead)) }
    if !converged { warnings.append(.notConverged(iterations: options.iterations)) }
    let path = try model.viterbi(data, lengths: lengths, execution: execution).logProbability
    return HiddenSemiMarkovFit(
      model: model,
      restarts: begun.restarts + [
        HiddenMarkovRestart(start: "durations", history: history, converged: converged)
      ],
      occupancies: occupancies,
      criteria: HiddenMarkovCriteria(
        logLikelihood: history.last!, pathLogProbability: path,
        parameterCount: model.parameterCount, rows: data.rowCount),
      warnings: warnings)
  }

  /// A model from the durations along the best path of a hidden Markov model.
  private static func started(
    _ model: HiddenMarkovModel<E>, _ kind: DurationDistribution.Kind, _ data: some RowSource,
    _ lengths: [Int]?, _ execution: Execution
  ) throws -> HiddenSemiMarkovModel<E> {
    let states = model.stateCount
    let path = try model.viterbi(data, lengths: lengths, execution: execution).states
    var durations = [[Int]](repeating: [], count: states)
    // Something of every step, so that none is impossible from the start.
    var steps = NDArray<Double>(repeating: 0.5, shape: [states, states])
    for state in 0..<states { steps[state, state] = 0 }
    var first = 0
    for length in lengths ?? [path.count] {
      var start = first
      for row in first + 1..<max(first + length, first + 1) where path[row] != path[row - 1] {
        durations[path[row - 1]].append(row - start)
        steps[path[row - 1], path[row]] += 1
        start = row
      }
      durations[path[start]].append(first + length - start)
      first += length
    }
    let transition = NDArray<Double>(
      rows: (0..<states).map { state in
        let row = steps.row(state).elements
        let sum = row.reduce(0, +)
        return row.map { $0 / sum }
      })
    let floor = 1e-3 / Double(states)
    let initial = model.chain.initial.map { $0 + floor }
    let total = initial.reduce(0, +)
    return try HiddenSemiMarkovModel(
      chain: SemiMarkovChain(
        unchecked: initial.map { $0 / total }, transition,
        durations.map { .started(kind, from: $0) }),
      emission: model.emission)
  }
}
