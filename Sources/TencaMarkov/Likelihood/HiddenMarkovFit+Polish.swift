public import TencaNumerics

extension HiddenMarkovFit where E: DifferentiableEmission {
  /// The fit, followed to the very top by a quasi-Newton search with exact gradients.
  ///
  /// Expectation and maximisation slows down near the top, the more the less states can be told apart;
  /// this does not. What was free in the fit is free here.
  ///
  /// - Parameters:
  ///   - data: What the fit was made from.
  ///   - lengths: The rows of each sequence; nil is one sequence.
  ///   - options: Those of the fit. ``HiddenMarkovOptions/training`` does not count: all paths are weighed.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Returns: The fit with another entry in ``restarts``, "quasi-Newton", which is the best; as it was
  ///   where nothing higher was found.
  /// - Throws: As ``HiddenMarkovModel/fit(_:to:lengths:options:execution:)``.
  /// - Complexity: One to two E-steps a step.
  public func polished(
    on data: some RowSource, lengths: [Int]? = nil,
    options: HiddenMarkovOptions = HiddenMarkovOptions(), execution: Execution = .serial
  ) throws -> HiddenMarkovFit {
    let ascent = try LikelihoodAscent(
      from: model, data, lengths: lengths, options: options, execution: execution)
    let outcome = try ascent.run(
      QuasiNewton(
        iterations: options.iterations,
        tolerance: min(1e-8, 1e-3 * options.tolerance * Double(data.rowCount))))
    guard let top = ascent.space.model(at: outcome.point.coordinates), outcome.history.count > 1
    else { return self }
    let last = HiddenMarkovRestart(
      start: "quasi-Newton", history: outcome.history, converged: outcome.converged)
    var warnings = warnings.filter {
      if case .notConverged = $0 { false } else { true }
    }
    if !outcome.converged { warnings.append(.notConverged(iterations: options.iterations)) }
    return HiddenMarkovFit(
      model: top, restarts: restarts + [last], best: restarts.count,
      occupancies: try ascent.statistics(of: top).sums.occupancies,
      criteria: try HiddenMarkovCriteria(
        of: top, data, lengths: lengths, options: options, execution: execution),
      warnings: warnings)
  }
}

/// A climb of the likelihood itself.
struct LikelihoodAscent<E: DifferentiableEmission> {
  let space: ModelCoordinates<E>
  private let step: ExpectationStep<E>
  private let execution: Execution

  /// - Throws: ``MarkovError`` for an emission that does not move, and data that do not fit.
  init(
    from model: HiddenMarkovModel<E>, _ data: some RowSource, lengths: [Int]?,
    options: HiddenMarkovOptions, execution: Execution
  ) throws {
    let emission = try model.emission.prepared(for: data, execution: execution)
    try MarkovError.require(
      options.fixesEmission || !emission.coordinates.isEmpty, "emission", "\(E.self)",
      "one that conforms to DifferentiableEmission")
    try MarkovError.require(
      !model.chain.transition.varies || options.transition == .fixed, "transition", "free",
      "fixed where the matrix varies from frame to frame")
    let plan = try emission.scores(data, lengths).plan
    space = ModelCoordinates(
      base: HiddenMarkovModel(unchecked: model.chain, emission), options: options)
    step = ExpectationStep(
      rows: EmissionRows(data, plan), plan: plan, knownStates: options.knownStates,
      training: .baumWelch)
    self.execution = execution
  }

  /// The E-step of a model.
  func statistics(
    of model: HiddenMarkovModel<E>
  ) throws -> ExpectedStatistics<E.Statistics> {
    try step.statistics(under: model, execution: execution)
  }

  /// The log-likelihood, with that of the prior, and its slope; nil where the model is degenerate or
  /// cannot have emitted the data.
  func evaluate(_ coordinates: [Double]) throws -> (value: Double, gradient: [Double])? {
    guard let model = space.model(at: coordinates) else { return nil }
    do {
      let statistics = try statistics(of: model)
      let value =
        statistics.sums.logLikelihoods.reduce(0, +) + model.chain.logPrior(space.options)
      return (value, space.gradient(at: model, statistics))
    } catch MarkovError.impossibleData, MarkovError.invalidLogLikelihood {
      return nil
    }
  }

  func run(_ search: QuasiNewton) throws -> QuasiNewton.Outcome {
    var count = 0
    return try search.maximizeFinite(from: space.coordinates(of: space.base)) { coordinates in
      try execution.cancellation.check()
      execution.progress(
        .init(task: "quasi-Newton step", completed: count, total: search.iterations))
      count += 1
      return try evaluate(coordinates)
    }
  }
}

extension QuasiNewton {
  /// Climbs in the coordinates that are finite; the others stay where they are.
  package func maximizeFinite(
    from start: [Double], _ evaluate: ([Double]) throws -> (value: Double, gradient: [Double])?
  ) throws -> Outcome {
    let finite = start.indices.filter { start[$0].isFinite }
    func whole(_ part: [Double]) -> [Double] {
      var place = start
      for (index, value) in zip(finite, part) { place[index] = value }
      return place
    }
    var outcome = try maximize(from: finite.map { start[$0] }) { part in
      try evaluate(whole(part)).map { answer in
        (answer.value, finite.map { answer.gradient[$0] })
      }
    }
    outcome.point.coordinates = whole(outcome.point.coordinates)
    return outcome
  }
}
