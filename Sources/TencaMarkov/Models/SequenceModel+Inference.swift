public import TencaNumerics

/// What can be asked whether or not states have durations of their own.
extension SequenceModel {
  /// The most probable states as a whole, given all rows. They look ahead.
  ///
  /// - Parameters:
  ///   - data: rows × columns, sequences one after another.
  ///   - lengths: The rows of each sequence.
  ///   - execution: The same path comes out on any number of threads.
  /// - Throws: As ``MarkovChain/viterbi(_:lengths:memory:execution:)``.
  /// - Complexity: O(rows · states²); with durations
  ///   O(rows · states · (states + longest duration)).
  public func viterbi(
    _ data: any RowSource, lengths: [Int], execution: Execution = .serial
  ) throws -> StatePath {
    try semiMarkov.map { try $0.viterbi(data, lengths: lengths, execution: execution) }
      ?? model.viterbi(data, lengths: lengths, execution: execution)
  }

  /// The most probable paths of each sequence, in falling order of probability. They look ahead.
  ///
  /// - Parameters:
  ///   - data: rows × columns, sequences one after another.
  ///   - count: How many paths, at least 1. Fewer come where fewer are possible.
  ///   - lengths: The rows of each sequence.
  ///   - execution: The same paths come out on any number of threads.
  /// - Throws: As ``MarkovChain/bestPaths(_:count:lengths:execution:)``.
  /// - Complexity: As that, or ``HiddenSemiMarkovModel/bestPaths(_:count:lengths:execution:)``.
  public func bestPaths(
    _ data: any RowSource, count: Int, lengths: [Int], execution: Execution = .serial
  ) throws -> [[RankedPath]] {
    try semiMarkov.map {
      try $0.bestPaths(data, count: count, lengths: lengths, execution: execution)
    } ?? model.bestPaths(data, count: count, lengths: lengths, execution: execution)
  }

  /// The probability of every state in every row given the rows up to it. It does not look ahead.
  ///
  /// - Parameters: As ``viterbi(_:lengths:execution:)``.
  /// - Throws: As ``MarkovChain/filtered(_:lengths:execution:)``.
  /// - Complexity: As ``viterbi(_:lengths:execution:)``.
  public func filtered(
    _ data: any RowSource, lengths: [Int], execution: Execution = .serial
  ) throws -> FilteredStates {
    try semiMarkov.map { try $0.filtered(data, lengths: lengths, execution: execution) }
      ?? model.filtered(data, lengths: lengths, execution: execution)
  }

  /// The probability of every state in every row given all rows of its sequence. It looks ahead.
  ///
  /// - Parameters: As ``viterbi(_:lengths:execution:)``.
  /// - Throws: As ``MarkovChain/smoothed(_:lengths:execution:)``.
  /// - Complexity: As ``viterbi(_:lengths:execution:)``.
  public func smoothed(
    _ data: any RowSource, lengths: [Int], execution: Execution = .serial
  ) throws -> SmoothedStates {
    try semiMarkov.map { try $0.smoothed(data, lengths: lengths, execution: execution) }
      ?? model.smoothed(data, lengths: lengths, execution: execution)
  }

  /// The probability of every state in every row given the rows up to `lag` rows later.
  ///
  /// - Parameters:
  ///   - data: rows × columns, sequences one after another.
  ///   - lag: How many rows to look ahead, 0 or more.
  ///   - lengths: The rows of each sequence.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Returns: rows × states.
  /// - Throws: As ``MarkovChain/smoothed(_:lag:lengths:execution:)``.
  /// - Complexity: As that, or ``HiddenSemiMarkovModel/smoothed(_:lag:lengths:execution:)``.
  public func smoothed(
    _ data: any RowSource, lag: Int, lengths: [Int], execution: Execution = .serial
  ) throws -> NDArray<Double> {
    try semiMarkov.map {
      try $0.smoothed(data, lag: lag, lengths: lengths, execution: execution)
    } ?? model.smoothed(data, lag: lag, lengths: lengths, execution: execution)
  }

  /// What is expected of the rows after the last one of every sequence.
  ///
  /// - Parameters:
  ///   - data: The rows so far, rows × columns, sequences one after another.
  ///   - lengths: The rows of each sequence.
  ///   - steps: How many rows ahead, at least 1.
  ///   - levels: Probabilities between 0 and 1, each for a quantile.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Returns: One a sequence; with durations as
  ///   ``HiddenSemiMarkovModel/forecasts(after:lengths:steps:levels:draws:using:execution:)``, without as
  ///   ``HiddenMarkovModel/forecast(from:after:steps:levels:draws:using:)``.
  /// - Throws: As these.
  public func forecasts(
    after data: any RowSource, lengths: [Int], steps: Int, levels: [Double],
    execution: Execution = .serial
  ) throws -> [Forecast] {
    if let semiMarkov {
      return try semiMarkov.forecasts(
        after: data, lengths: lengths, steps: steps, levels: levels, execution: execution)
    }
    let states = try model.filtered(data, lengths: lengths, execution: execution).filtered
    var end = 0
    return try lengths.map { length in
      end += length
      let previous = try data.block((end - length..<end).suffix(model.emission.contextLength))
      return try model.forecast(
        from: states.row(end - 1).elements,
        after: (0..<previous.rows).map { previous.row($0).elements }, steps: steps, levels: levels)
    }
  }

  /// How surprising each cell is given the rows before it.
  ///
  /// - Parameters: As ``viterbi(_:lengths:execution:)``.
  /// - Throws: As ``MarkovChain/filtered(_:lengths:execution:)``.
  /// - Complexity: As ``viterbi(_:lengths:execution:)``, and O(rows · states · columns).
  public func pseudoResiduals(
    of data: any RowSource, lengths: [Int], execution: Execution = .serial
  ) throws -> PseudoResiduals {
    try semiMarkov.map {
      try $0.pseudoResiduals(of: data, lengths: lengths, execution: execution)
    } ?? model.pseudoResiduals(of: data, lengths: lengths, execution: execution)
  }

  /// A sequence drawn from the model: rows, count × columns, and the state of each.
  public func sample(
    _ count: Int, using random: inout RandomStream
  ) -> (rows: NDArray<Double>, states: [Int]) {
    semiMarkov?.sample(count, using: &random) ?? model.sample(count, using: &random)
  }
}
