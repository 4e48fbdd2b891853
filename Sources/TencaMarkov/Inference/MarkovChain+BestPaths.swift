public import TencaNumerics

/// One of the most probable paths; see ``MarkovChain/bestPaths(_:count:lengths:execution:)``.
public struct RankedPath: Sendable, Equatable {
  /// The state of every frame of the sequence.
  public let states: [Int]
  /// ln p(path, frames), in nats.
  public let logProbability: Double
}

extension MarkovChain {
  /// The most probable paths of each sequence, in falling order of probability.
  ///
  /// Every state keeps its `count` best ways in, each known by the state before and which of that
  /// state's ways it goes on from (the parallel list Viterbi algorithm of N. Seshadri and
  /// C.-E. Sundberg, 1994).
  ///
  /// - Parameters:
  ///   - logLikelihoods: frames × states, ln p(frame | state) in nats; -∞ where it is impossible.
  ///   - count: How many paths, at least 1. Fewer come where fewer are possible.
  ///   - lengths: The frames of each sequence; nil is one sequence.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Returns: For each sequence its paths, no two the same.
  /// - Throws: As ``filtered(_:lengths:execution:)``;
  ///   ``MarkovError/invalidOption(name:value:limit:)``.
  /// - Complexity: O(frames · states² · count · log(states · count)) time, O(frames · states · count)
  ///   memory.
  public func bestPaths(
    _ logLikelihoods: some RowSource, count: Int, lengths: [Int]? = nil,
    execution: Execution = .serial
  ) throws -> [[RankedPath]] {
    try MarkovError.require(count >= 1, "count", count, "at least 1")
    let plan = try plan(logLikelihoods, lengths)
    return try execution.map(plan.sequences.count) { index in
      try PathLists(self, plan.sequences[index], index, count, of: logLikelihoods).paths()
    }
  }
}

/// The best ways into every state of every frame of a sequence.
private struct PathLists {
  private struct Way {
    var score: Double
    /// The state before, and which of its ways.
    var state: Int32
    var rank: Int32
  }

  /// frames × states lists, the best way first.
  private var lists: [[Way]] = []
  private let states: Int
  private let count: Int

  init(
    _ chain: MarkovChain, _ sequence: Range<Int>, _ index: Int, _ count: Int,
    of source: some RowSource
  ) throws {
    states = chain.stateCount
    self.count = count
    let matrices = StepMatrices(chain.transition)
    var row = [Double](repeating: 0, count: states)
    for frame in sequence {
      try source.readRows(frame..<frame + 1, into: &row)
      try MarkovError.requireLogLikelihoods(row, frame: frame, states: states)
      let before = lists.count - states
      for state in 0..<states {
        var ways: [Way] = []
        if row[state] == -.infinity {
          lists.append([])
          continue
        }
        if frame == sequence.lowerBound {
          let score = logarithm(chain.initial[state])
          if score > -.infinity { ways.append(Way(score: score, state: 0, rank: 0)) }
        } else {
          let matrix = matrices[frame - 1]
          for i in 0..<states where matrix[i, state] > 0 {
            let step = logarithm(matrix[i, state])
            for (rank, way) in lists[before + i].enumerated() {
              ways.append(
                Way(score: way.score + step, state: Int32(i), rank: Int32(rank)))
            }
          }
        }
        ways.sort(by: Self.precedes)
        lists.append(
          ways.prefix(count).map {
            Way(score: $0.score + row[state], state: $0.state, rank: $0.rank)
          })
      }
      guard lists.suffix(states).contains(where: { !$0.isEmpty }) else {
        throw MarkovError.impossibleData(sequence: index, frame: frame)
      }
    }
  }

  /// The better one first; of equals the one from the lower state, then of the lower rank.
  private static func precedes(_ a: Way, _ b: Way) -> Bool {
    a.score != b.score ? a.score > b.score : (a.state, a.rank) < (b.state, b.rank)
  }

  func paths() -> [RankedPath] {
    let last = lists.count - states
    var ends: [Way] = []
    for state in 0..<states {
      for (rank, way) in lists[last + state].enumerated() {
        ends.append(Way(score: way.score, state: Int32(state), rank: Int32(rank)))
      }
    }
    ends.sort(by: Self.precedes)
    return ends.prefix(count).map { end in
      var (state, rank) = (Int(end.state), Int(end.rank))
      var path: [Int] = []
      for start in stride(from: last, through: 0, by: -states) {
        path.append(state)
        let way = lists[start + state][rank]
        (state, rank) = (Int(way.state), Int(way.rank))
      }
      return RankedPath(states: path.reversed(), logProbability: end.score)
    }
  }
}
