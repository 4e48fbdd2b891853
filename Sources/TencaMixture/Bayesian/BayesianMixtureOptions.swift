/// How a Bayesian mixture is fitted, and what is known beforehand.
public struct BayesianMixtureOptions: Sendable, Equatable {
  /// The most components, at least 1; those that are not needed lose their weight.
  public var components: Int
  /// What shapes the components may take.
  public var covariance: CovarianceKind
  /// What is known of the weights.
  public var weightPrior: WeightPrior
  /// How many rows the prior mean, that of all rows, is worth. 1, little.
  public var meanPrecision: Double
  /// How many rows the prior covariance is worth, at least the number of columns; nil is that
  /// number, the least with which every covariance is possible.
  public var degreesOfFreedom: Double?
  /// The scale of the prior covariance, as a share of that of all rows. 1, as scikit-learn.
  public var covarianceScale: Double
  /// The most iterations from one start.
  public var iterations: Int
  /// Stops when the lower bound rises by less than this a row, in nats.
  public var tolerance: Double
  /// A component is reported as in use when it explains at least so many rows.
  public var minimumOccupancy: Double
  /// How many starts are tried; the one with the highest bound wins. 5, as for
  /// ``GaussianMixtureOptions/restarts``.
  public var restarts: Int
  /// The same seed gives the same mixture.
  public var seed: UInt64
  /// Where the iterations begin; parameters cannot be given, since they are no posterior.
  public var start: MixtureStart
  /// The most rows that a start looks at.
  public var startRows: Int

  /// Makes options; see the properties for the reasons of the defaults.
  public init(
    components: Int, covariance: CovarianceKind = .full,
    weightPrior: WeightPrior = .dirichletProcess(), meanPrecision: Double = 1,
    degreesOfFreedom: Double? = nil, covarianceScale: Double = 1, iterations: Int = 1000,
    tolerance: Double = 1e-7, minimumOccupancy: Double = 1, restarts: Int = 5, seed: UInt64 = 0,
    start: MixtureStart = .varied, startRows: Int = 20_000
  ) {
    self.components = components
    self.covariance = covariance
    self.weightPrior = weightPrior
    self.meanPrecision = meanPrecision
    self.degreesOfFreedom = degreesOfFreedom
    self.covarianceScale = covarianceScale
    self.iterations = iterations
    self.tolerance = tolerance
    self.minimumOccupancy = minimumOccupancy
    self.restarts = restarts
    self.seed = seed
    self.start = start
    self.startRows = startRows
  }

  /// What a start takes from these.
  var startOptions: GaussianMixtureOptions {
    GaussianMixtureOptions(
      components: components, covariance: covariance, restarts: restarts, seed: seed,
      start: start, startRows: startRows)
  }

  func validate(rows: Int, columns: Int) throws {
    if case .model = start {
      throw MixtureError.invalidOption(
        name: "start", value: "a model", limit: "labels, or a start without parameters")
    }
    try startOptions.validate(rows: rows, columns: columns)
    try MixtureError.require(iterations >= 1, "iterations", iterations, "at least 1")
    try MixtureError.require(tolerance >= 0, "tolerance", tolerance, "0 or more")
    for (name, value) in [
      ("weight concentration", weightPrior.concentration ?? 1), ("meanPrecision", meanPrecision),
      ("covarianceScale", covarianceScale),
    ] {
      try MixtureError.require(value > 0 && value.isFinite, name, value, "above 0, and finite")
    }
    if let degreesOfFreedom {
      try MixtureError.require(
        degreesOfFreedom > Double(columns - 1) && degreesOfFreedom.isFinite, "degreesOfFreedom",
        degreesOfFreedom, "above \(columns - 1), the number of columns less one")
    }
  }
}
