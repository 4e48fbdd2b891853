public import TencaMarkov
public import TencaNumerics

/// A regime model with all that is needed to go on with its series: what its values are of, and where the
/// last row left off.
public struct SavedRegimes: Sendable, Equatable {
  /// The kind under which these models are saved.
  public static let archiveKind = "regimes"
  /// The newest format that this version reads, and the one that it writes.
  public static let archiveFormat = 1

  /// The model.
  public let model: RegimeModel
  /// What is known of it in words and numbers.
  public let record: Record

  /// What a model learned from, and where its series stands.
  public struct Record: Sendable, Equatable, Codable {
    /// The file.
    public var source: String
    /// The columns of values.
    public var columns: [String]
    /// What values are of prices.
    public var returns: Returns
    /// How prices were thinned; nil for all rows.
    public var resampling: Resampling?
    /// The regimes' names.
    public var labels: [String]
    /// The rows that were learned from.
    public var observations: Int
    /// Σ ln p of these, in nats.
    public var logLikelihood: Double
    /// Σ ln p with their best path.
    public var pathLogProbability: Double
    /// The number of free parameters.
    public var parameterCount: Int
    /// The free parameters, with standard errors where known.
    public var estimates: [NamedParameter]
    /// The date of the last row; nil where rows are numbered.
    public var lastDate: CalendarDate?
    /// The last price of every column.
    public var lastLevels: [Double]
    /// The last rows of values, as many as there are lags, the latest last.
    public var context: [[Double]]
    /// p(state | all rows so far) of the last row; empty where a model has durations, whose states need
    /// all rows.
    public var filtered: [Double]
    /// The covariates of the last row that steer the step to the next.
    public var covariates: [Double]
  }

  /// Puts an analysis and its fit together.
  public init(_ fit: RegimeFit, _ analysis: RegimeAnalysis, resampling: Resampling?) {
    let series = analysis.series
    model = fit.model
    var covariates: [Double] = []
    if case .covariates(let rows)? = analysis.design.conditions {
      covariates = rows.row(rows.rows - 1).elements
    }
    record = Record(
      source: series.name, columns: series.columns, returns: series.returns,
      resampling: resampling, labels: fit.model.labels(series.returns),
      observations: fit.criteria.rows, logLikelihood: fit.criteria.logLikelihood,
      pathLogProbability: fit.criteria.pathLogProbability,
      parameterCount: fit.criteria.parameterCount, estimates: fit.estimates,
      lastDate: series.dates?.last,
      lastLevels: series.columns.indices.map { series.lastLevel(column: $0) },
      context: Self.context(series, fit.model.specification.autoregression.order),
      filtered: Self.lastStates(analysis), covariates: covariates)
  }

  init(_ model: RegimeModel, _ record: Record) {
    (self.model, self.record) = (model, record)
  }

  private static func context(_ series: DatedSeries, _ order: Int) -> [[Double]] {
    (max(0, series.count - order)..<series.count).map { series.values.row($0).elements }
  }

  private static func lastStates(_ analysis: RegimeAnalysis) -> [Double] {
    if case .durations = analysis.model.dynamics { return [] }
    let filtered = analysis.probabilities.states.filtered
    return filtered.row(filtered.rows - 1).elements
  }

  /// The likelihood and what it cost.
  public var criteria: HiddenMarkovCriteria {
    HiddenMarkovCriteria(
      logLikelihood: record.logLikelihood, pathLogProbability: record.pathLogProbability,
      parameterCount: record.parameterCount, rows: record.observations)
  }
}
