public import TencaNumerics

extension HiddenSemiMarkovModel {
  /// What the model says of the sequences of some rows, in their order.
  ///
  /// - Parameter knownStates: See ``HiddenMarkovOptions/knownStates``.
  func each<Result: Sendable>(
    of data: any RowSource, _ lengths: [Int]?, knownStates: [Int?]? = nil, _ execution: Execution,
    _ body: @Sendable (Int, [Double], [LogDurations]) throws -> Result
  ) throws -> (sequences: [Range<Int>], results: [Result]) {
    var (scores, plan) = try emission.scores(data, lengths)
    scores.knownStates = knownStates
    let durations = chain.durations.map(LogDurations.init)
    let results = try execution.map(plan.sequences.count) { [scores, plan] index in
      try execution.cancellation.check()
      let frames = plan.sequences[index]
      let values = try [Double](unsafeUninitializedCapacity: frames.count * stateCount) {
        try scores.readRows(frames, into: $0.baseAddress!)
        $1 = $0.count
      }
      try MarkovError.requireLogLikelihoods(
        values, frame: frames.lowerBound, states: stateCount)
      do {
        return try body(index, values, durations)
      } catch MarkovError.impossibleData(let sequence, let frame) {
        throw MarkovError.impossibleData(sequence: sequence, frame: frames.lowerBound + frame)
      }
    }
    return (plan.sequences, results)
  }

  /// The forward recursion over a sequence.
  ///
  /// - Parameter first: The first row whose own answer is wanted; nil for none.
  func recursion(
    _ index: Int, _ values: [Double], _ durations: [LogDurations], answersFrom first: Int? = nil
  ) throws -> SegmentRecursion {
    let recursion = SegmentRecursion(chain, durations, scores: values, answersFrom: first)
    guard recursion.logLikelihood > -.infinity else { throw impossible(index, values, durations) }
    return recursion
  }

  /// The error that names the first row that cannot follow those before it.
  private func impossible(
    _ index: Int, _ values: [Double], _ durations: [LogDurations]
  ) -> MarkovError {
    let own = SegmentRecursion(chain, durations, scores: values, answersFrom: 0)
    return .impossibleData(
      sequence: index, frame: own.logLikelihoods.firstIndex(of: -.infinity) ?? own.frames - 1)
  }

  /// ln p of every sequence, summed over all states and durations.
  ///
  /// - Parameters:
  ///   - data: rows × columns, sequences one after another.
  ///   - lengths: The rows of each sequence; nil is one sequence.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Throws: As ``MarkovChain/filtered(_:lengths:execution:)``.
  /// - Complexity: O(rows · states · (states + longest duration)) time, O(rows · states) memory.
  public func logLikelihoods(
    of data: some RowSource, lengths: [Int]? = nil, execution: Execution = .serial
  ) throws -> [Double] {
    try each(of: data, lengths, execution) {
      try recursion($0, $1, $2).logLikelihood
    }.results
  }

  /// The probability of every state in every row given the rows up to it. It does not look ahead.
  ///
  /// - Parameters: As ``logLikelihoods(of:lengths:execution:)``.
  /// - Throws: As ``logLikelihoods(of:lengths:execution:)``.
  /// - Complexity: As ``logLikelihoods(of:lengths:execution:)``.
  public func filtered(
    _ data: some RowSource, lengths: [Int]? = nil, execution: Execution = .serial
  ) throws -> FilteredStates {
    let parts = try each(of: data, lengths, execution) {
      let own = try recursion($0, $1, $2, answersFrom: 0)
      return (own.filtered, own.predicted, own.logLikelihoods)
    }.results
    let shape = [data.rowCount, stateCount]
    let increments = parts.flatMap(\.2)
    return FilteredStates(
      filtered: NDArray(parts.flatMap(\.0), shape: shape),
      predicted: NDArray(parts.flatMap(\.1), shape: shape), logLikelihoods: increments,
      logLikelihood: increments.reduce(0, +))
  }

