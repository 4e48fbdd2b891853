public import TencaNumerics

/// A hidden Markov model of the rows of tables: what is saved, and asked about new sequences.
public struct SequenceModel: Sendable {
  /// The chain and what its states emit. With ``durations``, the chain says which state follows when one
  /// ends, never the same; see ``semiMarkov``.
  public let model: HiddenMarkovModel<AnyEmission>
  /// How long each state is held; nil for an ordinary model, whose transition matrix says it.
  public let durations: [DurationDistribution]?
  /// The table's columns, in the order of the emission's.
  public let columns: [String]
  /// The states' names.
  public let states: [String]
  /// The words that stand for the symbols 0, 1, … of a single categorical column; nil where cells are
  /// numbers.
  public let symbols: [String]?
  /// What it learned from; nil for parameters that were written down.
  public let training: Record?
  /// What else is saved with the model, by name: how its columns are made of sound, for example.
  public var notes: [String: String] = [:]

  /// What a model learned from.
  public struct Record: Sendable, Equatable, Codable {
    /// The table, or the folder of tables.
    public var source: String
    /// How many sequences.
    public var sequences: Int
    /// The rows of all of them.
    public var rows: Int
    /// Σ ln p of the sequences, in nats.
    public var logLikelihood: Double
    /// Σ ln p of the sequences with their best paths.
    public var pathLogProbability: Double
    /// The number of free parameters.
    public var parameterCount: Int
    /// The expected number of rows in each state.
    public var occupancies: [Double]
    /// All starts.
    public var restarts: [Restart]
    /// Which of them was kept.
    public var best: Int
    /// The seed of everything random.
    public var seed: UInt64
    /// What a reader should know.
    public var warnings: [String]

    /// The likelihood and what it cost.
    public var criteria: HiddenMarkovCriteria {
      HiddenMarkovCriteria(
        logLikelihood: logLikelihood, pathLogProbability: pathLogProbability,
        parameterCount: parameterCount, rows: rows)
    }
  }

  /// The outcome of one start.
  public struct Restart: Sendable, Equatable, Codable {
    /// The kind of start.
    public var start: String
    /// How many iterations were made.
    public var iterations: Int
    /// What had risen to where, in nats.
    public var objective: Double
    /// Whether it settled.
    public var converged: Bool
  }

  /// The model with its durations; nil for an ordinary one.
  public var semiMarkov: HiddenSemiMarkovModel<AnyEmission>? {
    durations.map { durations in
      // Parts of one model that was checked.
      try! HiddenSemiMarkovModel(
        chain: SemiMarkovChain(
          unchecked: model.chain.initial, model.chain.transition.matrix, durations),
        emission: model.emission)
    }
  }

  /// How many rows each state is expected to last; ∞ where nothing leads out of it.
  public var expectedDurations: [Double] {
    durations?.map(\.mean) ?? model.chain.expectedDurations
  }

  /// Puts a model with durations together.
  ///
  /// - Parameters: As ``init(_:columns:states:symbols:training:)``.
  /// - Throws: As ``init(_:columns:states:symbols:training:)``.
  public init(
    _ model: HiddenSemiMarkovModel<AnyEmission>, columns: [String], states: [String]? = nil,
    symbols: [String]? = nil, training: Record? = nil
  ) throws {
    try self.init(
      HiddenMarkovModel(
        unchecked: MarkovChain(
          uncheckedInitial: model.chain.initial,
          transition: TransitionMatrix(unchecked: model.chain.transition)), model.emission),
      durations: model.chain.durations, columns: columns, states: states, symbols: symbols,
      training: training)
  }

  /// Puts a model together.
  ///
  /// - Parameters:
  ///   - model: The chain and the emission.
  ///   - columns: A name for each of the emission's columns.
  ///   - states: A name for each state; nil names them by their numbers.
  ///   - symbols: A word for each symbol of a categorical emission.
  ///   - training: What it learned from.
  /// - Throws: ``MarkovError/invalidModel(problem:)`` for names that are too few, too many, or twice
  ///   the same.
  public init(
    _ model: HiddenMarkovModel<AnyEmission>, columns: [String], states: [String]? = nil,
    symbols: [String]? = nil, training: Record? = nil
  ) throws {
    try self.init(
      model, durations: nil, columns: columns, states: states, symbols: symbols, training: training)
  }

