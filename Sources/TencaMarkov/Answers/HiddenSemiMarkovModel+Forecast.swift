public import TencaNumerics

extension HiddenSemiMarkovModel where E: ForecastableEmission {
  /// What is expected of the rows after the last one of every sequence.
  ///
  /// The forward recursion goes on over rows that nobody has seen, so that a state that has lasted long is
  /// left when its duration says so. Means, variances and quantiles are as in
  /// ``HiddenMarkovModel/forecast(from:after:steps:levels:draws:using:)``; where sequences are drawn, each
  /// begins in a state that has lasted for as long as it may have.
  ///
  /// - Parameters:
  ///   - data: The rows so far, rows × columns, sequences one after another.
  ///   - lengths: The rows of each sequence; nil is one sequence.
  ///   - steps: How many rows ahead, at least 1.
  ///   - levels: Probabilities between 0 and 1, each for a quantile.
  ///   - draws: How many sequences to draw, where rows depend on those before.
  ///   - random: Where their chance comes from.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Returns: One a sequence.
  /// - Throws: ``MarkovError/invalidOption(name:value:limit:)``; as
  ///   ``filtered(_:lengths:execution:)``.
  /// - Complexity: O((rows + steps) · states · (states + longest duration)), and about 60 cumulative
  ///   probabilities a quantile and state.
  public func forecasts(
    after data: some RowSource, lengths: [Int]? = nil, steps: Int,
    levels: [Double] = [0.05, 0.5, 0.95], draws: Int = 10_000,
    using random: RandomStream = RandomStream(seed: 0), execution: Execution = .serial
  ) throws -> [Forecast] {
    try Forecast.require(steps, levels)
    let (sequences, parts) = try each(of: data, lengths, execution) { index, values, durations in
      let frames = values.count / stateCount
      // A row that nobody has seen is worth the same in all states.
      let unseen = [Double](repeating: 0, count: steps * stateCount)
      let own = try recursion(index, values + unseen, durations, answersFrom: frames)
      return (
        NDArray(own.filtered, shape: [steps, stateCount]),
        LastSegment(own.elapsed(at: frames - 1), chain: chain, durations: durations)
      )
    }
    return try execution.map(sequences.count) { index in
      let previous = try data.block(sequences[index].suffix(emission.contextLength))
      return try emission.forecast(
        of: parts[index].0, after: (0..<previous.rows).map { previous.row($0).elements },
        levels: levels, draws: draws, using: random.split(UInt64(index))
      ) { parts[index].1.path(steps, using: &$0) }
    }
  }
}

extension HiddenSemiMarkovModel {
  /// States of the rows after the last one, drawn by chance; the last state goes on for as long as it may.
  ///
  /// - Parameters:
  ///   - data: The rows so far, of one sequence.
  ///   - steps: How many rows ahead, at least 1.
  ///   - count: How many paths.
  ///   - random: Where chance comes from.
  ///   - execution: The same paths come out on any number of threads.
  /// - Returns: `count` paths of `steps` states.
  /// - Throws: As ``filtered(_:lengths:execution:)``.
  /// - Complexity: O(rows · states · (states + longest duration) + count · steps · states).
  public func futurePaths(
    after data: some RowSource, steps: Int, count: Int, using random: RandomStream,
    execution: Execution = .serial
  ) throws -> [[Int]] {
    let last = try each(of: data, nil, execution) { index, values, durations in
      let own = try recursion(
        index, values, durations, answersFrom: values.count / stateCount - 1)
      return LastSegment(
        own.elapsed(at: values.count / stateCount - 1), chain: chain, durations: durations)
    }.results[0]
    return (0..<count).map { path in
      var random = random.split(UInt64(path))
      return last.path(steps, using: &random)
    }
  }
}

/// What may go on after the last frame: which state, and how long it has lasted.
private struct LastSegment {
  let chain: SemiMarkovChain
  /// p(D = d) by state, d = 1, 2, ….
  let durations: [[Double]]
  /// p(state).
  let states: [Double]
  /// What its having lasted 1, 2, … frames weighs, by state.
  let elapsed: [[Double]]

  /// - Parameter elapsed: See ``SegmentRecursion/elapsed(at:)``.
  init(_ elapsed: [[Double]], chain: SemiMarkovChain, durations: [LogDurations]) {
    self.chain = chain
    self.durations = durations.map(\.probabilities)
    let sums = elapsed.map(logSum)
    let total = logSum(sums)
    states = sums.map { exponential($0 - total) }
    self.elapsed = zip(elapsed, sums).map { list, sum in list.map { exponential($0 - sum) } }
  }

  /// The states of so many frames to come.
  func path(_ count: Int, using random: inout RandomStream) -> [Int] {
    let state = random.categorical(weights: states)
    let frames = 1 + random.categorical(weights: elapsed[state])
    // A duration of as many frames or more; 0 more end it with the last frame.
    let longer = durations[state][(frames - 1)...]
    // Where all that are listed have next to no chance, longer ones have it.
    let rest = longer.contains { $0 > 0 } ? random.categorical(weights: longer) : count
    return chain.continued(state, for: rest, count, using: &random)
  }
}
