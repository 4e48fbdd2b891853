public import TencaNumerics

/// What can be asked whether or not states have durations of their own, or steps are all alike.
///
/// Where ``steps`` are not, every question takes the conditions of its rows.
extension SequenceModel {
  /// The model of some rows without durations, whose transition matrix varies where ``steps`` do.
  ///
  /// - Parameters:
  ///   - rows: How many rows there are.
  ///   - conditions: What their steps depend on; nil where steps are all alike.
  /// - Throws: ``MarkovError/invalidOption(name:value:limit:)`` for conditions that are missing, or of
  ///   another kind or size.
  /// - Complexity: As ``TransitionLaw/matrices(over:)``.
  public func model(
    of rows: Int, over conditions: StepConditions?
  ) throws -> HiddenMarkovModel<AnyEmission> {
    guard let conditional, let steps else { return model }
    guard let conditions else {
      throw MarkovError.invalidOption(
        name: "conditions", value: "missing",
        limit: "given: the model's steps follow \(steps.columns.joined(separator: ", "))")
    }
    try conditions.check(rows: rows)
    return try conditional.model(over: conditions)
  }

  /// The most probable states as a whole, given all rows. They look ahead.
  ///
  /// - Parameters:
  ///   - data: rows × columns, sequences one after another.
  ///   - lengths: The rows of each sequence.
  ///   - conditions: What the steps of the rows depend on; nil where they are all alike.
  ///   - execution: The same path comes out on any number of threads.
  /// - Throws: As ``MarkovChain/viterbi(_:lengths:memory:execution:)``.
  /// - Complexity: O(rows · states²); with durations
  ///   O(rows · states · (states + longest duration)).
  public func viterbi(
    _ data: any RowSource, lengths: [Int], over conditions: StepConditions? = nil,
    execution: Execution = .serial
  ) throws -> StatePath {
    try semiMarkov.map { try $0.viterbi(data, lengths: lengths, execution: execution) }
      ?? model(of: data.rowCount, over: conditions).viterbi(
        data, lengths: lengths, execution: execution)
  }

  /// The most probable paths of each sequence, in falling order of probability. They look ahead.
  ///
  /// - Parameters:
  ///   - data: rows × columns, sequences one after another.
  ///   - count: How many paths, at least 1. Fewer come where fewer are possible.
  ///   - lengths: The rows of each sequence.
  ///   - conditions: What the steps of the rows depend on; nil where they are all alike.
  ///   - execution: The same paths come out on any number of threads.
  /// - Throws: As ``MarkovChain/bestPaths(_:count:lengths:execution:)``.
  /// - Complexity: As that, or ``HiddenSemiMarkovModel/bestPaths(_:count:lengths:execution:)``.
  public func bestPaths(
    _ data: any RowSource, count: Int, lengths: [Int], over conditions: StepConditions? = nil,
    execution: Execution = .serial
  ) throws -> [[RankedPath]] {
    try semiMarkov.map {
      try $0.bestPaths(data, count: count, lengths: lengths, execution: execution)
    }
      ?? model(of: data.rowCount, over: conditions).bestPaths(
        data, count: count, lengths: lengths, execution: execution)
  }

  /// The probability of every state in every row given the rows up to it. It does not look ahead.
  ///
  /// - Parameters: As ``viterbi(_:lengths:over:execution:)``.
  /// - Throws: As ``MarkovChain/filtered(_:lengths:execution:)``.
  /// - Complexity: As ``viterbi(_:lengths:over:execution:)``.
  public func filtered(
    _ data: any RowSource, lengths: [Int], over conditions: StepConditions? = nil,
    execution: Execution = .serial
  ) throws -> FilteredStates {
    try semiMarkov.map { try $0.filtered(data, lengths: lengths, execution: execution) }
      ?? model(of: data.rowCount, over: conditions).filtered(
        data, lengths: lengths, execution: execution)
  }

  /// The probability of every state in every row given all rows of its sequence. It looks ahead.
  ///
  /// - Parameters: As ``viterbi(_:lengths:over:execution:)``.
  /// - Throws: As ``MarkovChain/smoothed(_:lengths:execution:)``.
  /// - Complexity: As ``viterbi(_:lengths:over:execution:)``.
  public func smoothed(
    _ data: any RowSource, lengths: [Int], over conditions: StepConditions? = nil,
    execution: Execution = .serial
  ) throws -> SmoothedStates {
    try semiMarkov.map { try $0.smoothed(data, lengths: lengths, execution: execution) }
      ?? model(of: data.rowCount, over: conditions).smoothed(
        data, lengths: lengths, execution: execution)
  }

  /// The probability of every state in every row given the rows up to `lag` rows later.
  ///
  /// - Parameters:
  ///   - data: rows × columns, sequences one after another.
  ///   - lag: How many rows to look ahead, 0 or more.
  ///   - lengths: The rows of each sequence.
  ///   - conditions: What the steps of the rows depend on; nil where they are all alike.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Returns: rows × states.
  /// - Throws: As ``MarkovChain/smoothed(_:lag:lengths:execution:)``.
  /// - Complexity: As that, or ``HiddenSemiMarkovModel/smoothed(_:lag:lengths:execution:)``.
  public func smoothed(
    _ data: any RowSource, lag: Int, lengths: [Int], over conditions: StepConditions? = nil,
    execution: Execution = .serial
  ) throws -> NDArray<Double> {
    try semiMarkov.map {
      try $0.smoothed(data, lag: lag, lengths: lengths, execution: execution)
    }
      ?? model(of: data.rowCount, over: conditions).smoothed(
        data, lag: lag, lengths: lengths, execution: execution)
  }

  /// How surprising each cell is given the rows before it.
  ///
  /// - Parameters: As ``viterbi(_:lengths:over:execution:)``.
  /// - Throws: As ``MarkovChain/filtered(_:lengths:execution:)``.
  /// - Complexity: As ``viterbi(_:lengths:over:execution:)``, and O(rows · states · columns).
  public func pseudoResiduals(
    of data: any RowSource, lengths: [Int], over conditions: StepConditions? = nil,
    execution: Execution = .serial
  ) throws -> PseudoResiduals {
    try semiMarkov.map {
      try $0.pseudoResiduals(of: data, lengths: lengths, execution: execution)
    }
      ?? model(of: data.rowCount, over: conditions).pseudoResiduals(
        of: data, lengths: lengths, execution: execution)
  }

  /// A sequence drawn from the model, of usual steps: rows, count × columns, and the state of each.
  public func sample(
    _ count: Int, using random: inout RandomStream
  ) -> (rows: NDArray<Double>, states: [Int]) {
    semiMarkov?.sample(count, using: &random) ?? model.sample(count, using: &random)
  }
}
