internal import TencaNumerics

/// What ``HiddenMarkovModel/fit(_:to:lengths:options:execution:)`` found.
public struct HiddenMarkovFit<E: Emission>: Sendable {
  /// The model of the best restart.
  public let model: HiddenMarkovModel<E>
  /// All starts that were tried.
  public let restarts: [HiddenMarkovRestart]
  /// Which of ``restarts`` gave ``model``.
  public let best: Int
  /// The expected number of rows in each state.
  public let occupancies: [Double]
  /// The likelihood and what it cost.
  public let criteria: HiddenMarkovCriteria
  /// What else happened on the way to ``model``.
  public let warnings: [HiddenMarkovWarning]

  /// Σ ln p over all sequences under ``model``, in nats.
  public var logLikelihood: Double { criteria.logLikelihood }
  /// Whether the tolerance was met.
  public var converged: Bool { restarts[best].converged }
}

/// The outcome of one start.
public struct HiddenMarkovRestart: Sendable, Equatable {
  /// The kind of start: "clusters", "random rows", "random stretches",
  /// "equal parts" or "model"; "quasi-Newton" for a polish of what was best so far.
  public let start: String
  /// What rises, in nats over all rows: the log-likelihood, of the best paths in Viterbi training,
  /// plus the logarithm of the prior where there is one. Of the start, then after each iteration.
  public let history: [Double]
  /// Whether it settled: to the tolerance in the best restart, roughly in the others.
  public let converged: Bool
}

/// What a fit had to do that its caller may want to know.
public enum HiddenMarkovWarning: Sendable, Equatable, CustomStringConvertible {
  /// These states explain less than a row.
  case deadStates([Int])
  /// What must rise fell by this much, more than rounding explains.
  case objectiveFell(by: Double, iteration: Int)
  /// The iterations ran out before the tolerance was met.
  case notConverged(iterations: Int)

  /// What happened, and what helps where something does.
  public var description: String {
    switch self {
    case .deadStates(let states):
      "states \(states) explain less than one row: use fewer states"
    case .objectiveFell(let amount, let iteration):
      "iteration \(iteration): the log-likelihood fell by \(amount)"
    case .notConverged(let iterations):
      "no convergence within \(iterations) iterations: allow more, or a larger tolerance"
    }
  }
}

/// How well a model explains sequences, set against how many parameters it spends on them; of each
/// criterion, the less the better.
public struct HiddenMarkovCriteria: Sendable, Equatable {
  /// Σ ln p over all sequences, in nats.
  public let logLikelihood: Double
  /// Σ ln p(best path, sequence) over all sequences.
  public let pathLogProbability: Double
  /// The number of free parameters.
  public let parameterCount: Int
  /// The number of rows.
  public let rows: Int

  /// Puts numbers together.
  public init(
    logLikelihood: Double, pathLogProbability: Double, parameterCount: Int, rows: Int
  ) {
    self.logLikelihood = logLikelihood
    self.pathLogProbability = pathLogProbability
    self.parameterCount = parameterCount
    self.rows = rows
  }

  /// Those of a model that was learned from some data under some options.
  init<E: Emission>(
    of model: HiddenMarkovModel<E>, _ data: some RowSource, lengths: [Int]?,
    options: HiddenMarkovOptions, execution: Execution
  ) throws {
    self.init(
      logLikelihood: try model.logLikelihood(of: data, lengths: lengths, execution: execution),
      pathLogProbability: try model.viterbi(data, lengths: lengths, execution: execution)
        .logProbability,
      parameterCount: model.parameterCount(options), rows: data.rowCount)
  }

  /// Akaike's information criterion, 2p - 2 ln L (H. Akaike, 1974).
  public var aic: Double { 2 * Double(parameterCount) - 2 * logLikelihood }
  /// The Bayesian information criterion, p ln n - 2 ln L (G. Schwarz, 1978).
  public var bic: Double { Double(parameterCount) * logarithm(Double(rows)) - 2 * logLikelihood }
  /// The integrated completed likelihood: the BIC of the rows together with their best path
  /// (C. Biernacki, G. Celeux, G. Govaert, 2000).
  public var icl: Double {
    Double(parameterCount) * logarithm(Double(rows)) - 2 * pathLogProbability
  }
}
