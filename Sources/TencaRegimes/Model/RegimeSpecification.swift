public import TencaMarkov

/// What is to be learned of a series: how many regimes, and what differs between them.
public struct RegimeSpecification: Sendable, Equatable, Codable {
  /// What may differ between regimes.
  public enum Switching: String, Sendable, Codable, CaseIterable {
    /// The mean, or the constant of a regression.
    case mean
    /// The variance, and covariances of several series.
    case variance
    /// Coefficients of the values before.
    case lags
    /// Coefficients of exogenous columns.
    case exog
  }

  /// What values before have to do with it.
  public enum Autoregression: Sendable, Equatable, Codable {
    /// Nothing.
    case none
    /// y = c[s] + Σ φ·y[t - l] + e.
    case intercept(order: Int)
    /// y - μ[s] = Σ φ·(y[t - l] - μ[s[t - l]]) + e (J. Hamilton, 1989).
    case mean(order: Int)

    /// How many values before count.
    public var order: Int {
      switch self {
      case .none: 0
      case .intercept(let order), .mean(let order): order
      }
    }
  }

  /// The number of regimes.
  public var regimes: Int
  /// What differs between them.
  public var switching: Set<Switching>
  /// What values before have to do with it.
  public var autoregression: Autoregression
  /// What errors are like.
  public var errors: ErrorKind
  /// How many factors give several series their correlations; nil where each regime has any covariance.
  public var factors: Int?
  /// Exogenous columns that explain values, by name.
  public var exogenous: [String]
  /// Exogenous columns that steer the steps between regimes, by name (A. Filardo, 1994): those of a row
  /// steer the step from it to the next.
  public var transitionCovariates: [String]
  /// How long regimes last, by the name of a kind of `DurationDistribution`; nil as the transition matrix
  /// has it.
  public var durations: String?
  /// The distribution of the first regime.
  public var start: HiddenMarkovOptions.Freedom

  /// Makes a specification; see the properties.
  public init(
    regimes: Int = 2, switching: Set<Switching> = [.mean, .variance],
    autoregression: Autoregression = .none, errors: ErrorKind = .gaussian, factors: Int? = nil,
    exogenous: [String] = [], transitionCovariates: [String] = [], durations: String? = nil,
    start: HiddenMarkovOptions.Freedom = .stationary
  ) {
    self.regimes = regimes
    self.switching = switching
    self.autoregression = autoregression
    self.errors = errors
    self.factors = factors
    self.exogenous = exogenous
    self.transitionCovariates = transitionCovariates
    self.durations = durations
    self.start = start
  }

  /// The specification with another number of regimes; one alone has no durations.
  func with(regimes: Int) -> RegimeSpecification {
    var other = self
    other.regimes = regimes
    if regimes == 1 { other.durations = nil }
    return other
  }

  /// The layout for so many series.
  func layout(series: Int) -> RegimeLayout {
    let lags = autoregression.order * series
    var memory = 0
    if case .mean(let order) = autoregression { memory = order }
    return RegimeLayout(
      regimes: regimes, series: series, regressors: lags + exogenous.count, memory: memory,
      switchesIntercept: switching.contains(.mean),
      switchesSlopes: [Bool](repeating: switching.contains(.lags), count: lags)
        + [Bool](repeating: switching.contains(.exog), count: exogenous.count),
      switchesVariance: switching.contains(.variance), errors: errors, factors: factors)
  }

  /// - Throws: ``RegimesError/invalidOption(name:value:limit:)`` for what does not go together.
  func validate(series: Int) throws {
    try RegimesError.require(1...100 ~= regimes, "states", regimes, "from 1 to 100")
    try RegimesError.require(
      0...1000 ~= autoregression.order, "autoregression", autoregression.order, "from 0 to 1000")
    if case .mean(let order) = autoregression {
      try RegimesError.require(
        series == 1, "autoregression", "in mean form of \(series) series",
        "in intercept form (ar-intercept) for several series")
      let tuples = (0...order).reduce(1.0) { product, _ in product * Double(regimes) }
      try RegimesError.require(
        tuples <= 1024, "autoregression", "\(regimes) regimes over \(order + 1) rows",
        "one with at most 1024 combinations of regimes; the intercept form (ar-intercept) has no such limit"
      )
      try RegimesError.require(
        durations == nil && transitionCovariates.isEmpty, "autoregression",
        "in mean form with durations or transition covariates",
        "in intercept form (ar-intercept) with these")
    }
    if let factors {
      try RegimesError.require(
        1..<max(series, 1) ~= factors, "factors", factors,
        "fewer than the \(series) series, and at least 1")
    }
    try RegimesError.require(
      durations == nil || transitionCovariates.isEmpty, "durations", durations ?? "",
      "left out where steps follow covariates")
    try RegimesError.require(
      durations == nil || regimes >= 2, "durations", durations ?? "",
      "for two regimes or more, as one is held for ever")
    try RegimesError.require(
      regimes == 1 || !switching.isEmpty, "switching", "nothing",
      "something that differs between regimes: mean, variance, lags or exog")
  }

  /// How the first regime is learned: durations and covariates know no stationary one.
  public var effectiveStart: HiddenMarkovOptions.Freedom {
    durations != nil || !transitionCovariates.isEmpty
      ? (start == .fixed ? .fixed : .free) : start
  }
}