  /// The probability of every state in every row given all rows of its sequence. It looks ahead.
  ///
  /// - Parameters: As ``logLikelihoods(of:lengths:execution:)``.
  /// - Throws: As ``logLikelihoods(of:lengths:execution:)``.
  /// - Complexity: As ``logLikelihoods(of:lengths:execution:)``.
  public func smoothed(
    _ data: some RowSource, lengths: [Int]? = nil, execution: Execution = .serial
  ) throws -> SmoothedStates {
    let parts = try each(of: data, lengths, execution) {
      let own = try recursion($0, $1, $2)
      return (own.smoothed(counts: false), own.logLikelihood)
    }.results
    var steps = [Double](repeating: 0, count: stateCount * stateCount)
    for (part, _) in parts {
      for index in steps.indices { steps[index] += part.steps[index] }
    }
    return SmoothedStates(
      smoothed: NDArray(parts.flatMap(\.0.probabilities), shape: [data.rowCount, stateCount]),
      expectedTransitions: NDArray(steps, shape: [stateCount, stateCount]),
      sequenceLogLikelihoods: parts.map(\.1))
  }

  /// The probability of every state in every row, given the rows up to `lag` rows later: final after that
  /// delay.
  ///
  /// - Parameters:
  ///   - data: rows × columns, sequences one after another.
  ///   - lag: How many rows to look ahead, 0 or more.
  ///   - lengths: The rows of each sequence; nil is one sequence.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Returns: rows × states.
  /// - Throws: As ``logLikelihoods(of:lengths:execution:)``;
  ///   ``MarkovError/invalidOption(name:value:limit:)``.
  /// - Complexity: O(rows · lag · states · (states + min(lag, longest duration))), beside that of
  ///   ``filtered(_:lengths:execution:)``.
  public func smoothed(
    _ data: some RowSource, lag: Int, lengths: [Int]? = nil, execution: Execution = .serial
  ) throws -> NDArray<Double> {
    try MarkovError.require(lag >= 0, "lag", lag, "0 or more")
    let parts = try each(of: data, lengths, execution) { index, values, durations in
      let own = try recursion(index, values, durations, answersFrom: 0)
      // From here on rows see the last one.
      let rest = max(0, own.frames - 1 - lag)
      var rows: [Double] = []
      for frame in 0..<rest {
        if frame % 1024 == 0 { try execution.cancellation.check() }
        rows += own.smoothed(frame...frame + lag).prefix(stateCount)
      }
      return rows + own.smoothed(rest...own.frames - 1)
    }.results
    return NDArray(parts.flatMap { $0 }, shape: [data.rowCount, stateCount])
  }

  /// The most probable states as a whole, given all rows. They look ahead.
  ///
  /// - Parameters: As ``logLikelihoods(of:lengths:execution:)``.
  /// - Throws: As ``logLikelihoods(of:lengths:execution:)``.
  /// - Complexity: As ``logLikelihoods(of:lengths:execution:)``.
  public func viterbi(
    _ data: some RowSource, lengths: [Int]? = nil, execution: Execution = .serial
  ) throws -> StatePath {
    let best = try bestPaths(data, count: 1, lengths: lengths, execution: execution).map { $0[0] }
    return StatePath(
      states: best.flatMap(\.states), sequenceLogProbabilities: best.map(\.logProbability))
  }

  /// The most probable paths of each sequence, in falling order of probability. They look ahead.
  ///
  /// - Parameters:
  ///   - data: rows × columns, sequences one after another.
  ///   - count: How many paths, at least 1. Fewer come where fewer are possible.
  ///   - lengths: The rows of each sequence; nil is one sequence.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Returns: For each sequence its paths, no two the same.
  /// - Throws: As ``logLikelihoods(of:lengths:execution:)``;
  ///   ``MarkovError/invalidOption(name:value:limit:)``.
  /// - Complexity: O(rows · states · count · (states + longest duration)) time at most,
  ///   O(rows · states · count) memory.
  public func bestPaths(
    _ data: some RowSource, count: Int, lengths: [Int]? = nil, execution: Execution = .serial
  ) throws -> [[RankedPath]] {
    try MarkovError.require(count >= 1, "count", count, "at least 1")
    return try each(of: data, lengths, execution) { index, values, durations in
      let paths = SegmentPaths(chain, durations, scores: values, count: count).paths
      guard !paths.isEmpty else { throw impossible(index, values, durations) }
      return paths
    }.results
  }
}
