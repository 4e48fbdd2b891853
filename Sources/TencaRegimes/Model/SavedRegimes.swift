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

  private init(_ model: RegimeModel, _ record: Record) {
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
    guard series.columns.count == record.columns.count, series.returns == record.returns else {
      throw RegimesError.unfitSeries(
        place: series.name,
        problem:
          "its values are \(series.returns.rawValue) of \(series.columns.count) columns, those "
          + "of the model \(record.returns.rawValue) of \(record.columns.count)",
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
    let new = try rows(after: record.lastDate)
    guard record.returns != .none else { return new }
    guard record.lastLevels.count == columns.count else {
      throw RegimesError.unfitSeries(
        place: name,
        problem: "\(columns.count) columns of values, where the model has "
          + "\(record.columns.joined(separator: ", "))",
        remedy: "Choose the same")
    }
    let before = NDArray<Double>(record.lastLevels, shape: [1, columns.count])
    let nothing = NDArray<Double>(repeating: .nan, shape: [1, exogenousColumns.count])
    return try DatedSeries(
      name: name, dates: new.dates.map { dates in [record.lastDate ?? dates[0]] + dates },
      columns: columns, values: .concatenated([before, new.values]),
      exogenousColumns: exogenousColumns, exogenous: .concatenated([nothing, new.exogenous]),
      notes: report.notes
    ).returns(record.returns)
  }

  /// The rows after a date.
  ///
  /// - Parameter date: Nil for all rows.
  /// - Throws: ``RegimesError/unfitSeries(place:problem:remedy:)`` where there is none, or rows have no
  ///   dates.
  func rows(after date: CalendarDate?) throws -> DatedSeries {
    guard let date else { return self }
    guard let dates else {
      throw RegimesError.unfitSeries(
        place: name, problem: "its rows have no dates, and those of the model do",
        remedy: "Name the column of dates")
    }
    guard let first = dates.firstIndex(where: { $0 > date }) else {
      throw RegimesError.unfitSeries(
        place: name, problem: "no row is later than \(date), where the model stopped",
        remedy: "Give rows that came since")
    }
    return rows(first..<count)
  }
}

extension SavedRegimes {
  private struct Header: Codable {
    var specification: RegimeSpecification
    var layout: RegimeLayout
    var record: Record
    /// What durations are like, by regime.
    var durations: [String]?
  }

  /// What is saved: arrays of the model, and as metadata the kind, the format and a JSON object.
  ///
  /// - Throws: What JSON encoding throws.
  public func archive() throws -> Archive {
    var archive = Archive()
    let emission = model.emission
    archive.arrays["intercepts"] = .double(emission.intercepts)
    archive.arrays["slopes"] = .double(emission.slopes)
    archive.arrays["covariances"] = .double(emission.covariances)
    if let loadings = emission.loadings { archive.arrays["loadings"] = .double(loadings) }
    archive.arrays["shape"] = .double(NDArray(emission.shape))
    archive.arrays["centers"] = .double(NDArray(emission.centers))
    archive.arrays["spreads"] = .double(NDArray(emission.spreads))
    var durations: [String]?
    switch model.dynamics {
    case .chain(let chain):
      archive.arrays["initial"] = .double(NDArray(chain.initial))
      archive.arrays["transition"] = .double(chain.transition.matrix)
    case .law(let initial, let law):
      archive.arrays["initial"] = .double(NDArray(initial))
      if case .logistic(let steps) = law {
        archive.arrays["stepIntercepts"] = .double(steps.intercepts)
        archive.arrays["stepSlopes"] = .double(steps.slopes)
      }
    case .durations(let chain):
      archive.arrays["initial"] = .double(NDArray(chain.initial))
      archive.arrays["transition"] = .double(chain.transition)
      durations = chain.durations.map(\.archived.kind)
      for (regime, duration) in chain.durations.enumerated() {
        archive.arrays["duration.\(regime)"] = .double(NDArray(duration.archived.parameters))
      }
    }
    try archive.describe(
      Header(
        specification: model.specification, layout: emission.layout, record: record,
        durations: durations),
      kind: Self.archiveKind, format: Self.archiveFormat)
    return archive
  }

  /// Makes a model of a saved one.
  ///
  /// - Throws: ``RegimesError/damagedModel(reason:)`` saying what is missing, inconsistent or too new.
  public init(archive: Archive) throws {
    func numbers(_ name: String) throws -> NDArray<Double> {
      guard let array = archive.arrays[name] else {
        throw RegimesError.damagedModel(reason: "'\(name)' is missing")
      }
      return array.asDouble
    }
    do {
      let header: Header = try archive.description(
        kind: Self.archiveKind, newest: Self.archiveFormat)
      let shape = try numbers("shape").elements
      let checked = try RegimeEmission(
        header.layout, intercepts: numbers("intercepts"), slopes: numbers("slopes"),
        covariances: numbers("covariances"),
        loadings: header.layout.factors == nil ? nil : numbers("loadings"), shape: shape)
      let (centers, spreads) = (
        try numbers("centers").elements, try numbers("spreads").elements
      )
      let columns = header.layout.series + header.layout.regressors
      guard centers.count == columns, spreads.count == columns, spreads.allSatisfy({ $0 > 0 })
      else { throw RegimesError.damagedModel(reason: "'centers' or 'spreads' do not fit") }
      let emission = RegimeEmission(
        header.layout, checked.intercepts, checked.slopes, checked.covariances, shape,
        loadings: checked.loadings, centers: centers, spreads: spreads)
      let initial = try numbers("initial").elements
      let dynamics: RegimeModel.Dynamics
      if archive.arrays["stepIntercepts"] != nil {
        dynamics = .law(
          initial: initial,
          .logistic(
            try LogisticTransitions(
              intercepts: numbers("stepIntercepts"), slopes: numbers("stepSlopes"))))
      } else if let names = header.durations {
        dynamics = .durations(
          try SemiMarkovChain(
            initial: initial, transition: numbers("transition"),
            durations: names.enumerated().map { regime, name in
              guard
                let duration = DurationDistribution(
                  named: name, parameters: try numbers("duration.\(regime)").elements)
              else {
                throw RegimesError.damagedModel(reason: "'duration.\(regime)' is no duration")
              }
              return duration
            }))
      } else {
        dynamics = .chain(
          try MarkovChain(
            initial: initial, transition: TransitionMatrix(numbers("transition"))))
      }
      guard initial.count == header.layout.regimes,
        header.record.labels.count == header.layout.regimes,
        header.record.lastLevels.count == header.layout.series,
        header.record.filtered.isEmpty || header.record.filtered.count == header.layout.states
      else { throw RegimesError.damagedModel(reason: "its parts are of different sizes") }
      self.init(RegimeModel(header.specification, dynamics, emission), header.record)
    } catch let error as MarkovError {
      throw RegimesError.damagedModel(reason: error.description)
    } catch let error as ArchiveDescriptionError {
      throw RegimesError.damagedModel(reason: error.words)
    }
  }
}

extension ArchiveDescriptionError {
  fileprivate var words: String {
    switch self {
    case .wrongKind(let found, let expected): "it is '\(found)', not '\(expected)'"
    case .newerFormat(let found, let newest):
      "its format is \(found), newer than \(newest): install a newer tenca"
    case .damaged(let reason): reason
    }
  }
}
