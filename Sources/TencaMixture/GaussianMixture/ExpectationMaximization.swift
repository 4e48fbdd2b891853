internal import TencaNumerics

/// One ascent of the likelihood from one start, in standardised coordinates.
struct ExpectationMaximization {
  private(set) var mixture: GaussianMixture
  /// The mean log-likelihood of a row: of the start, then after each iteration.
  private(set) var history: [Double] = []
  private(set) var converged = false
  private(set) var warnings: [MixtureWarning] = []

  /// - Throws: ``MixtureError/invalidOption(name:value:limit:)`` for a start so far from the data
  ///   that double precision cannot hold their density; `CancellationError`.
  init(
    from start: GaussianMixture, rows: StandardizedRows, options: GaussianMixtureOptions,
    execution: Execution
  ) throws {
    mixture = start
    var removed = 0
    var floored = 0
    for iteration in 0...options.iterations {
      execution.progress(
        .init(task: "EM iteration", completed: iteration, total: options.iterations))
      let parameters = DiagonalFeatures.parameters(of: mixture)
      let statistics = try execution.reduce(count: rows.count, block: StandardizedRows.block) {
        MixtureStatistics($0, of: rows, under: parameters)
      }!
      let logLikelihood = statistics.logLikelihood / Double(rows.count)
      guard logLikelihood.isFinite else {
        throw MixtureError.invalidOption(
          name: "start", value: "a model under which a row has no density",
          limit: "a model nearer to the data")
      }
      let gain = logLikelihood - (history.last ?? -.infinity)
      history.append(logLikelihood)
      let rounding = 1e-9 * max(1, abs(logLikelihood))
      if gain < -rounding && removed == 0 {
        warnings.append(.likelihoodFell(by: -gain, iteration: iteration))
      }
      if gain < options.tolerance && removed == 0 {
        converged = true
        break
      }
      if iteration == options.iterations { break }
      let maximum = statistics.maximum(
        columns: rows.columns, floor: options.varianceFloor, occupancy: options.minimumOccupancy)
      (mixture, removed, floored) = (maximum.mixture, maximum.removed, maximum.floored)
      if removed > 0 {
        warnings.append(.componentsRemoved(count: removed, iteration: iteration + 1))
      }
    }
    if floored > 0 { warnings.append(.variancesFloored(count: floored)) }
    if !converged { warnings.append(.notConverged(iterations: options.iterations)) }
  }
}
