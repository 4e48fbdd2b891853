public import TencaNumerics

extension SequenceModel {
  /// What is done once a model is learned.
  public struct Refinement: Sendable, Equatable {
    /// Whether the likelihood is then climbed to the very top; see
    /// ``HiddenMarkovFit/polished(on:lengths:options:execution:)``. Where steps are not all alike, it
    /// always is.
    public var polishes: Bool
    /// What the standard errors of the parameters are made of; nil leaves them out.
    public var standardErrors: StandardErrorKind?

    /// Nothing, unless asked for.
    public init(polishes: Bool = false, standardErrors: StandardErrorKind? = nil) {
      (self.polishes, self.standardErrors) = (polishes, standardErrors)
    }
  }

  /// Learns models of several numbers of states, and keeps the best.
  ///
  /// - Parameters: As
  ///   ``fit(_:durations:steps:to:lengths:columns:symbols:states:source:options:refinement:like:execution:)``,
  ///   and those of
  ///   ``HiddenMarkovModel/select(states:criterion:lengths:options:execution:from:emission:)``. The one that
  ///   is kept is refined.
  /// - Throws: As these.
  public static func select(
    states: [Int], criterion: StateCountCriterion, from data: any RowSource, lengths: [Int],
    columns: [String], symbols: [String]? = nil, source: String, options: HiddenMarkovOptions,
    refinement: Refinement = Refinement(), execution: Execution = .serial,
    emission: (Int) throws -> AnyEmission
  ) throws -> (model: SequenceModel, selection: HiddenMarkovSelection<AnyEmission>) {
    let selection = try HiddenMarkovModel.select(
      states: states, criterion: criterion, lengths: lengths, options: options,
      execution: execution, from: data, emission: emission)
    let study = Study(
      data: data, lengths: lengths, source: source, options: options, refinement: refinement,
      execution: execution)
    let fit = try study.polished(selection.fit)
    let model = try SequenceModel(
      fit.model, columns: columns, symbols: symbols,
      training: study.record(fit, of: fit.model, order: Array(0..<fit.model.stateCount)))
    return (model, selection)
  }

  /// Learns a model of the rows of tables.
  ///
  /// - Parameters:
  ///   - emission: What states emit: its kind.
  ///   - durations: What durations are like; nil for an ordinary model.
  ///   - steps: What steps depend on; nil where they are all alike.
  ///   - data: rows × columns, sequences one after another; NaN is a missing cell.
  ///   - lengths: The rows of each sequence.
  ///   - columns: The columns' names.
  ///   - symbols: The words that stand for symbols.
  ///   - states: The states' names, where they are known.
  ///   - source: Where the tables came from, for the record.
  ///   - options: How to fit.
  ///   - refinement: What is done then.
  ///   - like: A model, of any kind, whose states give theirs their order: each state becomes the one of
  ///     `like` that is most often where it is.
  ///   - execution: Threads, progress and cancellation.
  /// - Throws: As ``HiddenMarkovModel/fit(_:to:lengths:options:execution:)`` and
  ///   ``ConditionalMarkovModel/fit(_:over:to:lengths:options:execution:)``;
  ///   ``MarkovError/invalidOption(name:value:limit:)`` for a refinement, or steps, of a model with durations.
  public static func fit(
    _ emission: AnyEmission, durations: DurationDistribution.Kind? = nil,
    steps: StepColumns? = nil, to data: any RowSource, lengths: [Int], columns: [String],
    symbols: [String]? = nil, states: [String]? = nil, source: String,
    options: HiddenMarkovOptions, refinement: Refinement = Refinement(),
    like: SequenceModel? = nil, execution: Execution = .serial
  ) throws -> SequenceModel {
    let study = Study(
      data: data, lengths: lengths, source: source, options: options, refinement: refinement,
      execution: execution)
    func order(of model: SequenceModel) throws -> [Int] {
      try like.map {
        try model.order(
          like: $0, on: data, lengths: lengths, over: steps?.conditions, execution: execution)
      } ?? Array(model.states.indices)
    }
    if let durations {
      try MarkovError.require(
        refinement == Refinement(), "refinement", "of a model with durations",
        "none there: neither polish nor standard errors")
      try MarkovError.require(
        steps == nil, "steps", "of a model with durations", "all alike there")
      let fit = try HiddenSemiMarkovModel.fit(
        emission, durations: durations, to: data, lengths: lengths, options: options,
        execution: execution)
      let order = try order(of: SequenceModel(fit.model, columns: columns))
      return try SequenceModel(
        fit.model.reordered(order), columns: columns, states: states, symbols: symbols,
        training: study.record(fit, order: order))
    }
    if let steps {
      let fit = try ConditionalMarkovModel.fit(
        emission, over: steps.conditions, to: data, lengths: lengths, options: options,
        execution: execution)
      let order = try order(
        of: SequenceModel(
          initial: fit.model.initial, steps: steps.steps(fit.model.law),
          emission: fit.model.emission, columns: columns))
      let model = fit.model.reordered(order)
      return try SequenceModel(
        initial: model.initial, steps: steps.steps(model.law), emission: model.emission,
        columns: columns, states: states, symbols: symbols,
        training: study.record(fit, of: model, over: steps.conditions, order: order))
    }
    let fit = try study.polished(
      HiddenMarkovModel.fit(
        emission, to: data, lengths: lengths, options: options, execution: execution))
    let order = try order(of: SequenceModel(fit.model, columns: columns))
    let model = fit.model.reordered(order)
    return try SequenceModel(
      model, columns: columns, states: states, symbols: symbols,
      training: study.record(fit, of: model, order: order))
  }
}