  private init(
    _ model: HiddenMarkovModel<AnyEmission>, durations: [DurationDistribution]?,
    columns: [String], states: [String]?, symbols: [String]?, training: Record?
  ) throws {
    let states = states ?? (0..<model.stateCount).map(String.init)
    try Self.check(columns, "columns", model.emission.columnCount)
    try Self.check(states, "states", model.stateCount)
    if let symbols {
      guard let categorical = model.emission.base as? CategoricalEmission else {
        throw MarkovError.invalidModel(problem: "symbols where the emission is not categorical")
      }
      try Self.check(symbols, "symbols", categorical.symbolCount)
    }
    self.model = model
    self.durations = durations
    self.columns = columns
    self.states = states
    self.symbols = symbols
    self.training = training
  }

  private static func check(_ names: [String], _ kind: String, _ count: Int) throws {
    guard names.count == count else {
      throw MarkovError.invalidModel(
        problem: "\(names.count) names for \(count) \(kind)")
    }
    if let twice = Dictionary(grouping: names, by: \.self).first(where: { $0.value.count > 1 }) {
      throw MarkovError.invalidModel(problem: "two \(kind) are named '\(twice.key)'")
    }
  }

  /// Learns models of several numbers of states, and keeps the best.
  ///
  /// - Parameters: As ``fit(_:durations:to:lengths:columns:symbols:states:source:options:like:execution:)``, and
  ///   those of ``HiddenMarkovModel/select(states:criterion:lengths:options:execution:from:emission:)``.
  /// - Throws: As these.
  public static func select(
    states: [Int], criterion: StateCountCriterion, from data: any RowSource, lengths: [Int],
    columns: [String], symbols: [String]? = nil, source: String, options: HiddenMarkovOptions,
    execution: Execution = .serial, emission: (Int) throws -> AnyEmission
  ) throws -> (model: SequenceModel, selection: HiddenMarkovSelection<AnyEmission>) {
    let selection = try HiddenMarkovModel.select(
      states: states, criterion: criterion, lengths: lengths, options: options,
      execution: execution, from: data, emission: emission)
    let model = try SequenceModel(
      selection.fit.model, columns: columns, symbols: symbols,
      training: Record(
        selection.fit.criteria, selection.fit.restarts, best: selection.fit.best,
        selection.fit.occupancies, selection.fit.warnings, source: source,
        sequences: lengths.count, seed: options.seed))
    return (model, selection)
  }

  /// Learns a model of the rows of tables.
  ///
  /// - Parameters:
  ///   - emission: What states emit: its kind.
  ///   - durations: What durations are like; nil for an ordinary model.
  ///   - data: rows × columns, sequences one after another; NaN is a missing cell.
  ///   - lengths: The rows of each sequence.
  ///   - columns: The columns' names.
  ///   - symbols: The words that stand for symbols.
  ///   - states: The states' names, where they are known.
  ///   - source: Where the tables came from, for the record.
  ///   - options: How to fit.
  ///   - like: A model, with durations or without, whose states give theirs their order: each state becomes
  ///     the one of `like` that is most often where it is.
  ///   - execution: Threads, progress and cancellation.
  /// - Throws: As ``HiddenMarkovModel/fit(_:to:lengths:options:execution:)``.
  public static func fit(
    _ emission: AnyEmission, durations: DurationDistribution.Kind? = nil, to data: any RowSource,
    lengths: [Int], columns: [String], symbols: [String]? = nil, states: [String]? = nil,
    source: String,
    options: HiddenMarkovOptions, like: SequenceModel? = nil, execution: Execution = .serial
  ) throws -> SequenceModel {
    func order(of model: SequenceModel) throws -> [Int] {
      try like.map {
        try model.order(like: $0, on: data, lengths: lengths, execution: execution)
      } ?? Array(model.states.indices)
    }
    if let durations {
      let fit = try HiddenSemiMarkovModel.fit(
        emission, durations: durations, to: data, lengths: lengths, options: options,
        execution: execution)
      let order = try order(of: SequenceModel(fit.model, columns: columns))
      return try SequenceModel(
        fit.model.reordered(order), columns: columns, states: states, symbols: symbols,
        training: Record(
          fit.criteria, fit.restarts, best: fit.best, order.map { fit.occupancies[$0] },
          fit.warnings, source: source, sequences: lengths.count, seed: options.seed))
    }
    let fit = try HiddenMarkovModel.fit(
      emission, to: data, lengths: lengths, options: options, execution: execution)
    let order = try order(of: SequenceModel(fit.model, columns: columns))
    return try SequenceModel(
      fit.model.reordered(order), columns: columns, states: states, symbols: symbols,
      training: Record(
        fit.criteria, fit.restarts, best: fit.best, order.map { fit.occupancies[$0] }, fit.warnings,
        source: source, sequences: lengths.count, seed: options.seed))
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
