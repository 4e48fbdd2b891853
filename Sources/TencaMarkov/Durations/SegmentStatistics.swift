internal import TencaNumerics

/// What an M-step of a semi-Markov model needs.
struct SegmentStatistics<S: Mergeable & Sendable> {
  var initial: [Double]
  var steps: [Double]
  var counts: [[Double]]
  var occupancies: [Double]
  var emission: S?
  var logLikelihood = 0.0
}

extension HiddenSemiMarkovModel {
  /// What an M-step needs of all sequences.
  func expectation(
    _ rows: EmissionRows, lengths: [Int]?, knownStates: [Int?]?, execution: Execution
  ) throws -> SegmentStatistics<E.Statistics> {
    let (sequences, parts) = try each(
      of: rows.source, lengths, knownStates: knownStates, execution
    ) {
      let own = try recursion($0, $1, $2)
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

  /// The model under which these statistics are most likely, within what is free.
  func maximized(
    _ statistics: SegmentStatistics<E.Statistics>, options: HiddenMarkovOptions
  ) throws -> HiddenSemiMarkovModel {
    let total = statistics.initial.reduce(0, +)
    let transition = NDArray<Double>(
      rows: (0..<stateCount).map { state in
        let row = Array(statistics.steps[state * stateCount..<(state + 1) * stateCount])
        let sum = row.reduce(0, +)
        return sum > 1e-100 ? row.map { $0 / sum } : chain.transition.row(state).elements
      })
    return try HiddenSemiMarkovModel(
      chain: SemiMarkovChain(
        unchecked: options.initial == .fixed
          ? chain.initial : statistics.initial.map { $0 / total }, transition,
        zip(chain.durations, statistics.counts).map { $0.maximized($1) }),
      emission: options.fixesEmission ? emission : emission.maximized(statistics.emission!))
  }
}
