public import TencaNumerics

extension GaussianMixture {
  /// Finds a mixture under which the data are likely, by expectation and maximisation
  /// (A. Dempster, N. Laird, D. Rubin, 1977) from a start by k-means.
  ///
  /// Columns are centred and scaled inside and the result scaled back, so neither offsets nor
  /// unlike units cost precision. Sums accumulate in double precision. Data with fewer distinct
  /// rows than components get one component a distinct row, and a warning.
  ///
  /// - Parameters:
  ///   - data: rows × columns.
  ///   - options: How to fit.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Throws: ``MixtureError``; `CancellationError`.
  /// - Complexity: O(rows · components · columns) an iteration.
  public static func fit(
    _ data: NDArray<Float>, options: GaussianMixtureOptions, execution: Execution = .serial
  ) throws -> GaussianMixtureFit {
    let statistics = try StandardizedRows.statistics(of: data, execution: execution)
    try options.validate(columns: data.columns)
    let (centres, deviations) = (statistics.means, statistics.deviations)
    let scales = zip(centres, deviations).map { centre, deviation in
      1 / (deviation > 0 ? deviation : centre == 0 ? 1 : abs(centre))
    }
    let rows = StandardizedRows(data, centres: centres, scales: scales)
    // The density of x is that of z times the scales.
    let logVolume = scales.reduce(0.0) { $0 + logarithm($1) }

    var restarts: [GaussianMixtureFit.Restart] = []
    var best: (index: Int, run: ExpectationMaximization, warnings: [MixtureWarning])?
    for restart in 0..<options.effectiveRestarts {
      let start = try options.startingMixture(
        restart: restart, rows: rows, execution: execution)
      let run = try ExpectationMaximization(
        from: start, rows: rows, options: options, execution: execution)
      restarts.append(
        .init(logLikelihoodHistory: run.history.map { $0 + logVolume }, converged: run.converged))
      if best == nil || run.history.last! > best!.run.history.last! {
        let missing = start.components < options.components
        best = (
          restart, run,
          missing
            ? [.fewerDistinctRows(requested: options.components, used: start.components)] : []
        )
      }
    }
    let constant = deviations.indices.filter { deviations[$0] == 0 }
    return GaussianMixtureFit(
      model: best!.run.mixture.restored(centres: centres, scales: scales), restarts: restarts,
      best: best!.index,
      warnings: best!.warnings + (constant.isEmpty ? [] : [.constantColumns(constant)])
        + best!.run.warnings)
  }
}

extension GaussianMixtureOptions {
  fileprivate var effectiveRestarts: Int {
    if case .model = start { return 1 }
    return restarts
  }

  /// The first parameters of a restart, in the coordinates of `rows`.
  fileprivate func startingMixture(
    restart: Int, rows: StandardizedRows, execution: Execution
  ) throws -> GaussianMixture {
    switch start {
    case .model(let model):
      return model.standardized(centres: rows.centres, scales: rows.scales)
    case .kMeans:
      // A few moves suffice: expectation and maximisation go on from there.
      let clusters = KMeansOptions(
        clusters: components, iterations: 10,
        seed: RandomStream(seed: seed).split(UInt64(restart)).seed)
      let run = try LloydRun.best(rows, options: clusters, execution: execution)
      let statistics = MixtureStatistics(
        labels: run.labels, components: run.clusters, rows: rows)
      return statistics.maximum(columns: rows.columns, floor: varianceFloor, occupancy: 0).mixture
    }
  }
}
