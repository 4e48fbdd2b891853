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

  /// The probability of every state in every row given the rows up to it. It does not look ahead.
  ///
  /// - Parameters: As ``viterbi(_:lengths:execution:)``.
  /// - Returns: p(state), rows × states, and ln p(row | rows before), in nats.
  /// - Throws: As ``MarkovChain/filtered(_:lengths:execution:)``.
  /// - Complexity: As ``viterbi(_:lengths:execution:)``.
  public func filtered(
    _ data: any RowSource, lengths: [Int], execution: Execution = .serial
  ) throws -> (filtered: NDArray<Double>, logLikelihoods: [Double]) {
    if let semiMarkov {
      return try semiMarkov.filtered(data, lengths: lengths, execution: execution)
    }
    let answer = try model.filtered(data, lengths: lengths, execution: execution)
    return (answer.filtered, answer.logLikelihoods)
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

  /// A sequence drawn from the model: rows, count × columns, and the state of each.
  public func sample(
    _ count: Int, using random: inout RandomStream
  ) -> (rows: NDArray<Double>, states: [Int]) {
    semiMarkov?.sample(count, using: &random) ?? model.sample(count, using: &random)
  }
}
