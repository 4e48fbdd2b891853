public import TencaNumerics

/// States that nobody sees, each held for a duration of its own distribution, and what they emit.
///
/// ```swift
/// let fit = try HiddenSemiMarkovModel.fit(
///   GaussianEmission(states: 3, columns: 2), durations: .negativeBinomial, to: data)
/// let path = try fit.model.viterbi(moreData).states
/// ```
public struct HiddenSemiMarkovModel<E: Emission>: Sendable {
  /// Where sequences start, how states follow each other, and how long they are held.
  public let chain: SemiMarkovChain
  /// What the states emit.
  public let emission: E

  /// Makes a model of known parts.
  ///
  /// - Throws: ``MarkovError/invalidModel(problem:)`` for another number of states.
  public init(chain: SemiMarkovChain, emission: E) throws {
    guard chain.stateCount == emission.stateCount else {
      throw MarkovError.invalidModel(
        problem: "a chain of \(chain.stateCount) states, an emission of \(emission.stateCount)")
    }
    self.chain = chain
    self.emission = emission
  }

  /// The number of states.
  public var stateCount: Int { chain.stateCount }

  /// The number of free parameters: of the emission, of durations, and of the chain all but one of
  /// every distribution's entries above zero.
  public var parameterCount: Int {
    let steps = (0..<stateCount).reduce(0) { sum, state in
      sum + chain.transition.row(state).elements.count { $0 > 0 } - 1
    }
    return emission.parameterCount + chain.durations.reduce(0) { $0 + $1.parameterCount } + steps
      + chain.initial.count { $0 > 0 } - 1
  }

