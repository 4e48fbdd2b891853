public import TencaNumerics

extension GaussianMixture {
  /// The E-step of rows: what they tell an M-step under this mixture.
  ///
  /// For fits that are spread over processes or machines: each makes the statistics of its own
  /// rows, in one frame from their merged ``RowMoments``; merged, they give the next mixture by
  /// ``init(maximizing:in:varianceFloor:minimumOccupancy:)``.
  ///
  /// - Parameters:
  ///   - data: One row or more, of as many columns as the mixture.
  ///   - frame: The coordinates to compute in, the same for all parts.
  ///   - weights: How often each row counts; nil counts every row once.
  ///   - missing: What NaN means. With ``MissingCells/marginalized``, the frame must be made of
  ///     moments without products.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Throws: ``MixtureError``; what the source throws; `CancellationError`.
  /// - Complexity: O(rows · components · columns), for full covariance times columns.
  public func statistics(
    of data: some RowSource, in frame: MixtureFrame, weights: [Double]? = nil,
    missing: MissingCells = .refused, execution: Execution = .serial
  ) throws -> MixtureStatistics {
    try data.requireColumns(dimensions)
    guard data.rowCount > 0 else {
      throw MixtureError.noData(shape: [data.rowCount, data.columnCount])
    }
    if let weights { try RowMoments.check(weights, rows: data.rowCount) }
    let rows = StandardizedRows(data, frame: frame, weights: weights, missing: missing)
    var statistics = try rows.statistics(under: entering(frame), execution: execution)
    guard statistics.logLikelihood.isFinite else {
      try data.requireFinite(0..<data.rowCount, missing: missing)
      throw MixtureError.invalidModel(problem: "a row has no density under them")
    }
    statistics.logLikelihood += statistics.mass * frame.logVolume
    return statistics
  }

  /// The M-step: the mixture that makes rows with these statistics most likely.
  ///
  /// - Parameters:
  ///   - statistics: Of all rows, from one mixture and in one frame.
  ///   - frame: That frame.
  ///   - varianceFloor: See ``GaussianMixtureOptions/varianceFloor``.
  ///   - minimumOccupancy: Components that explain fewer rows are left out.
  public init(
    maximizing statistics: MixtureStatistics, in frame: MixtureFrame,
    varianceFloor: Double = 1e-3, minimumOccupancy: Double = 1
  ) {
    self = statistics.maximum(floor: varianceFloor, occupancy: minimumOccupancy)
      .mixture.leaving(frame)
  }
}
