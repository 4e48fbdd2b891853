internal import TencaNumerics

/// One ascent of the likelihood with durations, from one start.
struct SegmentAscent<E: Emission>: Sendable {
  private(set) var model: HiddenSemiMarkovModel<E>
  /// Σ ln p of the sequences: of the start, then after each iteration.
  private(set) var history: [Double] = []
  private(set) var converged = false
  private(set) var warnings: [HiddenMarkovWarning] = []
  /// The expected number of rows in each state under ``model``.
  var occupancies: [Double] { statistics!.occupancies }
  /// The kind of start in words.
  let start: String
  /// The E-step of ``model``.
  private var statistics: SegmentStatistics<E.Statistics>?

  init(from start: SegmentStart<E>) {
    model = start.model
    self.start = start.name
  }

  /// Goes on until the likelihood settles or the iterations run out.
  ///
  /// - Parameters:
  ///   - rows: What is learned from.
  ///   - lengths: The rows of each sequence; nil is one sequence.
  ///   - options: What is free, and how many iterations there may be.
  ///   - tolerance: See ``HiddenMarkovOptions/tolerance``.
  mutating func run(
    on rows: EmissionRows, lengths: [Int]?, options: HiddenMarkovOptions, tolerance: Double,
    execution: Execution
  ) throws {
    converged = false
    while true {
      if let statistics {
        if history.count > options.iterations { return }
        model = try model.maximized(statistics, options: options)
      }
      execution.progress(
        .init(task: "EM iteration", completed: history.count, total: options.iterations))
      let next = try model.expectation(
        rows, lengths: lengths, knownStates: options.knownStates, execution: execution)
      if let last = history.last, next.logLikelihood < last - 1e-7 * max(1, abs(last)) {
        warnings.append(.objectiveFell(by: last - next.logLikelihood, iteration: history.count))
      }
      let gain = history.last.map { next.logLikelihood - $0 } ?? .infinity
      history.append(next.logLikelihood)
      statistics = next
      if gain < tolerance * Double(rows.source.rowCount) {
        converged = true
        return
      }
    }
  }
}
