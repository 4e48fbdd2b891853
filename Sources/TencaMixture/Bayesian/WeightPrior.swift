internal import TencaNumerics

/// What is known of a Bayesian mixture's weights before any data are seen.
public enum WeightPrior: Sendable, Equatable {
  /// A symmetric Dirichlet distribution: below 1, a small concentration prefers few components.
  /// nil is 1/K.
  case dirichlet(concentration: Double? = nil)
  /// A Dirichlet process by stick breaking (D. Blei, M. Jordan, 2006): components come in order,
  /// and a small concentration lets the first few take nearly all. nil is 1/K.
  case dirichletProcess(concentration: Double? = nil)

  var concentration: Double? {
    switch self {
    case .dirichlet(let value), .dirichletProcess(let value): value
    }
  }
}

/// What is known of the weights after rows were seen, as parameters of Dirichlet or of beta
/// distributions.
struct WeightPosterior: Sendable, Equatable {
  /// α of the Dirichlet distribution, or a of each stick's beta distribution.
  private let first: [Double]
  /// b of each stick's beta distribution; empty for the Dirichlet distribution.
  private let second: [Double]

  /// - Parameter occupancies: Σ γ of every component.
  init(_ prior: WeightPrior, occupancies: [Double]) {
    let concentration = prior.concentration ?? 1 / Double(occupancies.count)
    switch prior {
    case .dirichlet:
      first = occupancies.map { concentration + $0 }
      second = []
    case .dirichletProcess:
      first = occupancies.map { 1 + $0 }
      var beyond = 0.0
      second = occupancies.reversed().map { occupancy in
        defer { beyond += occupancy }
        return concentration + beyond
      }.reversed()
    }
  }

  /// E[ln w] of every component.
  var meanLogs: [Double] {
    if second.isEmpty {
      let total = digamma(first.reduce(0, +))
      return first.map { digamma($0) - total }
    }
    var rest = 0.0
    return zip(first, second).map { a, b in
      let total = digamma(a + b)
      defer { rest += digamma(b) - total }
      return digamma(a) - total + rest
    }
  }

  /// E[w] of every component, scaled to sum to one.
  var means: [Double] {
    var rest = 1.0
    let raw =
      second.isEmpty
      ? first
      : zip(first, second).map { a, b in
        defer { rest *= b / (a + b) }
        return a / (a + b) * rest
      }
    let total = raw.reduce(0, +)
    return raw.map { $0 / total }
  }

  /// The logarithm of what the densities are divided by.
  var logNorm: Double {
    if second.isEmpty {
      return first.reduce(0.0) { $0 + logGamma($1) } - logGamma(first.reduce(0, +))
    }
    return zip(first, second).reduce(0.0) { sum, pair in
      sum + logGamma(pair.0) + logGamma(pair.1) - logGamma(pair.0 + pair.1)
    }
  }
}
