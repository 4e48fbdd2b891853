public import TencaNumerics

extension GaussianMixture {
  /// Finds a mixture under which the data are likely, by expectation and maximisation
  /// (A. Dempster, N. Laird, D. Rubin, 1977) from several starts.
  ///
  /// The data are centred and scaled inside, for tied and full covariance whitened, and the result
  /// is brought back, so neither offsets nor unlike units nor correlations cost precision. Sums
  /// accumulate in double precision. Data with fewer distinct rows than components get one
  /// component a distinct row, and a warning. Rows are read block by block, a few times an
  /// iteration at most, so the source may be larger than memory.
  ///
  /// - Parameters:
  ///   - data: rows × columns, in either precision.
  ///   - weights: How often each row counts; nil counts every row once.
  ///   - options: How to fit.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Throws: ``MixtureError``; what the source throws; `CancellationError`.
  /// - Complexity: O(rows · components · columns) an iteration, for full covariance times columns.
  public static func fit(
    _ data: some RowSource, weights: [Double]? = nil, options: GaussianMixtureOptions,
    execution: Execution = .serial
  ) throws -> GaussianMixtureFit {
    let moments = try RowMoments.all(
      of: data, rowWeights: weights, withProducts: options.covariance.isCorrelated,
      missing: options.missing, execution: execution)
    try options.validate(rows: data.rowCount, columns: data.columnCount)
    let frame = MixtureFrame(moments, covariance: options.covariance)
    let rows = StandardizedRows(data, frame: frame, weights: weights, missing: options.missing)
    let race = try MixtureRace(rows, options: options, execution: execution)

    let volume = moments.meanLogVolume(frame)
    var warnings: [MixtureWarning] = []
    let run = race.runs[race.best]
    if race.startingComponents < options.components {
      warnings.append(
        .fewerDistinctRows(requested: options.components, used: race.startingComponents))
    }
    let constant = moments.squares.indices.filter { moments.squares[$0] == 0 }
    if !constant.isEmpty { warnings.append(.constantColumns(constant)) }
    if frame.dependentDirections > 0 {
      warnings.append(.dependentColumns(directions: frame.dependentDirections))
    }
    warnings += run.events
    if run.floored > 0 { warnings.append(.variancesFloored(count: run.floored)) }
    if !run.converged { warnings.append(.notConverged(iterations: options.iterations)) }
    return GaussianMixtureFit(
      model: run.mixture.leaving(frame),
      restarts: zip(race.starts, race.runs).map { start, run in
        .init(
          start: start.name, logLikelihoodHistory: run.history.map { $0 + volume },
          converged: run.converged)
      },
      best: race.best, warnings: warnings)
  }
}

/// Several ascents, of which the most promising is followed to the end.
private struct MixtureRace {
  private(set) var runs: [ExpectationMaximization] = []
  private(set) var best = 0
  /// How many components the best start had.
  let startingComponents: Int
  let starts: [MixtureStart]

  /// The gain in the mean log-likelihood of a row below which a start has shown what it promises.
  private static let tolerance = 1e-3

  init(
    _ rows: StandardizedRows, options: GaussianMixtureOptions, execution: Execution
  ) throws {
    let root = RandomStream(seed: options.seed)
    starts = options.starts
    // A sample of its own stream, so that restarts do not depend on whether one was drawn.
    let sample = try StartRows(
      rows, limit: options.startRows, random: root.split(UInt64.max), execution: execution)
    var components: [Int] = []
    for (restart, start) in starts.enumerated() {
      let mixture = try start.mixture(
        of: options, sample: sample, rows: rows, random: root.split(UInt64(restart)),
        execution: execution)
      components.append(mixture.components)
      var run = ExpectationMaximization(from: mixture, rows: rows, options: options)
      let tolerance =
        starts.count == 1 ? options.tolerance : max(options.tolerance, Self.tolerance)
      try run.run(tolerance: tolerance, execution: execution)
      runs.append(run)
      if run.history.last! > runs[best].history.last! { best = restart }
    }
    startingComponents = components[best]
    if starts.count > 1 && runs[best].converged && options.tolerance < Self.tolerance {
      try runs[best].run(tolerance: options.tolerance, execution: execution)
    }
  }
}

extension RowMoments {
  /// The mean over rows of ln |dz/dx|, taken over the cells that a row has: what the log-density of
  /// x is above that of z.
  fileprivate func meanLogVolume(_ frame: MixtureFrame) -> Double {
    if weights.allSatisfy({ $0 == mass }) { return frame.logVolume }
    return zip(weights, frame.scales).reduce(0.0) { $0 + $1.0 * logarithm($1.1) } / mass
  }
}
