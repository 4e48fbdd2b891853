public import TencaNumerics

extension HiddenMarkovModel {
  /// Finds a model under which the data are likely, from several starts.
  ///
  /// Every start is followed until it rises slowly, then the best alone is followed to the end; up
  /// to 20 000 rows all are. The
  /// first start is from clusters of rows, the others are from random rows and from random stretches
  /// of each sequence; emissions whose values have no distances start from stretches alone,
  /// left-right models from equal parts of each sequence.
  ///
  /// - Parameters:
  ///   - emission: What the states emit: its kind, or, by
  ///     ``HiddenMarkovOptions/startsFromEmission``, where learning begins.
  ///   - data: rows × columns, sequences one after another; NaN is a missing cell.
  ///   - lengths: The rows of each sequence; nil is one sequence.
  ///   - options: How to fit.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Throws: ``MarkovError``; what the source throws; `MixtureError` where clusters or Gaussians
  ///   cannot be had; `CancellationError`.
  /// - Complexity: O(rows · states²) an iteration, and what the emission costs.
  public static func fit(
    _ emission: E, to data: some RowSource, lengths: [Int]? = nil,
    options: HiddenMarkovOptions = HiddenMarkovOptions(), execution: Execution = .serial
  ) throws -> HiddenMarkovFit<E> {
    guard data.columnCount == emission.columnCount else {
      throw MarkovError.wrongColumns(expected: emission.columnCount, actual: data.columnCount)
    }
    let states = emission.stateCount
    let plan = try FramePlan(frames: data.rowCount, lengths: lengths, states: states)
    try options.validate(rows: data.rowCount, states: states)
    try options.chain?.transition.requireFrames(data.rowCount)
    let rows = EmissionRows(data, plan)
    let step = ExpectationStep<E>(
      rows: rows, plan: plan, knownStates: options.knownStates, training: options.training)
    let race = try ModelRace(
      StartingModels(emission, rows: rows, plan: plan, options: options), step: step,
      execution: execution)
    return try race.fit(data, lengths: lengths, execution: execution)
  }

  /// The number of parameters that a fit under these options may choose: those of the emission, and
  /// of the chain all but one of every distribution's entries above zero.
  public func parameterCount(_ options: HiddenMarkovOptions = HiddenMarkovOptions()) -> Int {
    (options.fixesEmission ? 0 : emission.parameterCount)
      + Self.chainParameterCount(chain, options)
  }

  /// The parameters of a chain that a fit may choose.
  static func chainParameterCount(_ chain: MarkovChain, _ options: HiddenMarkovOptions) -> Int {
    var count = 0
    if options.transition == .free {
      let matrix = (options.chain ?? chain).transition.matrix
      for state in 0..<chain.stateCount {
        count += matrix.row(state).elements.count { options.chain == nil || $0 > 0 } - 1
      }
    }
    if options.initial == .free {
      count += options.chain.map { $0.initial.count { $0 > 0 } - 1 } ?? chain.stateCount - 1
    }
    return count
  }
}

/// Several ascents, of which the most promising is followed to the end.
private struct ModelRace<E: Emission> {
  private var runs: [Ascent<E>] = []
  private var best = 0
  private let options: HiddenMarkovOptions

  /// The gain in the mean log-likelihood of a row below which a start has shown what it promises.
  private static var tolerance: Double { 1e-4 }
  /// Up to so many rows, every start is followed to the end, as late risers win often enough.
  private static var smallRows: Int { 20_000 }

  init(
    _ starts: StartingModels<E>, step: ExpectationStep<E>, execution: Execution
  ) throws {
    options = starts.options
    let followsAll = starts.count == 1 || step.rows.source.rowCount <= Self.smallRows
    let rough = followsAll ? options.tolerance : max(options.tolerance, Self.tolerance)
    for restart in 0..<starts.count {
      let (model, kind) = try starts.model(restart, execution: execution)
      var run = Ascent(from: model, start: kind, step: step, options: options)
      try run.run(tolerance: rough, execution: execution)
      runs.append(run)
      if run.history.last! > runs[best].history.last! { best = restart }
    }
    if runs[best].converged && options.tolerance < rough {
      try runs[best].run(tolerance: options.tolerance, execution: execution)
    }
  }

  func fit(
    _ data: some RowSource, lengths: [Int]?, execution: Execution
  ) throws -> HiddenMarkovFit<E> {
    let run = runs[best]
    var (model, occupancies) = (run.model, run.statistics!.sums.occupancies)
    if options.ordersByMean {
      let order = model.orderByMean
      model = model.reordered(order)
      occupancies = order.map { occupancies[$0] }
    }
    var warnings = run.warnings
    let dead = occupancies.indices.filter { occupancies[$0] < 1 }
    if !dead.isEmpty { warnings.append(.deadStates(dead)) }
    if !run.converged { warnings.append(.notConverged(iterations: options.iterations)) }
    return HiddenMarkovFit(
      model: model,
      restarts: runs.map {
        HiddenMarkovRestart(start: $0.start, history: $0.history, converged: $0.converged)
      },
      best: best, occupancies: occupancies,
      criteria: try HiddenMarkovCriteria(
        of: model, data, lengths: lengths, options: options, execution: execution),
      warnings: warnings)
  }
}
