internal import TencaNumerics

/// A hidden Markov model of the rows of tables: what is saved, and asked about new sequences.
public struct SequenceModel: Sendable {
  /// The chain and what its states emit. With ``durations``, the chain says which state follows when one
  /// ends, never the same; see ``semiMarkov``. With ``steps``, it is that of usual steps; see
  /// ``model(of:over:)``.
  public let model: HiddenMarkovModel<AnyEmission>
  /// How long each state is held; nil for an ordinary model, whose transition matrix says it.
  public let durations: [DurationDistribution]?
  /// How steps follow the time between rows, or covariates; nil where they are all alike.
  public let steps: TableSteps?
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
    /// The parameters and their standard errors, states as the model has them; nil where they were not
    /// asked for.
    public var estimates: [NamedParameter]?
    /// What the standard errors are made of.
    public var standardErrors: StandardErrorKind?

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

  /// The model whose steps are not all alike; nil for others.
  public var conditional: ConditionalMarkovModel<AnyEmission>? {
    steps.map { steps in
      ConditionalMarkovModel(unchecked: model.chain.initial, steps.law, model.emission)
    }
  }

  /// How many rows each state is expected to last, of usual steps; ∞ where nothing leads out of it.
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
      durations: model.chain.durations, steps: nil, columns: columns, states: states,
      symbols: symbols, training: training)
  }

  /// Puts a model together whose steps are not all alike.
  ///
  /// - Parameters:
  ///   - initial: The probability of every state in the first row of a sequence.
  ///   - steps: How states follow each other, by columns that are none of `columns`' business.
  ///   - emission: What the states emit.
  ///   - columns: As ``init(_:columns:states:symbols:training:)``, as are the others.
  /// - Throws: As ``init(_:columns:states:symbols:training:)``.
  public init(
    initial: [Double], steps: TableSteps, emission: AnyEmission, columns: [String],
    states: [String]? = nil, symbols: [String]? = nil, training: Record? = nil
  ) throws {
    let checked = try ConditionalMarkovModel(
      initial: initial, law: steps.law, emission: emission)
    try self.init(
      HiddenMarkovModel(
        unchecked: MarkovChain(
          uncheckedInitial: checked.initial,
          transition: TransitionMatrix(unchecked: steps.usualMatrix())), emission),
      durations: nil, steps: steps, columns: columns, states: states, symbols: symbols,
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
      model, durations: nil, steps: nil, columns: columns, states: states, symbols: symbols,
      training: training)
  }

  private init(
    _ model: HiddenMarkovModel<AnyEmission>, durations: [DurationDistribution]?,
    steps: TableSteps?, columns: [String], states: [String]?, symbols: [String]?, training: Record?
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
    self.steps = steps
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
}
