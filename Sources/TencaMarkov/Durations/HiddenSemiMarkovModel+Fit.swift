public import TencaNumerics

/// What ``HiddenSemiMarkovModel/fit(_:durations:to:lengths:options:execution:)`` found.
public struct HiddenSemiMarkovFit<E: Emission>: Sendable {
  /// The model.
  public let model: HiddenSemiMarkovModel<E>
  /// All starts that were tried: first ordinary models, followed roughly, and then those with durations,
  /// "durations on the path of start 0" or "durations of the chain of start 0" by the place of the ordinary
  /// one that they begin at.
  public let restarts: [HiddenMarkovRestart]
  /// Which of ``restarts`` gave ``model``.
  public let best: Int
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
  /// Hidden Markov models are learned first, roughly and from several starts. At each different top that
  /// they find, expectation and maximisation with durations begin twice, up to as many starts as
  /// ``HiddenMarkovOptions/restarts`` in all: with the durations along the model's best path (Y. Guédon,
  /// 2003), and with those of its own chain. The best is followed to the end. A last duration that the
  /// sequence cuts off counts as one of its length or longer.
  ///
  /// - Parameters:
  ///   - emission: What the states emit: its kind.
  ///   - durations: What durations are like, the same kind for all states.
  ///   - data: rows × columns, sequences one after another; NaN is a missing cell.
  ///   - lengths: The rows of each sequence; nil is one sequence.
  ///   - options: How to fit. The initial distribution is free or fixed, the same for all states; there
  ///     are neither a chain to start from nor pseudocounts.
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
    try check(options)
    guard data.columnCount == emission.columnCount else {
      throw MarkovError.wrongColumns(expected: emission.columnCount, actual: data.columnCount)
    }
    let plan = try FramePlan(frames: data.rowCount, lengths: lengths, states: emission.stateCount)
    try options.validate(rows: data.rowCount, states: emission.stateCount)
    let rows = EmissionRows(data, plan)
    let rough = max(options.tolerance, roughTolerance)
    let ordinary = try ordinaryAscents(
      StartingModels(emission, rows: rows, plan: plan, options: options),
      ExpectationStep(
        rows: rows, plan: plan, knownStates: options.knownStates, training: options.training),
      tolerance: rough, execution: execution)
    let starts = try SegmentStart.starts(
      from: ordinary, durations: durations, rows: rows, lengths: lengths, options: options,
      execution: execution)
    execution.progress(.init(task: "starts with durations", completed: 0, total: starts.count))
    // Starts side by side where there are several, as sequences are often few.
    let inner =
      starts.count == 1 ? execution : Execution(cancellation: execution.cancellation)
    let tried = try execution.map(starts.count) { index in
      var ascent = SegmentAscent(from: starts[index])
      return try Result {
        try ascent.run(
          on: rows, lengths: lengths, options: options, tolerance: rough, execution: inner)
        return ascent
      }.orImpossible
    }
    // Known states may last longer than a start allows; another may allow it.
    var ascents = tried.compactMap { try? $0.get() }
    if ascents.isEmpty { _ = try tried[0].get() }
    let best = ascents.indices.reduce(0) {
      ascents[$1].history.last! > ascents[$0].history.last! ? $1 : $0
    }
    if ascents[best].converged && options.tolerance < rough {
      try ascents[best].run(
        on: rows, lengths: lengths, options: options, tolerance: options.tolerance,
        execution: execution)
    }
    return try finished(
      ascents[best], ordinary.map(\.outcome) + ascents.map(\.outcome), ordinary.count + best, data,
      lengths, options, execution)
  }

  /// The gain in the mean log-likelihood of a row below which a start has shown what it promises.
  private static var roughTolerance: Double { 1e-5 }

  private static func check(_ options: HiddenMarkovOptions) throws {
    try MarkovError.require(
      options.chain == nil && options.transition == .free, "options", "a chain",
      "free where durations are learned")
    try MarkovError.require(
      options.initial != .stationary, "initial", "stationary",
      "free or fixed where durations are learned: a sequence begins with a whole segment, which the "
        + "stationary distribution does not know of")
    try MarkovError.require(
      options.transitionPseudocount == 0 && options.initialPseudocount == 0, "pseudocounts",
      "above 0", "0 where durations are learned")
  }

  /// Models without durations from every start.
  private static func ordinaryAscents(
    _ starts: StartingModels<E>, _ step: ExpectationStep<E>, tolerance: Double,
    execution: Execution
  ) throws -> [Ascent<E>] {
    try (0..<starts.count).map { restart in
      let (model, kind) = try starts.model(restart, execution: execution)
      var ascent = Ascent(from: model, start: kind, step: step, options: starts.options)
      try ascent.run(tolerance: tolerance, execution: execution)
      return ascent
    }
  }

  /// The model with its states in order, and what is to be said of it.
  private static func finished(
    _ ascent: SegmentAscent<E>, _ restarts: [HiddenMarkovRestart], _ best: Int,
    _ data: some RowSource, _ lengths: [Int]?, _ options: HiddenMarkovOptions,
    _ execution: Execution
  ) throws -> HiddenSemiMarkovFit<E> {
    var (model, occupancies) = (ascent.model, ascent.occupancies)
    if options.ordersStates && options.knownStates == nil && !options.startsFromEmission {
      let order = model.emission.orderByMean
      model = model.reordered(order)
      occupancies = order.map { occupancies[$0] }
    }
    var warnings = ascent.warnings
    let dead = occupancies.indices.filter { occupancies[$0] < 1 }
    if !dead.isEmpty { warnings.append(.deadStates(dead)) }
    if !ascent.converged { warnings.append(.notConverged(iterations: options.iterations)) }
    let path = try model.viterbi(data, lengths: lengths, execution: execution).logProbability
    return HiddenSemiMarkovFit(
      model: model, restarts: restarts, best: best, occupancies: occupancies,
      criteria: HiddenMarkovCriteria(
        logLikelihood: try model.logLikelihoods(of: data, lengths: lengths, execution: execution)
          .reduce(0, +),
        pathLogProbability: path, parameterCount: model.parameterCount(options),
        rows: data.rowCount),
      warnings: warnings)
  }
}

extension Result where Failure == any Error {
  /// The result itself, where it is none because data are impossible; other errors are thrown.
  fileprivate var orImpossible: Result {
    get throws {
      if case .failure(let error) = self {
        guard case MarkovError.impossibleData? = error as? MarkovError else { throw error }
      }
      return self
    }
  }
}

extension Ascent {
  fileprivate var outcome: HiddenMarkovRestart {
    HiddenMarkovRestart(start: start, history: history, converged: converged)
  }
}

extension SegmentAscent {
  fileprivate var outcome: HiddenMarkovRestart {
    HiddenMarkovRestart(start: start, history: history, converged: converged)
  }
}