  /// What the model says of the sequences of some rows, in their order.
  private func each<Result: Sendable>(
    of data: any RowSource, _ lengths: [Int]?, _ execution: Execution,
    _ body: @Sendable (Int, [Double], [LogDurations]) throws -> Result
  ) throws -> (sequences: [Range<Int>], results: [Result]) {
    let (scores, plan) = try emission.scores(data, lengths)
    let durations = chain.durations.map(LogDurations.init)
    let results = try execution.map(plan.sequences.count) { index in
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

  private func recursion(
    _ index: Int, _ values: [Double], _ durations: [LogDurations], filters: Bool
  ) throws -> SegmentRecursion {
    let recursion = SegmentRecursion(chain, durations, scores: values, filters: filters)
    guard recursion.logLikelihood > -.infinity else {
      throw MarkovError.impossibleData(
        sequence: index,
        frame: recursion.logLikelihoods.firstIndex(of: -.infinity) ?? recursion.frames - 1)
    }
    return recursion
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
      try recursion($0, $1, $2, filters: false).logLikelihood
    }.results
  }

  /// The probability of every state in every row given the rows up to it. It does not look ahead.
  ///
  /// - Parameters: As ``logLikelihoods(of:lengths:execution:)``.
  /// - Returns: p(state), rows × states, and ln p(row | rows before).
  /// - Throws: As ``logLikelihoods(of:lengths:execution:)``.
  /// - Complexity: As ``logLikelihoods(of:lengths:execution:)``.
  public func filtered(
    _ data: some RowSource, lengths: [Int]? = nil, execution: Execution = .serial
  ) throws -> (filtered: NDArray<Double>, logLikelihoods: [Double]) {
    let parts = try each(of: data, lengths, execution) {
      let own = try recursion($0, $1, $2, filters: true)
      return (own.filtered, own.logLikelihoods)
    }.results
    return (
      NDArray(parts.flatMap(\.0), shape: [data.rowCount, stateCount]), parts.flatMap(\.1)
    )
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
      let own = try recursion($0, $1, $2, filters: false)
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

  /// The most probable states as a whole, given all rows. They look ahead.
  ///
  /// - Parameters: As ``logLikelihoods(of:lengths:execution:)``.
  /// - Throws: As ``logLikelihoods(of:lengths:execution:)``.
  /// - Complexity: As ``logLikelihoods(of:lengths:execution:)``.
  public func viterbi(
    _ data: some RowSource, lengths: [Int]? = nil, execution: Execution = .serial
  ) throws -> StatePath {
    let parts = try each(of: data, lengths, execution) { index, values, durations in
      let path = SegmentPath(chain, durations, scores: values)
      guard path.logProbability > -.infinity else {
        throw MarkovError.impossibleData(sequence: index, frame: values.count / stateCount - 1)
      }
      return path
    }.results
    return StatePath(
      states: parts.flatMap(\.states), sequenceLogProbabilities: parts.map(\.logProbability))
  }

  /// What an M-step needs of all sequences.
  func expectation(
    _ rows: EmissionRows, lengths: [Int]?, execution: Execution
  ) throws -> SegmentStatistics<E.Statistics> {
    let (sequences, parts) = try each(of: rows.source, lengths, execution) {
      let own = try recursion($0, $1, $2, filters: false)
      return (own.smoothed(counts: true), own.logLikelihood)
    }
    var result = SegmentStatistics<E.Statistics>(
      initial: [Double](repeating: 0, count: stateCount),
      steps: [Double](repeating: 0, count: stateCount * stateCount), counts: parts[0].0.counts,
      occupancies: [Double](repeating: 0, count: stateCount))
    for (index, (frames, part)) in zip(sequences, parts).enumerated() {
      result.logLikelihood += part.1
      for state in 0..<stateCount { result.initial[state] += part.0.probabilities[state] }
      for step in result.steps.indices { result.steps[step] += part.0.steps[step] }
      for state in result.counts.indices where index > 0 {
        for d in result.counts[state].indices {
          result.counts[state][d] += part.0.counts[state][d]
        }
      }
      try part.0.probabilities.withUnsafeBufferPointer { posteriors in
        for block in FramePlan.blocks(frames) {
          let own = try rows.statistics(
            of: block,
            posteriors: posteriors.baseAddress! + (block.lowerBound - frames.lowerBound)
              * stateCount,
            under: emission)
          if result.emission == nil {
            result.emission = own
          } else {
            result.emission!.merge(own)
          }
        }
      }
      for index in part.0.probabilities.indices {
        result.occupancies[index % stateCount] += part.0.probabilities[index]
      }
    }
    return result
  }

  /// The model under which these statistics are most likely.
  func maximized(_ statistics: SegmentStatistics<E.Statistics>) throws -> HiddenSemiMarkovModel {
    let total = statistics.initial.reduce(0, +)
    let transition = NDArray<Double>(
      rows: (0..<stateCount).map { state in
        let row = Array(statistics.steps[state * stateCount..<(state + 1) * stateCount])
        let sum = row.reduce(0, +)
        return sum > 1e-100 ? row.map { $0 / sum } : chain.transition.row(state).elements
      })
    return try HiddenSemiMarkovModel(
      chain: SemiMarkovChain(
        unchecked: statistics.initial.map { $0 / total }, transition,
        zip(chain.durations, statistics.counts).map { $0.maximized($1) }),
      emission: emission.maximized(statistics.emission!))
  }

  /// A sequence drawn from the model: rows, count × columns, and the state of each.
  public func sample(
    _ count: Int, using random: inout RandomStream
  ) -> (rows: NDArray<Double>, states: [Int]) {
    emission.sample(along: chain.sample(count, using: &random), using: &random)
  }

  /// The model with the states in another order: state `order[k]` becomes state k.
  ///
  /// - Precondition: `order` holds every state once.
  public func reordered(_ order: [Int]) -> HiddenSemiMarkovModel {
    // A model of as many states as before.
    try! HiddenSemiMarkovModel(
      chain: chain.reordered(order), emission: emission.reordered(order))
  }
}

extension HiddenSemiMarkovModel: Equatable where E: Equatable {}

/// What an M-step of a semi-Markov model needs.
struct SegmentStatistics<S: Mergeable & Sendable> {
  var initial: [Double]
  var steps: [Double]
  var counts: [[Double]]
  var occupancies: [Double]
  var emission: S?
  var logLikelihood = 0.0
}
