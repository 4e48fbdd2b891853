/// How a mixture is fitted.
public struct GaussianMixtureOptions: Sendable, Equatable {
  /// Where the iterations begin.
  public enum Start: Sendable, Equatable {
    /// From clusters by ``KMeans``, anew at every restart.
    case kMeans
    /// From known parameters; there is nothing to restart.
    case model(GaussianMixture)
  }

  /// The number of components, at least 1.
  public var components: Int
  /// The most steps of expectation and maximisation in one restart. 100: the steps grow small
  /// long before, and ``tolerance`` ends most fits within 50.
  public var iterations: Int
  /// Stops when the mean log-likelihood of a row rises by less than this, in nats. 10⁻⁴: below it,
  /// 10 000 rows together gain less than one nat, which no model choice notices.
  public var tolerance: Double
  /// The least variance, as a share of the column's own variance over all rows. 10⁻³, a standard
  /// deviation of 3 % of the column's: narrower bells are mostly repeated rows, on which the
  /// likelihood has no bound. A column of a single value c counts as if it spread by |c|, or by 1
  /// where c is 0.
  public var varianceFloor: Double
  /// Components that explain fewer rows than this, in sum of responsibilities, are removed. 1, as
  /// a mean of less than one row means nothing. 0 keeps all that have any.
  public var minimumOccupancy: Double
  /// How many starts are tried; the one with the greatest likelihood wins. 1, since k-means starts
  /// well; a few more help with many components.
  public var restarts: Int
  /// The same seed gives the same mixture.
  public var seed: UInt64
  /// Where the iterations begin.
  public var start: Start

  /// Makes options; see the properties for the reasons of the defaults.
  public init(
    components: Int, iterations: Int = 100, tolerance: Double = 1e-4,
    varianceFloor: Double = 1e-3, minimumOccupancy: Double = 1, restarts: Int = 1,
    seed: UInt64 = 0, start: Start = .kMeans
  ) {
    self.components = components
    self.iterations = iterations
    self.tolerance = tolerance
    self.varianceFloor = varianceFloor
    self.minimumOccupancy = minimumOccupancy
    self.restarts = restarts
    self.seed = seed
    self.start = start
  }

  func validate(columns: Int) throws {
    try MixtureError.require(components >= 1, "components", components, "at least 1")
    try MixtureError.require(iterations >= 0, "iterations", iterations, "0 or more")
    try MixtureError.require(tolerance >= 0, "tolerance", tolerance, "0 or more")
    try MixtureError.require(
      varianceFloor > 0 && varianceFloor <= 1, "varianceFloor", varianceFloor,
      "above 0 and at most 1")
    try MixtureError.require(
      minimumOccupancy >= 0 && minimumOccupancy.isFinite, "minimumOccupancy", minimumOccupancy,
      "0 or more")
    try MixtureError.require(restarts >= 1, "restarts", restarts, "at least 1")
    guard case .model(let model) = start else { return }
    try MixtureError.require(
      model.components == components, "start", "\(model.components) components",
      "a model of \(components) components")
    guard model.dimensions == columns else {
      throw MixtureError.wrongColumns(expected: model.dimensions, actual: columns)
    }
  }
}
