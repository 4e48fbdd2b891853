internal import TencaNumerics

/// The most probable segmentation of one sequence (Viterbi's algorithm over segments).
struct SegmentPath {
  let states: [Int]
  let logProbability: Double

  /// - Parameter scores: ln p(frame | state), frames × states.
  /// - Complexity: O(frames · states · (states + longest duration)).
  init(
    _ chain: SemiMarkovChain, _ durations: [LogDurations], scores: [Double]
  ) {
    let states = chain.stateCount
    let frames = scores.count / states
    let logSteps = chain.transition.elements.map(logarithm)
    let own = SegmentScores(scores, states: states)
    let sums = own.sums
    var heads = [[Double]](repeating: [], count: states)
    // The state before each start, and the duration of each end.
    var origins = [[Int32]](repeating: [], count: states)
    var lengths = [[Int32]](repeating: [], count: states)
    var before = [Double](repeating: 0, count: states)
    var final = (value: -Double.infinity, state: 0, length: 1)
    for frame in 0..<frames {
      for state in 0..<states {
        var (start, origin) = (logarithm(chain.initial[state]), -1)
        if frame > 0 {
          start = -.infinity
          for last in 0..<states where before[last] + logSteps[last * states + state] > start {
            (start, origin) = (before[last] + logSteps[last * states + state], last)
          }
        }
        heads[state].append(start - sums[state][frame])
        origins[state].append(Int32(origin))
      }
      for state in 0..<states {
        let count = min(durations[state].forward.count, frame + 1 - own.possibleFrom[state][frame])
        var (best, length) = (-Double.infinity, 1)
        var (held, heldLength) = (-Double.infinity, 1)
        let isLast = frame == frames - 1
        for d in 0..<max(count, 0) {
          let head = heads[state][frame - d]
          if head + durations[state].forward[d] > best {
            (best, length) = (head + durations[state].forward[d], d + 1)
          }
          if isLast && head + durations[state].survival[d] > held {
            (held, heldLength) = (head + durations[state].survival[d], d + 1)
          }
        }
        before[state] = best + sums[state][frame + 1]
        lengths[state].append(Int32(length))
        let whole = held + sums[state][frame + 1]
        if isLast && whole > final.value { final = (whole, state, heldLength) }
      }
    }
    logProbability = final.value + own.shifts.reduce(0, +)
    guard final.value > -.infinity else {
      self.states = []
      return
    }
    var path = [Int](repeating: 0, count: frames)
    var (end, state, length) = (frames, final.state, final.length)
    while true {
      let start = end - length
      for frame in start..<end { path[frame] = state }
      if start == 0 { break }
      state = Int(origins[state][start])
      end = start
      length = Int(lengths[state][end - 1])
    }
    self.states = path
  }
}
