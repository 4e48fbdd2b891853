public import TencaMixture

/// A kind of emission by its name, as people choose it.
///
/// `gaussian`, `gaussian:full`, `mixture:4`, `mixture:4:tied`, `categorical`, `multinomial`,
/// `bernoulli`, `poisson`, `negative-binomial`, `gamma`, `exponential`, `student-t`, `von-mises`,
/// `autoregressive:2`.
public enum EmissionKind: Sendable, Equatable {
  /// Vectors, from so many Gaussians a state.
  case gaussian(CovarianceKind, componentsPerState: Int = 1)
  /// One symbol of several, counted from 0.
  case categorical
  /// How often each of several outcomes came, one a column.
  case multinomial
  /// 0 or 1.
  case bernoulli
  /// Counts whose variance is their mean.
  case poisson
  /// Counts that vary more.
  case negativeBinomial
  /// Positive numbers, some of them exactly zero.
  case gamma
  /// Waiting times.
  case exponential
  /// Numbers with outliers.
  case studentT
  /// Angles in radians.
  case vonMises
  /// Numbers that depend on so many before them.
  case autoregressive(order: Int)

  /// The names, with what may follow them.
  public static let names = [
    "gaussian[:diagonal|full|spherical|tied]", "mixture:COMPONENTS[:covariance]", "categorical",
    "multinomial", "bernoulli", "poisson", "negative-binomial", "gamma", "exponential", "student-t",
    "von-mises", "autoregressive:ORDER",
  ]

  /// The kind of this name; nil where it is none.
  public init?(_ name: String) {
    let words = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let plain: [String: EmissionKind] = [
      "categorical": .categorical, "multinomial": .multinomial, "bernoulli": .bernoulli,
      "poisson": .poisson, "negative-binomial": .negativeBinomial, "gamma": .gamma,
      "exponential": .exponential, "student-t": .studentT, "von-mises": .vonMises,
    ]
    switch (words[0], words.count) {
    case ("gaussian", 1): self = .gaussian(.diagonal)
    case ("gaussian", 2):
      guard let covariance = CovarianceKind(rawValue: words[1]) else { return nil }
      self = .gaussian(covariance)
    case ("mixture", 2...3):
      let covariance = words.count == 3 ? CovarianceKind(rawValue: words[2]) : .diagonal
      guard let covariance, let components = Int(words[1]), 1...1000 ~= components else {
        return nil
      }
      self = .gaussian(covariance, componentsPerState: components)
    case ("autoregressive", 2):
      guard let order = Int(words[1]), 0...1000 ~= order else { return nil }
      self = .autoregressive(order: order)
    case (_, 1):
      guard let kind = plain[words[0]] else { return nil }
      self = kind
    default: return nil
    }
  }

  /// An emission of this kind that is to be learned.
  ///
  /// - Parameters:
  ///   - states: How many, at least 1.
  ///   - columns: How many, at least 1.
  ///   - symbols: The number of symbols of a categorical emission.
  /// - Throws: ``MarkovError/invalidOption(name:value:limit:)`` for a kind that takes another number
  ///   of columns.
  public func emission(states: Int, columns: Int, symbols: Int) throws -> AnyEmission {
    switch self {
    case .categorical, .autoregressive:
      try MarkovError.require(columns == 1, "columns", columns, "1 for this kind of emission")
    default: break
    }
    let emission: any ArchivableEmission =
      switch self {
      case .gaussian(let covariance, let components):
        GaussianEmission(
          states: states, columns: columns, covariance: covariance,
          componentsPerState: components)
      case .categorical: CategoricalEmission(states: states, symbols: symbols)
      case .multinomial: MultinomialEmission(states: states, outcomes: columns)
      case .bernoulli: ColumnEmission<Bernoulli>(states: states, columns: columns)
      case .poisson: ColumnEmission<Poisson>(states: states, columns: columns)
      case .negativeBinomial: ColumnEmission<NegativeBinomial>(states: states, columns: columns)
      case .gamma: ColumnEmission<Gamma>(states: states, columns: columns)
      case .exponential: ColumnEmission<Exponential>(states: states, columns: columns)
      case .studentT: ColumnEmission<StudentT>(states: states, columns: columns)
      case .vonMises: ColumnEmission<VonMises>(states: states, columns: columns)
      case .autoregressive(let order): AutoregressiveEmission(states: states, order: order)
      }
    return AnyEmission(emission)
  }
}
