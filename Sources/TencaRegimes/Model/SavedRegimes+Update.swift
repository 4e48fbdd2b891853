internal import TencaMarkov
public import TencaNumerics

/// Rows that came after those of a model, filtered from where it left off.
public struct RegimeUpdate: Sendable {
  /// The new rows.
  public let series: DatedSeries
  /// p(regime | all rows up to it) of each, rows × regimes.
  public let filtered: NDArray<Double>
  /// ln p(row | rows before), in nats.
  public let logLikelihoods: [Double]
  /// The model as the last of them left it.
  public let saved: SavedRegimes
}

extension SavedRegimes {
  /// Goes on, causally, from where the last row stopped: parameters stay what they are.
  ///
  /// - Parameter series: Values of the model's kind, as ``DatedSeries/returns(_:)`` gives them; rows up to
  ///   ``Record/lastDate`` are passed over.
  /// - Returns: What could be known at each new row.
  /// - Throws: ``RegimesError/unfitSeries(place:problem:remedy:)`` for other columns or values, and where
  ///   no row is new; ``RegimesError/invalidOption(name:value:limit:)`` for a model with durations.
  /// - Complexity: O(rows · states²).
  public func updated(
    with series: DatedSeries, execution: Execution = .serial
  ) throws -> RegimeUpdate {
    try series.requireKind(of: record)
    guard series.returns == record.returns else {
      throw RegimesError.unfitSeries(
        place: series.name,
        problem: "its values are returns of kind \(series.returns.rawValue), those of the model of "
          + "kind \(record.returns.rawValue)",
        remedy: "Read it as the model's own series was read")
    }
    guard !record.filtered.isEmpty else {
      throw RegimesError.invalidOption(
        name: "durations", value: model.specification.durations ?? "",
        limit: "left out where a model is to be updated: with durations, all rows count. Learn it "
          + "again from the whole series")
    }
    let new = try series.rows(after: record.lastDate)
    let design = try RegimeDesign(new, model.specification, context: record.context)
    guard design.places.lowerBound == 0 else {
      throw RegimesError.unfitSeries(
        place: series.name, problem: "the model remembers too few rows for its lags",
        remedy: "Learn it again from the whole series")
    }
    let (chain, last) = try chain(design)
    let continued = MarkovChain(continuing: record.filtered, by: last, chain.transition)
    let answer = try HiddenMarkovModel(chain: continued, emission: model.emission)
      .filtered(design.rows, execution: execution)
    var record = record
    record.filtered = answer.filtered.row(new.count - 1).elements
    record.lastDate = new.dates?.last ?? record.lastDate
    for (column, level) in new.columns.indices.map({ new.lastLevel(column: $0) }).enumerated()
    where level.isFinite { record.lastLevels[column] = level }
    record.context = Array(
      (record.context + (0..<new.count).map { new.values.row($0).elements })
        .suffix(model.specification.autoregression.order))
    if case .covariates(let rows)? = design.conditions {
      record.covariates = rows.row(rows.rows - 1).elements
    }
    return RegimeUpdate(
      series: new, filtered: model.folded(answer.filtered, model.ownRegimes),
      logLikelihoods: answer.logLikelihoods, saved: SavedRegimes(model, record))
  }

  /// The chain of the new rows, and the matrix of the step into the first of them.
  private func chain(
    _ design: RegimeDesign
  ) throws -> (MarkovChain, NDArray<Double>) {
    guard let ordinary = try model.ordinary(design) else {
      throw RegimesError.invalidOption(
        name: "covariates", value: "none", limit: "those that steer the steps of the model")
    }
    let chain = ordinary.chain
    guard case .law(_, .logistic(let law)) = model.dynamics else {
      return (chain, chain.transition.matrix)
    }
    return (chain, law.matrix(at: record.covariates))
  }
}

extension DatedSeries {
  /// The values of a model's kind, of prices that go on where the model stopped: the first return is that
  /// from its last price.
  ///
  /// - Throws: As ``returns(_:)``; ``RegimesError/unfitSeries(place:problem:remedy:)`` where no row is
  ///   later than the model's last.
  public func continuing(_ record: SavedRegimes.Record) throws -> DatedSeries {
    try requireKind(of: record)
    let new = try rows(after: record.lastDate)
    guard record.returns != .none else { return new }
    let before = NDArray<Double>(record.lastLevels, shape: [1, columns.count])
    let nothing = NDArray<Double>(repeating: .nan, shape: [1, exogenousColumns.count])
    return try DatedSeries(
      // Rows have dates only where the model has one.
      name: name, dates: new.dates.map { [record.lastDate!] + $0 },
      columns: columns, values: .concatenated([before, new.values]),
      exogenousColumns: exogenousColumns, exogenous: .concatenated([nothing, new.exogenous]),
      notes: report.notes
    ).returns(record.returns)
  }

  /// - Throws: ``RegimesError/unfitSeries(place:problem:remedy:)`` for columns of other names than the
  ///   model's, case aside, and for rows with dates where those of the model have none, or without where
  ///   they have.
  fileprivate func requireKind(of record: SavedRegimes.Record) throws {
    guard columns.map({ $0.lowercased() }) == record.columns.map({ $0.lowercased() }) else {
      throw RegimesError.unfitSeries(
        place: name,
        problem: "its values are of \(columns.joined(separator: ", ")), those of the model of "
          + "\(record.columns.joined(separator: ", "))",
        remedy: "Choose the same columns, in the same order")
    }
    guard (dates == nil) == (record.lastDate == nil) else {
      throw RegimesError.unfitSeries(
        place: name,
        problem: dates == nil
          ? "its rows have no dates, and those of the model do"
          : "its rows have dates, and those of the model have none: which are new is not known",
        remedy: dates == nil ? "Name the column of dates" : "Learn the model from rows with dates")
    }
  }

  /// The rows after a date.
  ///
  /// - Parameter date: Nil for all rows, as are rows without dates.
  /// - Throws: ``RegimesError/unfitSeries(place:problem:remedy:)`` where there is none.
  func rows(after date: CalendarDate?) throws -> DatedSeries {
    guard let date, let dates else { return self }
    guard let first = dates.firstIndex(where: { $0 > date }) else {
      throw RegimesError.unfitSeries(
        place: name, problem: "no row is later than \(date), where the model stopped",
        remedy: "Give rows that came since")
    }
    return rows(first..<count)
  }
}
