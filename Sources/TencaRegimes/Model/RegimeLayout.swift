/// What the errors of a regime are like.
public enum ErrorKind: String, Sendable, Equatable, Codable, CaseIterable {
  /// Gaussian.
  case gaussian
  /// Student's t: heavier tails, by degrees of freedom.
  case studentT = "student-t"
  /// Gaussian, but for a share of larger variance.
  case mixture
}

/// Which parameters a regime-switching regression has, and which of them switch:
/// y = c + B·x + e, with e of covariance Σ.
///
/// With a memory of p regimes, the first p regressors are the p values before, less the means of the
/// regimes that were there then (J. Hamilton, 1989):
/// y - μ[s] = Σ φₗ (y[t - l] - μ[s[t - l]]) + … + e.
public struct RegimeLayout: Sendable, Equatable, Codable {
  /// The number of regimes.
  public var regimes: Int
  /// The number of series that are explained together.
  public var series: Int
  /// The number of regressors: lags first, then others.
  public var regressors: Int
  /// On how many earlier regimes a row depends: 0, or the order of an autoregression in mean form.
  public var memory: Int
  /// Whether c, or the mean, differs between regimes.
  public var switchesIntercept: Bool
  /// Whether the coefficients of each regressor do.
  public var switchesSlopes: [Bool]
  /// Whether Σ does.
  public var switchesVariance: Bool
  /// What errors are like; their shape is the same in all regimes.
  public var errors: ErrorKind
  /// How many factors give Σ = ΛΛᵀ + Ψ its correlations; nil where Σ is any covariance.
  public var factors: Int?

  /// Puts a layout together.
  ///
  /// - Precondition: A memory wants one series, and as many regressors at least.
  public init(
    regimes: Int, series: Int = 1, regressors: Int = 0, memory: Int = 0,
    switchesIntercept: Bool = true, switchesSlopes: [Bool]? = nil, switchesVariance: Bool = true,
    errors: ErrorKind = .gaussian, factors: Int? = nil
  ) {
    precondition(
      factors.map { 1..<series ~= $0 } ?? true, "\(factors ?? 0) factors of \(series) series")
    precondition(regimes >= 1 && series >= 1 && regressors >= memory, "\(regimes) regimes")
    precondition(memory == 0 || series == 1, "a memory wants one series")
    self.regimes = regimes
    self.series = series
    self.regressors = regressors
    self.memory = memory
    self.switchesIntercept = switchesIntercept
    self.switchesSlopes = switchesSlopes ?? [Bool](repeating: false, count: regressors)
    self.switchesVariance = switchesVariance
    self.errors = errors
    self.factors = factors
  }

  /// The number of states that a row can be in: regimes, and those before that it remembers.
  public var states: Int { (0...memory).reduce(1) { product, _ in product * regimes } }

  /// The regime of a state `back` rows earlier; 0 is the row's own.
  ///
  /// Of the digits of a state in base K, the first is its own regime, the last the oldest.
  func regime(of state: Int, back: Int = 0) -> Int {
    (0..<memory - back).reduce(state) { rest, _ in rest / regimes } % regimes
  }

  /// How often a group of parameters is there.
  private func copies(_ switches: Bool) -> Int { switches ? regimes : 1 }

  /// The place of c, or of the coefficient of regressor `term` - 1, among all coefficients that differ.
  func coefficient(_ regime: Int, _ series: Int, term: Int) -> Int {
    var first = 0
    if term > 0 {
      first = copies(switchesIntercept) * self.series
      for other in 0..<term - 1 { first += copies(switchesSlopes[other]) * self.series }
    }
    let switches = term == 0 ? switchesIntercept : switchesSlopes[term - 1]
    return first + (switches ? regime : 0) * self.series + series
  }

  /// The number of coefficients that differ.
  var coefficientCount: Int {
    switchesSlopes.reduce(copies(switchesIntercept) * series) { $0 + copies($1) * series }
  }

  /// The number of covariances that differ.
  var covarianceCount: Int { copies(switchesVariance) }
  /// The coordinates of one covariance: its Cholesky factor, or loadings and what they leave.
  var covarianceCoordinates: Int {
    factors.map { series * ($0 + 1) } ?? series * (series + 1) / 2
  }
  /// Those of them that count: a rotation of factors changes nothing.
  private var covarianceParameters: Int {
    covarianceCoordinates - (factors.map { $0 * ($0 - 1) / 2 } ?? 0)
  }

  /// The numbers that give errors their shape.
  var shapeNames: [String] {
    switch errors {
    case .gaussian: []
    case .studentT: ["degreesOfFreedom"]
    case .mixture: ["tailShare", "tailScale"]
    }
  }

  /// The number of free parameters.
  public var parameterCount: Int {
    coefficientCount + covarianceCount * covarianceParameters + shapeNames.count
  }
}
