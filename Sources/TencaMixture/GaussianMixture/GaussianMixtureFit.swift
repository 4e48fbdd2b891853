/// What ``GaussianMixture/fit(_:weights:options:execution:)`` found.
public struct GaussianMixtureFit: Sendable, Equatable {
  /// The outcome of one start.
  public struct Restart: Sendable, Equatable {
    /// The kind of start, as in ``MixtureStart``.
    public let start: String
    /// The mean log-likelihood of a row, in nats: of the start, then after each iteration. With
    /// 16 384 rows or more, steps that gain more than 10⁻⁴ are made in single precision, and their
    /// values hold to about 10⁻⁶; all later ones are of double precision.
    public let logLikelihoodHistory: [Double]
    /// Whether the likelihood settled: to the tolerance in the best restart, to 10⁻³ in the others.
    public let converged: Bool

    /// The mean log-likelihood of a row under the last parameters.
    public var logLikelihood: Double { logLikelihoodHistory.last! }
    /// The number of iterations.
    public var iterations: Int { logLikelihoodHistory.count - 1 }
  }

  /// The mixture of the best restart.
  public let model: GaussianMixture
  /// All starts that were tried.
  public let restarts: [Restart]
  /// Which of ``restarts`` gave ``model``.
  public let best: Int
  /// What else happened on the way to ``model``.
  public let warnings: [MixtureWarning]

  /// The mean log-likelihood of a row, in nats: of the start, then after each iteration. It never
  /// falls by more than rounding unless ``warnings`` say so.
  public var logLikelihoodHistory: [Double] { restarts[best].logLikelihoodHistory }
  /// The mean log-likelihood of a row under ``model``.
  public var logLikelihood: Double { restarts[best].logLikelihood }
  /// The number of iterations that led to ``model``.
  public var iterations: Int { restarts[best].iterations }
  /// Whether the tolerance was met.
  public var converged: Bool { restarts[best].converged }
}
