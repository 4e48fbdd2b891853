public import TencaNumerics

/// How well a mixture explains rows, set against how many parameters it spends on them.
///
/// ``aic``, ``bic`` and ``icl`` are the less the better, as most of the literature signs them; mclust
/// reports the negatives, the more the better, under `mclust…`.
public struct MixtureCriteria: Sendable, Equatable {
  /// Σ ln p(x), in nats.
  public let logLikelihood: Double
  /// Σ ln of each row's greatest responsibility: 0 where components do not overlap.
  public let assignmentLogLikelihood: Double
  /// The number of free parameters.
  public let parameterCount: Int
  /// The number of rows.
  public let rows: Int

  /// Makes criteria of their parts.
  public init(
    logLikelihood: Double, assignmentLogLikelihood: Double, parameterCount: Int, rows: Int
  ) {
    self.logLikelihood = logLikelihood
    self.assignmentLogLikelihood = assignmentLogLikelihood
    self.parameterCount = parameterCount
    self.rows = rows
  }

  /// Akaike's information criterion, 2p - 2 ln L: of two models of the same rows, the lesser is
  /// expected to predict better (H. Akaike, 1974).
  public var aic: Double { 2 * Double(parameterCount) - 2 * logLikelihood }
  /// The Bayesian information criterion, p ln n - 2 ln L: of two models of the same rows, the
  /// lesser is the more probable (G. Schwarz, 1978).
  public var bic: Double {
    Double(parameterCount) * logarithm(Double(rows)) - 2 * logLikelihood
  }
  /// The integrated completed likelihood: the BIC of rows and their most probable components, which
  /// asks for components that do not overlap (C. Biernacki, G. Celeux, G. Govaert, 2000).
  public var icl: Double { bic - 2 * assignmentLogLikelihood }
  /// The BIC as mclust signs it, 2 ln L - p ln n.
  public var mclustBIC: Double { -bic }
  /// The ICL as mclust signs it.
  public var mclustICL: Double { -icl }
}

/// What criteria add up over rows.
private struct CriteriaSums: Mergeable, Sendable {
  var logLikelihood = 0.0
  var assignment = 0.0

  mutating func merge(_ other: CriteriaSums) {
    logLikelihood += other.logLikelihood
    assignment += other.assignment
  }
}

extension GaussianMixture {
  /// The log-likelihood of rows and the criteria made of it, computed in double precision.
  ///
  /// - Throws: ``MixtureError/noData(shape:)`` without rows; as
  ///   ``MixtureScorer/logDensities(_:execution:)``.
  /// - Complexity: As ``MixtureScorer/logDensities(_:execution:)``.
  public func criteria(
    of data: some RowSource, missing: MissingCells = .refused, execution: Execution = .serial
  ) throws -> MixtureCriteria {
    try data.requireColumns(dimensions)
    let scorer = MixtureScorer(self, missing: missing, exactly: true)
    let width = components
    let sums = try execution.reduce(count: data.rowCount, block: StandardizedRows.block) { range in
      let block = try scorer.score(range, of: data, wantsShares: true)
      var sums = CriteriaSums()
      for (row, logDensity) in block.logDensities.enumerated() {
        sums.logLikelihood += logDensity
        let largest = block.shares[row * width..<(row + 1) * width].max()!
        sums.assignment += logarithm(Double(largest))
      }
      return sums
    }
    guard let sums else {
      throw MixtureError.noData(shape: [data.rowCount, data.columnCount])
    }
    return MixtureCriteria(
      logLikelihood: sums.logLikelihood, assignmentLogLikelihood: sums.assignment,
      parameterCount: parameterCount, rows: data.rowCount)
  }

  /// Σ ln p(x) over all rows, in nats.
  ///
  /// - Throws: As ``criteria(of:missing:execution:)``.
  public func logLikelihood(
    of data: some RowSource, missing: MissingCells = .refused, execution: Execution = .serial
  ) throws -> Double {
    try criteria(of: data, missing: missing, execution: execution).logLikelihood
  }

  /// ``MixtureCriteria/aic`` of rows.
  ///
  /// - Throws: As ``criteria(of:missing:execution:)``.
  public func aic(of data: some RowSource, execution: Execution = .serial) throws -> Double {
    try criteria(of: data, execution: execution).aic
  }

  /// ``MixtureCriteria/bic`` of rows.
  ///
  /// - Throws: As ``criteria(of:missing:execution:)``.
  public func bic(of data: some RowSource, execution: Execution = .serial) throws -> Double {
    try criteria(of: data, execution: execution).bic
  }

  /// ``MixtureCriteria/icl`` of rows.
  ///
  /// - Throws: As ``criteria(of:missing:execution:)``.
  public func icl(of data: some RowSource, execution: Execution = .serial) throws -> Double {
    try criteria(of: data, execution: execution).icl
  }
}
