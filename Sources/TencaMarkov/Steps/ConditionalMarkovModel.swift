public import TencaNumerics

/// A hidden Markov model whose steps depend on the time between rows, or on covariates.
///
/// ```swift
/// let conditions = try StepConditions(times: hours)
/// let fit = try ConditionalMarkovModel.fit(
///   GaussianEmission(states: 2, columns: 1), over: conditions, to: rows)
/// let path = try fit.model.model(over: conditions).viterbi(rows).states
/// ```
public struct ConditionalMarkovModel<E: Emission>: Sendable {
  /// The probability of every state in the first row of a sequence.
  public let initial: [Double]
  /// How states follow each other.
  public let law: TransitionLaw
  /// What the states emit.
  public let emission: E

  /// Makes a model of known parts.
  ///
  /// - Parameters:
  ///   - initial: Divided by its sum, which must be 1 within 10⁻⁶.
  ///   - law: Of as many states.
  ///   - emission: Of as many states.
  /// - Throws: ``MarkovError/invalidModel(problem:)``.
  public init(initial: [Double], law: TransitionLaw, emission: E) throws {
    guard initial.count == law.stateCount, initial.count == emission.stateCount else {
      throw MarkovError.invalidModel(
        problem: "\(initial.count) initial probabilities, steps between \(law.stateCount) states, "
          + "an emission of \(emission.stateCount)")
    }
    self.init(unchecked: try normalizedShares(initial, "the initial distribution"), law, emission)
  }

  init(unchecked initial: [Double], _ law: TransitionLaw, _ emission: E) {
    (self.initial, self.law, self.emission) = (initial, law, emission)
  }

  /// The number of states.
  public var stateCount: Int { initial.count }

  /// The model of some rows, whose transition matrix varies as their conditions say: any question can be
  /// asked of it.
  ///
  /// - Throws: As ``TransitionLaw/matrices(over:)``.
  public func model(over conditions: StepConditions) throws -> HiddenMarkovModel<E> {
    HiddenMarkovModel(
      unchecked: MarkovChain(
        uncheckedInitial: initial, transition: try law.matrices(over: conditions)), emission)
  }

  /// The model with the states in another order: state `order[k]` becomes state k.
  ///
  /// - Precondition: `order` holds every state once.
  public func reordered(_ order: [Int]) -> ConditionalMarkovModel {
    precondition(order.sorted() == Array(0..<stateCount), "\(order) is no order of the states")
    return ConditionalMarkovModel(
      unchecked: order.map { initial[$0] }, law.reordered(order), emission.reordered(order))
  }
}

extension ConditionalMarkovModel: Equatable where E: Equatable {}

/// What ``ConditionalMarkovModel/fit(_:over:to:lengths:options:execution:)`` found.
public struct ConditionalMarkovFit<E: Emission>: Sendable {
  /// The model.
  public let model: ConditionalMarkovModel<E>
  /// The starts that were tried, as models whose steps are all alike; the last entry is the climb from
  /// the best of them.
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

extension ConditionalMarkovModel where E: DifferentiableEmission {
  /// Finds a model under which the data are likely.
  ///
  /// A model whose steps are all alike is learned first, from several starts; from there a quasi-Newton
  /// search climbs the likelihood with exact gradients.
  ///
  /// - Parameters:
  ///   - emission: What the states emit: its kind.
  ///   - conditions: What each row's step depends on; their kind is that of the law.
  ///   - data: rows × columns, sequences one after another; NaN is a missing cell.
  ///   - lengths: The rows of each sequence; nil is one sequence.
  ///   - options: How to fit. Steps that are impossible in ``HiddenMarkovOptions/chain`` stay so. The
  ///     initial distribution is free or fixed.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Throws: ``MarkovError``; what the source throws; `CancellationError`.
  /// - Complexity: O(rows · states²) time and memory a step, a matrix exponential of twice the states
  ///   for each gap that differs, and what the emission costs.
  public static func fit(
    _ emission: E, over conditions: StepConditions, to data: some RowSource,
    lengths: [Int]? = nil, options: HiddenMarkovOptions = HiddenMarkovOptions(),
    execution: Execution = .serial
  ) throws -> ConditionalMarkovFit<E> {
    try conditions.check(rows: data.rowCount)
    try MarkovError.require(
      options.initial != .stationary, "initial", "stationary",
      "free or fixed where steps are not all alike")
    try MarkovError.require(
      options.transition == .free && options.transitionPseudocount == 0, "transition",
      "fixed, or with a prior", "free where steps are not all alike")
    let begun = try HiddenMarkovModel.fit(
      emission, to: data, lengths: lengths, options: options, execution: execution)
    let start = ConditionalMarkovModel(
      unchecked: begun.model.chain.initial,
      try TransitionLaw.started(begun.model.chain.transition.matrix, over: conditions),
      // What is next to impossible under steps that are all alike may not be under these.
      options.fixesEmission ? begun.model.emission : begun.model.emission.loosened)
    let ascent = try LikelihoodAscent(
      from: start, over: conditions, data, lengths: lengths, options: options,
      execution: execution)
    let outcome = try ascent.run(
      QuasiNewton(
        iterations: options.iterations,
        tolerance: min(1e-8, 1e-3 * options.tolerance * Double(data.rowCount))))
    guard let place = ascent.space.place(at: outcome.point.coordinates), let law = place.law
    else {
      throw MarkovError.invalidModel(problem: "the climb of the likelihood began nowhere")
    }
    var model = ConditionalMarkovModel(
      unchecked: place.model.chain.initial, law, place.model.emission)
    var occupancies = try ascent.statistics(of: place).sums.occupancies
    if options.ordersByMean {
      let order = model.emission.orderByMean
      model = model.reordered(order)
      occupancies = order.map { occupancies[$0] }
    }
    let dead = occupancies.indices.filter { occupancies[$0] < 1 }
    let whole = try model.model(over: conditions)
    return ConditionalMarkovFit(
      model: model,
      restarts: begun.restarts + [
        HiddenMarkovRestart(
          start: "quasi-Newton", history: outcome.history, converged: outcome.converged)
      ],
      occupancies: occupancies,
      criteria: HiddenMarkovCriteria(
        logLikelihood: try whole.logLikelihood(of: data, lengths: lengths, execution: execution),
        pathLogProbability: try whole.viterbi(data, lengths: lengths, execution: execution)
          .logProbability,
        parameterCount: model.parameterCount(options), rows: data.rowCount),
      warnings: (dead.isEmpty ? [] : [.deadStates(dead)])
        + (outcome.converged ? [] : [.notConverged(iterations: options.iterations)]))
  }

  /// The parameters that were learned, with their standard errors; as those of
  /// ``HiddenMarkovModel/estimates(on:lengths:options:kind:execution:)``.
  public func estimates(
    over conditions: StepConditions, on data: some RowSource, lengths: [Int]? = nil,
    options: HiddenMarkovOptions = HiddenMarkovOptions(), kind: StandardErrorKind = .information,
    execution: Execution = .serial
  ) throws -> [NamedParameter] {
    try conditions.check(rows: data.rowCount)
    return try LikelihoodAscent(
      from: self, over: conditions, data, lengths: lengths, options: options, execution: execution
    ).estimates(data, lengths: lengths, kind: kind)
  }

  /// The number of parameters that a fit under these options may choose.
  func parameterCount(_ options: HiddenMarkovOptions) -> Int {
    (options.fixesEmission ? 0 : emission.parameterCount) + law.parameterCount
      + (options.initial == .free ? max(initial.count { $0 > 0 } - 1, 0) : 0)
  }
}
