/// How a mixture is fitted.
public struct GaussianMixtureOptions: Sendable, Equatable {
  /// What becomes of a component that explains fewer rows than ``minimumOccupancy``.
  public enum Starvation: Sendable, Equatable {
    /// It is removed, and the mixture goes on with one less.
    case removes
    /// It is put in the place of one half of the heaviest component, cut in two across its longest
    /// axis; after as many rescues as there are components, it is removed.
    case splitsHeaviest
  }

  /// The number of components, at least 1.
  public var components: Int
  /// What shapes the components may take. Diagonal, which needs few rows and little time.
  public var covariance: CovarianceKind
  /// The most steps of expectation and maximisation from one start. 1000: most fits end within a
  /// hundred, overlapping components take more.
  public var iterations: Int
  /// Stops when the mean log-likelihood of a row rises by less than this, in nats, and is expected
  /// to rise by less in all steps to come together (by Aitken's extrapolation of the last two
  /// gains). 10⁻⁷: a thousand rows together are then within 10⁻⁴ nats of the top.
  public var tolerance: Double
  /// The least variance in any direction, as a share of the data's own variance in that
  /// direction; see ``MixtureFrame``. 10⁻³, a standard deviation of 3 % of the data's: narrower
  /// bells are mostly repeated rows, on which the likelihood has no bound. A column of a single
  /// value c counts as if it spread by |c|, or by 1 where c is 0.
  public var varianceFloor: Double
  /// Components that explain fewer rows than this, in sum of responsibilities, starve. 1, as a
  /// mean of less than one row means nothing. 0 keeps all that have any.
  public var minimumOccupancy: Double
  /// What becomes of components that starve.
  public var starvation: Starvation
  /// How many starts are tried. Each is followed until its likelihood rises by less than 10⁻³ of
  /// a nat a row, then the best alone is followed to the end (C. Biernacki, G. Celeux, G. Govaert,
  /// 2003). 5: one of each kind of ``MixtureStart/varied``.
  public var restarts: Int
  /// The same seed gives the same mixture.
  public var seed: UInt64
  /// Where the iterations begin.
  public var start: MixtureStart
  /// The most rows that a start looks at; of more, this many are drawn. 20 000 place any component
  /// that holds more than one row in a thousand.
  public var startRows: Int
  /// What NaN in the data means.
  public var missing: MissingCells

  /// Makes options; see the properties for the reasons of the defaults.
  public init(
    components: Int, covariance: CovarianceKind = .diagonal, iterations: Int = 1000,
    tolerance: Double = 1e-7, varianceFloor: Double = 1e-3, minimumOccupancy: Double = 1,
    starvation: Starvation = .removes, restarts: Int = 5, seed: UInt64 = 0,
    start: MixtureStart = .varied, startRows: Int = 20_000, missing: MissingCells = .refused
  ) {
    self.components = components
    self.covariance = covariance
    self.iterations = iterations
    self.tolerance = tolerance
    self.varianceFloor = varianceFloor
    self.minimumOccupancy = minimumOccupancy
    self.starvation = starvation
    self.restarts = restarts
    self.seed = seed
    self.start = start
    self.startRows = startRows
    self.missing = missing
  }

  /// The starts that are tried.
  var starts: [MixtureStart] { start.sequence(restarts) }

  func validate(rows: Int, columns: Int) throws {
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
    try MixtureError.require(
      startRows >= components, "startRows", startRows, "at least the number of components")
    switch start {
    case .model(let model):
      try MixtureError.require(
        model.components == components, "start", "\(model.components) components",
        "a model of \(components) components")
      try MixtureError.require(
        model.covarianceKind == covariance, "start",
        "a model of \(model.covarianceKind.rawValue) covariance",
        "one of \(covariance.rawValue) covariance")
      guard model.dimensions == columns else {
        throw MixtureError.wrongColumns(expected: model.dimensions, actual: columns)
      }
    case .labels(let labels):
      try MixtureError.require(
        labels.count == rows, "start", "\(labels.count) labels", "a label for each of \(rows) rows")
      try MixtureError.require(
        labels.allSatisfy { $0 >= 0 && $0 < components }, "start",
        "labels from \(labels.min() ?? 0) to \(labels.max() ?? 0)",
        "labels from 0 to \(components - 1)")
    default: break
    }
  }
}
