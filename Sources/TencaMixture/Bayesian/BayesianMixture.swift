public import TencaNumerics

/// A Gaussian mixture whose parameters are distributions, fitted by variational inference: it takes
/// as many components as the data need and switches the others off.
///
/// ```swift
/// let fit = try BayesianMixture.fit(data, options: BayesianMixtureOptions(components: 20))
/// let clusters = try fit.model.inUse.assign(data)
/// ```
public struct BayesianMixture: Sendable, Equatable {
  /// The expected parameters of all components, also those that nothing is left for.
  public let mixture: GaussianMixture
  /// Σ γ: the rows that each component explains.
  public let occupancies: [Double]
  /// How many rows the mean of each component is worth.
  public let meanPrecisions: [Double]
  /// How many rows the covariance of each component is worth.
  public let degreesOfFreedom: [Double]
  /// The components that explain enough rows, see
  /// ``BayesianMixtureOptions/minimumOccupancy``.
  public let activeComponents: [Int]

  /// The mixture of ``activeComponents`` alone.
  public var inUse: GaussianMixture {
    let weights = activeComponents.map { mixture.weights[$0] }
    let total = weights.reduce(0, +)
    return GaussianMixture(
      uncheckedWeights: weights.map { $0 / total },
      meanVectors: mixture.meanVectors.selectingRows(activeComponents),
      covariances: mixture.covariances.selecting(activeComponents))
  }
}

/// What ``BayesianMixture/fit(_:weights:options:execution:)`` found.
public struct BayesianMixtureFit: Sendable, Equatable {
  /// The mixture of the best restart.
  public let model: BayesianMixture
  /// The lower bound of the mean log-probability of a row, up to a constant of the data and the
  /// priors: after each iteration, for each restart. It never falls by more than rounding.
  public let lowerBoundHistories: [[Double]]
  /// Which restart gave ``model``.
  public let best: Int
  /// Whether the tolerance was met.
  public let converged: Bool

  /// The history of the best restart.
  public var lowerBoundHistory: [Double] { lowerBoundHistories[best] }
}

extension BayesianMixture {
  /// Finds the distributions of parameters that come closest to what the data say.
  ///
  /// The prior mean and covariance are those of the data.
  ///
  /// - Parameters:
  ///   - data: rows × columns.
  ///   - weights: How often each row counts; nil counts every row once.
  ///   - options: How to fit, and what is known beforehand.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Throws: ``MixtureError``; what the source throws; `CancellationError`.
  /// - Complexity: O(rows · components · columns) an iteration, for full covariance times columns.
  public static func fit(
    _ data: some RowSource, weights: [Double]? = nil, options: BayesianMixtureOptions,
    execution: Execution = .serial
  ) throws -> BayesianMixtureFit {
    let moments = try RowMoments.all(
      of: data, rowWeights: weights, withProducts: options.covariance.isCorrelated,
      missing: .refused, execution: execution)
    try options.validate(rows: data.rowCount, columns: data.columnCount)
    let frame = MixtureFrame(moments, covariance: options.covariance)
    let rows = StandardizedRows(data, frame: frame, weights: weights)
    // The unbiased variance, as the peer's prior.
    let spread =
      options.covarianceScale * (moments.mass > 1 ? moments.mass / (moments.mass - 1) : 1)
    let root = RandomStream(seed: options.seed)
    let sample = try StartRows(
      rows, limit: options.startRows, random: root.split(UInt64.max), execution: execution)
    var runs: [VariationalRun] = []
    for (restart, start) in options.startOptions.starts.enumerated() {
      let first = try Self.statistics(
        of: start, sample: sample, rows: rows, options: options,
        random: root.split(UInt64(restart)), execution: execution)
      runs.append(
        try VariationalRun(
          from: first, rows: rows, options: options, spread: spread, execution: execution))
    }
    let best = runs.indices.max { runs[$0].history.last! < runs[$1].history.last! }!
    let run = runs[best]
    // The fullest component is in use however few rows there are.
    let least = min(options.minimumOccupancy, run.occupancies.max()!)
    return BayesianMixtureFit(
      model: BayesianMixture(
        mixture: run.posterior.mixture.leaving(frame), occupancies: run.occupancies,
        meanPrecisions: run.posterior.meanPrecisions,
        degreesOfFreedom: run.posterior.degreesOfFreedom,
        activeComponents: run.occupancies.indices.filter { run.occupancies[$0] >= least }),
      lowerBoundHistories: runs.map(\.history), best: best, converged: run.converged)
  }
}

extension BayesianMixture {
  /// What rows say under the responsibilities of a start.
  private static func statistics(
    of start: MixtureStart, sample: StartRows, rows: StandardizedRows,
    options: BayesianMixtureOptions, random: RandomStream, execution: Execution
  ) throws -> MixtureStatistics {
    if case .labels(let labels) = start {
      return try MixtureStatistics(
        labels: labels, components: options.components, covariance: options.covariance,
        rows: rows, execution: execution)
    }
    let mixture = try start.mixture(
      of: options.startOptions, sample: sample, rows: rows, random: random, execution: execution)
    return try rows.statistics(under: mixture, execution: execution)
  }
}

/// One ascent of the lower bound from one start.
private struct VariationalRun {
  private(set) var posterior: BayesianPosterior
  private(set) var occupancies: [Double]
  private(set) var history: [Double] = []
  private(set) var converged = false

  /// - Parameter first: What rows say under the responsibilities of the start.
  init(
    from first: MixtureStatistics, rows: StandardizedRows, options: BayesianMixtureOptions,
    spread: Double, execution: Execution
  ) throws {
    posterior = BayesianPosterior(first, options: options, spread: spread)
    occupancies = first.occupancies
    for iteration in 0..<options.iterations {
      execution.progress(
        .init(task: "variational iteration", completed: iteration, total: options.iterations))
      let parameters = posterior.parameters
      let statistics = try rows.statistics(under: parameters, execution: execution)
      occupancies = statistics.occupancies
      posterior = BayesianPosterior(statistics, options: options, spread: spread)
      history.append(
        (statistics.entropy(under: parameters) + posterior.logNorm) / statistics.mass)
      if history.count > 1, history[iteration] - history[iteration - 1] < options.tolerance {
        converged = true
        return
      }
    }
  }
}

extension MixtureStatistics {
  /// -Σ γ ln γ of the responsibilities, which is Σ ln Σₖ exp(φθₖ) - Σ γₖφθₖ.
  fileprivate func entropy(under parameters: NaturalParameters<Double>) -> Double {
    var scored = 0.0
    for component in 0..<components {
      for feature in 0..<width {
        scored += sums[component * width + feature] * parameters.theta[feature, component]
      }
    }
    return logLikelihood - scored
  }
}
