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
    guard let top = ascent.space.place(at: outcome.point.coordinates), outcome.history.count > 1
    else { return self }
    let last = HiddenMarkovRestart(
      start: "quasi-Newton", history: outcome.history, converged: outcome.converged)
    var warnings = warnings.filter {
      if case .notConverged = $0 { false } else { true }
    }
    if !outcome.converged { warnings.append(.notConverged(iterations: options.iterations)) }
    let occupancies = try ascent.statistics(of: top).sums.occupancies
    // Means may have passed each other on the way.
    let order = options.ordersByMean ? top.model.orderByMean : Array(occupancies.indices)
    return HiddenMarkovFit(
      model: top.model.reordered(order), restarts: restarts + [last], best: restarts.count,
      occupancies: order.map { occupancies[$0] },
      criteria: try HiddenMarkovCriteria(
        of: top.model, data, lengths: lengths, options: options, execution: execution),
      warnings: warnings)
  }
}
