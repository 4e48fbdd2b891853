public import TencaNumerics

/// A mixture of the rows of a table: what is saved, and asked about new rows.
public struct RowMixture: Sendable, Equatable {
  /// The table's columns, in the order of the mixture's.
  public let columns: [String]
  /// What rows go through before they are scored; nil where they are taken as they are.
  public let standardization: ColumnStandardization?
  /// The mixture of (standardised) rows.
  public let mixture: GaussianMixture
  /// What it learned from.
  public let training: Record

  /// What a mixture learned from.
  public struct Record: Sendable, Equatable, Codable {
    /// The table.
    public var source: String
    /// Its rows.
    public var rows: Int
    /// Σ ln p(x) over them, on the columns' own scale.
    public var logLikelihood: Double
    /// ln p(x) of the training rows at the percentiles 0 to 100: what is usual.
    public var densityPercentiles: [Double]
    /// The seed of everything random.
    public var seed: UInt64
    /// What a reader should know.
    public var warnings: [String]
  }

  /// Puts a model together.
  public init(
    columns: [String], standardization: ColumnStandardization?, mixture: GaussianMixture,
    training: Record
  ) {
    precondition(columns.count == mixture.dimensions, "\(columns.count) names of columns")
    self.columns = columns
    self.standardization = standardization
    self.mixture = mixture
    self.training = training
  }

  /// The rows of a source as the mixture wants them.
  private func prepared(_ data: any RowSource) -> any RowSource {
    standardization?.applied(to: data) ?? data
  }

  /// What ln p(x) loses by standardisation.
  private var shift: Double { standardization?.logVolume ?? 0 }

  /// The probability of every component given each row, rows × components.
  public func responsibilities(
    _ data: any RowSource, execution: Execution = .serial
  ) throws -> NDArray<Float> {
    try mixture.responsibilities(
      prepared(data), missing: .marginalized, execution: execution)
  }

  /// ln p(x) of every row, on the columns' own scale.
  public func logDensities(
    _ data: any RowSource, execution: Execution = .serial
  ) throws -> [Double] {
    let shift = shift
    return try mixture.logDensities(
      prepared(data), missing: .marginalized, execution: execution
    ).elements.map { Double($0) - shift }
  }

  /// The share of training rows, from 0 to 1, that were less likely than a row of this log-density:
  /// next to 0 for an anomaly.
  public func share(below logDensity: Double) -> Double {
    let below = training.densityPercentiles.count { $0 < logDensity }
    return Double(below) / Double(max(training.densityPercentiles.count, 1))
  }

  /// New rows like those that were learned from, on the columns' own scale.
  public func sample(_ count: Int, using random: inout RandomStream) -> NDArray<Double> {
    let rows: NDArray<Double> = mixture.sample(count, using: &random).converted()
    return standardization?.undo(rows) ?? rows
  }

  /// Information criteria of the training rows.
  public var criteria: (aic: Double, bic: Double) {
    let criteria = MixtureCriteria(
      logLikelihood: training.logLikelihood, assignmentLogLikelihood: 0,
      parameterCount: mixture.parameterCount, rows: training.rows)
    return (criteria.aic, criteria.bic)
  }
}
