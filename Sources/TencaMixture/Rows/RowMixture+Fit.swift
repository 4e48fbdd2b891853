public import TencaNumerics

extension RowMixture {
  /// Fits a mixture to the rows of a table.
  ///
  /// - Parameters:
  ///   - data: rows × columns; NaN is a missing cell where the options allow it.
  ///   - columns: The columns' names.
  ///   - standardizes: Whether columns are brought to one scale first, which matters where
  ///     components are spherical.
  ///   - options: How the mixture is fitted.
  ///   - source: Where the table came from, for the record.
  ///   - execution: Threads, progress and cancellation.
  /// - Throws: ``MixtureError``; what the source throws; `CancellationError`.
  public static func fit(
    _ data: any RowSource, columns: [String], standardizes: Bool,
    options: GaussianMixtureOptions, source: String, execution: Execution = .serial
  ) throws -> RowMixture {
    let standardization =
      standardizes ? try ColumnStandardization(of: data, execution: execution) : nil
    let rows = standardization?.applied(to: data) ?? data
    return try RowMixture(
      try GaussianMixture.fit(rows, options: options, execution: execution), of: rows,
      columns: columns, standardization: standardization, options: options, source: source,
      execution: execution)
  }

  /// Fits every number of components with every kind of covariance, and keeps the best.
  ///
  /// - Parameters:
  ///   - data: rows × columns; NaN is a missing cell where the options allow it.
  ///   - columns: The columns' names.
  ///   - standardizes: As in ``fit(_:columns:standardizes:options:source:execution:)``.
  ///   - components: The numbers to try.
  ///   - covariances: The kinds to try.
  ///   - criterion: What to choose by.
  ///   - options: How mixtures are fitted; their number of components and covariance do not count.
  ///   - source: Where the table came from, for the record.
  ///   - execution: Threads, progress and cancellation.
  /// - Returns: The best model, and the whole curve on the columns' own scale.
  /// - Throws: ``MixtureError``; what the source throws; `CancellationError`.
  public static func select(
    _ data: any RowSource, columns: [String], standardizes: Bool, components: [Int],
    covariances: [CovarianceKind], criterion: SelectionCriterion, options: GaussianMixtureOptions,
    source: String, execution: Execution = .serial
  ) throws -> (model: RowMixture, selection: MixtureSelection) {
    let standardization =
      standardizes ? try ColumnStandardization(of: data, execution: execution) : nil
    let rows = standardization?.applied(to: data) ?? data
    let selection = try GaussianMixture.select(
      rows, components: components, covariances: covariances, criterion: criterion,
      options: options, execution: execution)
    let model = try RowMixture(
      selection.fit, of: rows, columns: columns, standardization: standardization,
      options: options, source: source, execution: execution)
    return (model, selection.losing(standardization?.logVolume ?? 0, by: criterion))
  }

  /// - Parameter rows: What was fitted, standardised already.
  private init(
    _ fit: GaussianMixtureFit, of rows: any RowSource, columns: [String],
    standardization: ColumnStandardization?, options: GaussianMixtureOptions, source: String,
    execution: Execution
  ) throws {
    let shift = standardization?.logVolume ?? 0
    let densities = try fit.model.logDensities(
      rows, missing: options.missing, execution: execution
    ).elements.sorted()
    let percentiles = (0...100).map { percent in
      Double(densities[min(densities.count - 1, percent * densities.count / 100)]) - shift
    }
    let logLikelihood = try fit.model.logLikelihood(
      of: rows, missing: options.missing, execution: execution)
    self.init(
      columns: columns, standardization: standardization, mixture: fit.model,
      training: Record(
        source: source, rows: rows.rowCount,
        logLikelihood: logLikelihood - shift * Double(rows.rowCount),
        densityPercentiles: percentiles, seed: options.seed,
        warnings: fit.warnings.map { "\($0)" }))
  }
}

extension MixtureSelection {
  /// The same curve where every row's ln p(x) is less by `shift`; the order stays.
  fileprivate func losing(_ shift: Double, by criterion: SelectionCriterion) -> MixtureSelection {
    MixtureSelection(
      candidates: candidates.map { candidate in
        let old = candidate.criteria
        let total = shift * Double(old.rows)
        let change: Double =
          if case .heldOut = criterion { shift } else { 2 * total }
        return Candidate(
          components: candidate.components, covariance: candidate.covariance,
          criteria: MixtureCriteria(
            logLikelihood: old.logLikelihood - total,
            assignmentLogLikelihood: old.assignmentLogLikelihood,
            parameterCount: old.parameterCount, rows: old.rows),
          score: candidate.score + change, warnings: candidate.warnings)
      }, best: best, fit: fit)
  }
}
