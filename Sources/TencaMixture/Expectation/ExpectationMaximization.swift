internal import TencaNumerics

/// One ascent of the likelihood from one start, in the coordinates of a frame.
struct ExpectationMaximization: Sendable {
  private(set) var mixture: GaussianMixture
  /// The mean log-likelihood of a row: of the start, then after each iteration.
  private(set) var history: [Double] = []
  private(set) var converged = false
  /// What happened in single iterations.
  private(set) var events: [MixtureWarning] = []
  /// Variances at the floor after the last M-step.
  private(set) var floored = 0

  private let rows: StandardizedRows
  private let options: GaussianMixtureOptions
  /// The E-step of ``mixture``, where the M-step was put off.
  private var pending: MixtureStatistics?
  /// Whether the last M-step changed which components there are, so that the likelihood may fall.
  private var reshaped = false
  private var rescues: Int
  /// Whether E-steps are in single precision, which serves while steps are large and rows many.
  private var coarse: Bool
  /// How many entries at the end of ``history`` are of double precision.
  private var exactSteps = 0

  /// With fewer rows, rounding errors do not average out, and there is little time to save.
  private static let coarseRows = 1 << 14
  /// The gain in the mean log-likelihood of a row from which on steps are in double precision.
  private static let coarseTolerance = 1e-4
  /// The largest μᵀPμ for which single precision tells components apart to 10⁻⁴; see
  /// ``MixtureScorer``.
  private static let coarseCancellation = 2048.0

  init(from start: GaussianMixture, rows: StandardizedRows, options: GaussianMixtureOptions) {
    mixture = start
    self.rows = rows
    self.options = options
    coarse = rows.count >= Self.coarseRows && rows.missing == .refused
    rescues = options.starvation == .splitsHeaviest ? options.components : 0
  }

  /// The number of iterations so far.
  var iterations: Int { max(0, history.count - 1) }

  /// Goes on until the likelihood settles or ``GaussianMixtureOptions/iterations`` are done.
  ///
  /// - Parameter tolerance: See ``GaussianMixtureOptions/tolerance``.
  /// - Throws: ``MixtureError/invalidOption(name:value:limit:)`` for a start so far from the data
  ///   that double precision cannot hold their density; `CancellationError`.
  mutating func run(tolerance: Double, execution: Execution) throws {
    converged = false
    while true {
      if let statistics = pending {
        if iterations == options.iterations { return }
        maximize(statistics)
        pending = nil
      }
      let statistics = try expectation(execution)
      let last = history.last ?? -.infinity
      try record(statistics)
      // An M-step from coarse statistics is as good; those after it are exact.
      if !(history.last! - last >= Self.coarseTolerance) { coarse = false }
      pending = statistics
      if settled(tolerance) {
        converged = true
        return
      }
    }
  }

  private func expectation(_ execution: Execution) throws -> MixtureStatistics {
    execution.progress(
      .init(task: "EM iteration", completed: history.count, total: options.iterations))
    let parameters = NaturalParameters(mixture)
    if coarse && parameters.cancellation <= Self.coarseCancellation {
      return try rows.coarseStatistics(under: parameters, execution: execution)
    }
    let incomplete = rows.missing == .marginalized ? IncompleteRows(mixture) : nil
    return try rows.statistics(under: parameters, incomplete: incomplete, execution: execution)
  }

  private mutating func record(_ statistics: MixtureStatistics) throws {
    let logLikelihood = statistics.meanLogLikelihood
    guard logLikelihood.isFinite else {
      throw MixtureError.invalidOption(
        name: "start", value: "a model under which a row has no density",
        limit: "a model nearer to the data")
    }
    exactSteps = coarse ? 0 : exactSteps + 1
    if let last = history.last, !reshaped, exactSteps > 1 {
      let rounding = 1e-9 * max(1, abs(logLikelihood))
      if logLikelihood < last - rounding {
        events.append(.likelihoodFell(by: last - logLikelihood, iteration: history.count))
      }
    }
    history.append(logLikelihood)
  }

  /// Whether the last gain, and all that are to come if gains go on shrinking as they do, are
  /// below the tolerance (A. Aitken, 1926; D. Böhning and others, 1994).
  private func settled(_ tolerance: Double) -> Bool {
    guard history.count > 1, !reshaped else { return false }
    // A gain between two precisions may be their difference.
    if tolerance < Self.coarseTolerance && exactSteps < min(3, history.count) { return false }
    let gain = history[history.count - 1] - history[history.count - 2]
    // Rounding alone moves the likelihood at its maximum, up or down.
    if gain <= 0 { return gain < 0 || tolerance > 0 }
    guard gain < tolerance, history.count > 2 else { return false }
    let rate = gain / (history[history.count - 2] - history[history.count - 3])
    return rate < 1 && gain * rate / (1 - rate) < tolerance
  }

  private mutating func maximize(_ statistics: MixtureStatistics) {
    let maximum = statistics.maximum(
      floor: options.varianceFloor, occupancy: options.minimumOccupancy)
    mixture = maximum.mixture
    floored = maximum.floored
    reshaped = maximum.removed > 0
    guard reshaped else { return }
    let rescued = min(maximum.removed, rescues)
    rescues -= rescued
    for _ in 0..<rescued { mixture = mixture.splittingHeaviest() }
    if rescued > 0 {
      events.append(.componentsRescued(count: rescued, iteration: history.count))
    }
    if maximum.removed > rescued {
      events.append(
        .componentsRemoved(count: maximum.removed - rescued, iteration: history.count))
    }
  }
}

extension GaussianMixture {
  /// The same mixture with its heaviest component in two, half a standard deviation to either side
  /// along its longest axis.
  package func splittingHeaviest() -> GaussianMixture {
    let heaviest = weights.firstIndex(of: weights.max()!)!
    guard let eigen = try? symmetricEigen(covarianceMatrix(heaviest)) else { return self }
    let last = dimensions - 1
    let step = 0.5 * max(eigen.values[last], 0).squareRoot()
    var means = NDArray.concatenated([meanVectors, meanVectors.rows(heaviest..<heaviest + 1)])
    for column in 0..<dimensions {
      means[heaviest, column] += step * eigen.vectors[column, last]
      means[components, column] -= step * eigen.vectors[column, last]
    }
    var shares = weights + [weights[heaviest] / 2]
    shares[heaviest] /= 2
    return GaussianMixture(
      uncheckedWeights: shares, meanVectors: means,
      covariances: covariances.selecting(Array(0..<components) + [heaviest]))
  }
}