/// What models are learned from and how, and what is told of it.
private struct Study {
  let data: any RowSource
  let lengths: [Int]
  let source: String
  let options: HiddenMarkovOptions
  let refinement: SequenceModel.Refinement
  let execution: Execution

  func polished(
    _ fit: HiddenMarkovFit<AnyEmission>
  ) throws -> HiddenMarkovFit<AnyEmission> {
    guard refinement.polishes else { return fit }
    return try fit.polished(on: data, lengths: lengths, options: options, execution: execution)
  }

  func record(
    _ fit: HiddenSemiMarkovFit<AnyEmission>, order: [Int]
  ) -> SequenceModel.Record {
    SequenceModel.Record(
      fit.criteria, fit.restarts, best: fit.best, order.map { fit.occupancies[$0] },
      fit.warnings, source: source, sequences: lengths.count, seed: options.seed)
  }

  /// - Parameter model: The model of the fit, its states in `order`.
  func record(
    _ fit: HiddenMarkovFit<AnyEmission>, of model: HiddenMarkovModel<AnyEmission>, order: [Int]
  ) throws -> SequenceModel.Record {
    var record = SequenceModel.Record(
      fit.criteria, fit.restarts, best: fit.best, order.map { fit.occupancies[$0] },
      fit.warnings, source: source, sequences: lengths.count, seed: options.seed)
    record.standardErrors = refinement.standardErrors
    record.estimates = try refinement.standardErrors.map { kind in
      try model.estimates(
        on: data, lengths: lengths, options: options.reordered(order), kind: kind,
        execution: execution)
    }
    return record
  }

  /// - Parameter model: The model of the fit, its states in `order`.
  func record(
    _ fit: ConditionalMarkovFit<AnyEmission>, of model: ConditionalMarkovModel<AnyEmission>,
    over conditions: StepConditions, order: [Int]
  ) throws -> SequenceModel.Record {
    var record = SequenceModel.Record(
      fit.criteria, fit.restarts, best: fit.restarts.count - 1,
      order.map { fit.occupancies[$0] }, fit.warnings, source: source,
      sequences: lengths.count, seed: options.seed)
    record.standardErrors = refinement.standardErrors
    record.estimates = try refinement.standardErrors.map { kind in
      try model.estimates(
        over: conditions, on: data, lengths: lengths, options: options.reordered(order),
        kind: kind, execution: execution)
    }
    return record
  }
}

extension SequenceModel.Record {
  fileprivate init(
    _ criteria: HiddenMarkovCriteria, _ restarts: [HiddenMarkovRestart], best: Int,
    _ occupancies: [Double], _ warnings: [HiddenMarkovWarning], source: String, sequences: Int,
    seed: UInt64
  ) {
    self.init(
      source: source, sequences: sequences, rows: criteria.rows,
      logLikelihood: criteria.logLikelihood, pathLogProbability: criteria.pathLogProbability,
      parameterCount: criteria.parameterCount, occupancies: occupancies,
      restarts: restarts.map {
        SequenceModel.Restart(
          start: $0.start, iterations: $0.history.count - 1, objective: $0.history.last!,
          converged: $0.converged)
      },
      best: best, seed: seed, warnings: warnings.map { "\($0)" })
  }
}
