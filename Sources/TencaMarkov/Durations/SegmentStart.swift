internal import TencaNumerics

/// Where an ascent with durations begins: at a hidden Markov model, with durations of a kind.
struct SegmentStart<E: Emission>: Sendable {
  let model: HiddenSemiMarkovModel<E>
  /// The kind of start in words.
  let name: String

  /// The starts that ascents of ordinary models give, the most likely first: of each that differs, the
  /// durations along its best path, and those that its own transition matrix has.
  ///
  /// - Parameters:
  ///   - ascents: Ordinary models that have settled, roughly.
  ///   - options: How many starts there may be, and what is known.
  static func starts(
    from ascents: [Ascent<E>], durations kind: DurationDistribution.Kind, rows: EmissionRows,
    lengths: [Int]?, options: HiddenMarkovOptions, execution: Execution
  ) throws -> [SegmentStart] {
    let order = ascents.indices.sorted {
      let (one, other) = (ascents[$0].history.last!, ascents[$1].history.last!)
      return one == other ? $0 < $1 : one > other
    }
    var starts: [SegmentStart] = []
    var last = Double.infinity
    for index in order where starts.count < options.restarts {
      // Ascents that stopped as close as this to each other are on one top.
      let height = ascents[index].history.last!
      guard last - height > max(0.1, 1e-4 * Double(rows.source.rowCount)) else { continue }
      last = height
      let plain = ascents[index].model
      let scores = EmissionScores(
        emission: plain.emission, rows: rows, knownStates: options.knownStates)
      let path = try plain.chain.viterbi(scores, lengths: lengths, execution: execution).states
      let lengths = lengths ?? [path.count]
      starts += [
        SegmentStart(
          model: try along(path, plain, kind, lengths),
          name: "durations on the path of start \(index)"),
        SegmentStart(
          model: try lasting(plain, kind, lengths), name: "durations of the chain of start \(index)"
        ),
      ]
    }
    return Array(starts.prefix(options.restarts))
  }

  /// The model of the durations and steps along a path.
  private static func along(
    _ path: [Int], _ model: HiddenMarkovModel<E>, _ kind: DurationDistribution.Kind,
    _ lengths: [Int]
  ) throws -> HiddenSemiMarkovModel<E> {
    let states = model.stateCount
    var durations = [[Int]](repeating: [], count: states)
    // Something of every step, so that none is impossible from the start.
    var steps = NDArray<Double>(repeating: 0.5, shape: [states, states])
    var first = 0
    for length in lengths {
      var start = first
      for row in first + 1..<max(first + length, first + 1) where path[row] != path[row - 1] {
        durations[path[row - 1]].append(row - start)
        steps[path[row - 1], path[row]] += 1
        start = row
      }
      durations[path[start]].append(first + length - start)
      first += length
    }
    return try assembled(model, steps, durations.map { .started(kind, from: $0) })
  }

  /// The model whose states are left as those of a hidden Markov model are. With geometric or negative
  /// binomial durations it is that model, so that learning ends no lower.
  private static func lasting(
    _ model: HiddenMarkovModel<E>, _ kind: DurationDistribution.Kind, _ lengths: [Int]
  ) throws -> HiddenSemiMarkovModel<E> {
    let matrix = model.chain.transition.matrix
    let states = model.stateCount
    let steps = NDArray<Double>(
      rows: (0..<states).map { from in
        let leaving = max(1 - matrix[from, from], .leastNormalMagnitude)
        return (0..<states).map { matrix[from, $0] / leaving + 1e-6 }
      })
    // A state that is never left lasts for a whole sequence.
    let longest = Double(lengths.max()!)
    return try assembled(
      model, steps,
      model.chain.expectedDurations.map { .started(kind, mean: min($0, longest)) })
  }

  /// - Parameter steps: What each step weighs; those on the diagonal do not count.
  private static func assembled(
    _ model: HiddenMarkovModel<E>, _ steps: NDArray<Double>, _ durations: [DurationDistribution]
  ) throws -> HiddenSemiMarkovModel<E> {
    let states = model.stateCount
    let transition = NDArray<Double>(
      rows: (0..<states).map { from in
        let row = (0..<states).map { $0 == from ? 0 : steps[from, $0] }
        let sum = row.reduce(0, +)
        return row.map { $0 / sum }
      })
    let initial = model.chain.initial.map { $0 + 1e-3 / Double(states) }
    let total = initial.reduce(0, +)
    return try HiddenSemiMarkovModel(
      chain: SemiMarkovChain(unchecked: initial.map { $0 / total }, transition, durations),
      emission: model.emission)
  }
}
