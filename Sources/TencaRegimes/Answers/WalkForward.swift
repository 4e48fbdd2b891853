internal import TencaMarkov
public import TencaNumerics

/// What could have been known at each row by somebody who learned from the rows before it alone.
public struct WalkForward: Sendable, Equatable {
  /// The rows of the series that have an answer.
  public let rows: Range<Int>
  /// p(regime | rows up to it), by a model of rows before it, rows × regimes.
  public let filtered: NDArray<Double>
  /// What was expected of the row given those before it, by the same model: mean and standard deviation.
  public let means: [Double]
  /// The standard deviation expected of each row.
  public let deviations: [Double]
  /// ln p(row | rows before), in nats.
  public let logLikelihoods: [Double]
  /// The first row that each model was asked about.
  public let refits: [Int]
}

extension RegimeModel {
  /// Learns again and again from rows past, and answers for the rows that come next.
  ///
  /// The model that answers for a row has seen none of it, nor of any later one: its parameters are of the
  /// rows before the last refit, and its probabilities are filtered.
  ///
  /// - Parameters:
  ///   - specification: What is to be learned.
  ///   - series: The series.
  ///   - minimum: How many rows the first model learns from.
  ///   - refit: After how many rows the next model is learned.
  ///   - options: How to learn; standard errors are left out.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Throws: As ``fit(_:to:options:execution:)``;
  ///   ``RegimesError/invalidOption(name:value:limit:)`` for too few rows.
  /// - Complexity: One fit, and one pass, for every `refit` rows.
  public static func walkForward(
    _ specification: RegimeSpecification, through series: DatedSeries, minimum: Int, refit: Int,
    options: RegimeFitOptions = RegimeFitOptions(restarts: 5), execution: Execution = .serial
  ) throws -> WalkForward {
    try RegimesError.require(refit >= 1, "refit", refit, "at least 1")
    try RegimesError.require(
      minimum >= 10 && minimum < series.count, "minimum", minimum,
      "from 10 to \(series.count - 1), less than the rows of \(series.name)")
    let options = options.withoutErrors
    var (filtered, means, deviations, logLikelihoods) = (
      [Double](), [Double](), [Double](), [Double]()
    )
    let refits = Array(stride(from: minimum, to: series.count, by: refit))
    for (index, first) in refits.enumerated() {
      try execution.cancellation.check()
      execution.progress(.init(task: "walk forward", completed: index, total: refits.count))
      let fit = try fit(
        specification, to: series.rows(0..<first), options: options,
        execution: Execution(threads: execution.threads, cancellation: execution.cancellation))
      let end = min(first + refit, series.count)
      let analysis = try RegimeAnalysis(fit.model, series.rows(0..<end), execution: execution)
      for row in first..<end {
        let place = row - analysis.rows.lowerBound
        filtered += analysis.probabilities.filtered.row(place).elements
        means.append(analysis.predictions[0][place].mean)
        deviations.append(analysis.predictions[0][place].deviation)
        logLikelihoods.append(analysis.probabilities.logLikelihoods[place])
      }
    }
    return WalkForward(
      rows: minimum..<series.count,
      filtered: NDArray(filtered, shape: [series.count - minimum, specification.regimes]),
      means: means, deviations: deviations, logLikelihoods: logLikelihoods, refits: refits)
  }
}
