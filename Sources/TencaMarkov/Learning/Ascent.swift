internal import TencaNumerics

/// One ascent of the likelihood from one start.
struct Ascent<E: Emission>: Sendable {
  private(set) var model: HiddenMarkovModel<E>
  /// What rises, over all rows: of the start, then after each iteration.
  private(set) var history: [Double] = []
  private(set) var converged = false
  private(set) var warnings: [HiddenMarkovWarning] = []
  /// The E-step of ``model``.
  private(set) var statistics: ExpectedStatistics<E.Statistics>?
  /// The kind of start in words.
  let start: String

  private let step: ExpectationStep<E>
  private let options: HiddenMarkovOptions

  init(
    from model: HiddenMarkovModel<E>, start: String, step: ExpectationStep<E>,
    options: HiddenMarkovOptions
  ) {
    self.model = model
    self.start = start
    self.step = step
    self.options = options
  }

  /// Goes on until what rises settles or the iterations run out.
  ///
  /// - Parameter tolerance: See ``HiddenMarkovOptions/tolerance``.
  mutating func run(tolerance: Double, execution: Execution) throws {
    converged = false
    while true {
      if let statistics {
        if history.count > options.iterations { return }
        try maximize(statistics)
      }
      execution.progress(
        .init(task: "EM iteration", completed: history.count, total: options.iterations))
      try execution.cancellation.check()
      let next = try step.statistics(under: model, execution: execution)
      record(next)
      statistics = next
      if settled(tolerance * Double(step.rows.source.rowCount)) {
        converged = true
        return
      }
    }
  }

  private mutating func maximize(_ statistics: ExpectedStatistics<E.Statistics>) throws {
    let chain = try model.chain.maximized(statistics.sums, options: options)
    var emission = model.emission
    if !options.fixesEmission, let learned = statistics.emission {
      emission = try emission.maximized(learned)
    }
    model = HiddenMarkovModel(unchecked: chain, emission)
  }

  private mutating func record(_ statistics: ExpectedStatistics<E.Statistics>) {
    let value =
      statistics.sums.logLikelihoods.reduce(0, +) + model.chain.logPrior(options)
    if let last = history.last, value < last - 1e-9 * max(1, abs(last)) {
      warnings.append(.objectiveFell(by: last - value, iteration: history.count))
    }
    history.append(value)
  }

  /// Whether the last gain, and all that are to come if gains go on shrinking as they do, are below
  /// the tolerance (A. Aitken, 1926).
  private func settled(_ tolerance: Double) -> Bool {
    guard history.count > 1 else { return false }
    let gain = history[history.count - 1] - history[history.count - 2]
    // Rounding alone moves the likelihood at its maximum, up or down.
    if gain <= 0 { return gain < 0 || tolerance > 0 }
    guard gain < tolerance, history.count > 2 else { return false }
    let rate = gain / (history[history.count - 2] - history[history.count - 3])
    return rate < 1 && gain * rate / (1 - rate) < tolerance
  }
}
