public import TencaNumerics

/// What all frames together tell of each; see ``MarkovChain/smoothed(_:lengths:execution:)``.
public struct SmoothedStates: Sendable, Equatable {
  /// p(state | all frames of the sequence), frames × states. It looks ahead.
  public let smoothed: NDArray<Double>
  /// The expected number of steps from state i to state j, states × states: Σ over frames of
  /// p(i in this frame, j in the next | all frames).
  public let expectedTransitions: NDArray<Double>
  /// ln p of each sequence, in nats.
  public let sequenceLogLikelihoods: [Double]

  /// Σ ln p over all sequences.
  public var logLikelihood: Double { sequenceLogLikelihoods.reduce(0, +) }

  /// The state that is most probable in each frame, given all frames; of equally probable ones the
  /// first. No other labelling gets more frames right on average, but two states that cannot follow
  /// each other may; see ``MarkovChain/viterbi(_:lengths:memory:execution:)``.
  public var mostProbableStates: [Int] {
    let width = smoothed.columns
    return smoothed.withUnsafeBuffer { rows in
      (0..<smoothed.rows).map { frame in
        (0..<width).reduce(0) { best, state in
          rows[frame * width + state] > rows[frame * width + best] ? state : best
        }
      }
    }
  }
}

extension MarkovChain {
  /// The probability of every state in every frame, given all frames of its sequence.
  ///
  /// - Parameters:
  ///   - logLikelihoods: frames × states, ln p(frame | state) in nats; -∞ where it is impossible.
  ///   - lengths: The frames of each sequence; nil is one sequence.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Throws: As ``filtered(_:lengths:execution:)``.
  /// - Complexity: O(frames · states²) time, O(frames · states) memory.
  public func smoothed(
    _ logLikelihoods: some RowSource, lengths: [Int]? = nil, execution: Execution = .serial
  ) throws -> SmoothedStates {
    let plan = try plan(logLikelihoods, lengths)
    let smoother = Smoother(self)
    let states = stateCount
    let inner = plan.inner(execution)
    var smoothed = NDArray<Double>(zeros: [logLikelihoods.rowCount, states])
    let sums = try smoothed.withUnsafeMutableBuffer { target in
      let memory = SharedMemory(pointer: target.baseAddress!)
      return try execution.reduce(count: plan.groups.count, block: 1) { index in
        try smoother.run(plan.groups[index.lowerBound], of: logLikelihoods, execution: inner) {
          for block in $0.blocks {
            (memory.pointer + block.lowerBound * states)
              .update(from: $0.from(block.lowerBound), count: block.count * states)
          }
        }
      }!
    }
    return SmoothedStates(
      smoothed: smoothed,
      expectedTransitions: NDArray(sums.transitions, shape: [states, states]),
      sequenceLogLikelihoods: sums.logLikelihoods)
  }

  /// The probability of every state in every frame, given the frames up to `lag` frames later.
  ///
  /// A compromise between ``filtered(_:lengths:execution:)`` (lag 0) and
  /// ``smoothed(_:lengths:execution:)``: each answer is final after a delay of `lag` frames.
  ///
  /// - Parameters:
  ///   - logLikelihoods: As ``smoothed(_:lengths:execution:)``.
  ///   - lag: How many frames to look ahead, 0 or more.
  ///   - lengths: The frames of each sequence; nil is one sequence.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Returns: frames × states.
  /// - Throws: As ``filtered(_:lengths:execution:)``;
  ///   ``MarkovError/invalidOption(name:value:limit:)``.
  /// - Complexity: O(frames · lag · states²).
  public func smoothed(
    _ logLikelihoods: some RowSource, lag: Int, lengths: [Int]? = nil,
    execution: Execution = .serial
  ) throws -> NDArray<Double> {
    try MarkovError.require(lag >= 0, "lag", lag, "0 or more")
    let plan = try plan(logLikelihoods, lengths)
    if lag == 0 {
      return try filtered(logLikelihoods, lengths: lengths, execution: execution).filtered
    }
    let states = stateCount
    let rows = try execution.map(plan.sequences.count) { index in
      let sequence = plan.sequences[index]
      let pass = try SequencePass(self, sequence, index: index, of: logLikelihoods)
      return (0..<sequence.count).flatMap { pass.smoothed($0, lag: lag) }
    }
    return NDArray(rows.flatMap { $0 }, shape: [logLikelihoods.rowCount, states])
  }
}
