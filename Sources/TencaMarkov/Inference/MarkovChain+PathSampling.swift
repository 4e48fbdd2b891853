public import TencaNumerics

extension MarkovChain {
  /// Paths drawn from p(path | all frames): forward filtering, backward sampling (C. Carter,
  /// R. Kohn, 1994; S. Frühwirth-Schnatter, 1994).
  ///
  /// Unlike the states drawn frame by frame from the smoothed probabilities, those of a path go
  /// together.
  ///
  /// - Parameters:
  ///   - logLikelihoods: frames × states, ln p(frame | state) in nats; -∞ where it is impossible.
  ///   - count: How many paths.
  ///   - lengths: The frames of each sequence; nil is one sequence.
  ///   - random: Where chance comes from. Each sequence takes its own part of the stream, so the
  ///     same paths come out on any number of threads.
  ///   - execution: Threads, progress and cancellation.
  /// - Returns: `count` paths, each with a state for every frame.
  /// - Throws: As ``filtered(_:lengths:execution:)``.
  /// - Complexity: O(frames · states · (states + count)).
  public func samplePaths(
    _ logLikelihoods: some RowSource, count: Int, lengths: [Int]? = nil,
    using random: RandomStream, execution: Execution = .serial
  ) throws -> [[Int]] {
    try MarkovError.require(count >= 0, "count", count, "0 or more")
    let plan = try plan(logLikelihoods, lengths)
    let matrices = StepMatrices(transition)
    let parts = try execution.map(plan.sequences.count) { index in
      let sequence = plan.sequences[index]
      let pass = try SequencePass(self, sequence, index: index, of: logLikelihoods)
      var stream = random.split(UInt64(index))
      return (0..<count).map { _ in
        var path = [stream.categorical(weights: pass.filtered(sequence.count - 1))]
        for t in stride(from: sequence.count - 2, through: 0, by: -1) {
          let shares = pass.shares(t, before: path.last!, by: matrices[sequence.lowerBound + t])
          path.append(stream.categorical(weights: shares))
        }
        return Array(path.reversed())
      }
    }
    return (0..<count).map { path in parts.flatMap { $0[path] } }
  }
}
