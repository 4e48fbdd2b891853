internal import TencaNumerics

/// Forward and backward recursions over the segments of one sequence, in logarithms.
///
/// A segment is a state and the frames that it is held. What its frames are worth is a difference of
/// sums B over frames from the first on, so each sum over durations is one of consecutive numbers.
struct SegmentRecursion {
  let states: Int
  let frames: Int
  private let logInitial: [Double]
  /// ln a of each step, states × states.
  private let logSteps: [Double]
  private let durations: [LogDurations]
  /// See ``SegmentScores``.
  private let shifts: [Double]
  /// See ``SegmentScores``.
  private let sums: [[Double]]
  /// The first frame from which on all frames up to this one are possible, by state.
  private let possibleFrom: [[Int]]
  /// ln p(frames before this one, a segment of the state begins here), by state.
  private(set) var starts: [[Double]]
  /// ln p(frames up to this one, a segment of the state ends here), by state.
  private(set) var ends: [[Double]]
  /// ln p(frame | those before).
  private(set) var logLikelihoods: [Double] = []
  /// p(state | frames up to this one), frames × states; empty unless wanted.
  private(set) var filtered: [Double] = []
  /// ln p of the whole sequence, less all shifts.
  private var total = 0.0

  /// ln p of the whole sequence.
  var logLikelihood: Double { total + shifts.reduce(0, +) }

  /// Goes forward.
  ///
  /// - Parameters:
  ///   - scores: ln p(frame | state), frames × states.
  ///   - filters: Whether each frame's own answer is wanted, at twice the time.
  init(_ chain: SemiMarkovChain, _ durations: [LogDurations], scores: [Double], filters: Bool) {
    let states = chain.stateCount
    let frames = scores.count / states
    self.states = states
    self.frames = frames
    self.durations = durations
    logInitial = chain.initial.map(logarithm)
    logSteps = chain.transition.elements.map(logarithm)
    let own = SegmentScores(scores, states: states)
    (shifts, sums, possibleFrom) = (own.shifts, own.sums, own.possibleFrom)
    starts = [[Double]](repeating: [Double](repeating: -.infinity, count: frames), count: states)
    ends = starts
    goForward(filters: filters)
  }

  private mutating func goForward(filters: Bool) {
    // starts less the sum before them.
    var heads = starts
    var before = [Double](repeating: 0, count: states)
    var scratch: [Double] = []
    scratch.reserveCapacity(durations.map(\.forward.count).max()!)
    for frame in 0..<frames {
      for state in 0..<states {
        let start =
          frame == 0
          ? logInitial[state]
          : logSum((0..<states).map { before[$0] + logSteps[$0 * states + state] })
        starts[state][frame] = start
        heads[state][frame] = start - sums[state][frame]
      }
      for state in 0..<states {
        let count = reach(state, backFrom: frame)
        before[state] =
          sums[state][frame + 1]
          + Self.sum(heads[state], frame + 1 - count, durations[state].reversed, count, &scratch)
        ends[state][frame] = before[state]
      }
      guard filters || frame == frames - 1 else { continue }
      let held = (0..<states).map { state in
        let count = reach(state, backFrom: frame)
        return sums[state][frame + 1]
          + Self.sum(
            heads[state], frame + 1 - count, durations[state].reversedSurvival, count, &scratch)
      }
      let next = logSum(held)
      if filters {
        filtered += held.map { exponential($0 - next) }
        logLikelihoods.append(next - total + shifts[frame])
      }
      total = next
    }
  }

  /// How many frames a segment that ends here may have.
  private func reach(_ state: Int, backFrom frame: Int) -> Int {
    min(durations[state].forward.count, frame + 1 - possibleFrom[state][frame])
  }

  /// ln Σ exp(a[first + k] + b[b.count - count + k]) over `count` terms.
  private static func sum(
    _ a: [Double], _ first: Int, _ b: [Double], _ count: Int, _ scratch: inout [Double]
  ) -> Double {
    guard count > 0 else { return -.infinity }
    let offset = b.count - count
    scratch.removeAll(keepingCapacity: true)
    for k in 0..<count { scratch.append(a[first + k] + b[offset + k]) }
    var result = 0.0
    Double._logSumExpRows(scratch, &result, count: 1, width: count)
    return result
  }

  /// What all frames together tell.
  struct Smoothed {
    /// p(state | all frames), frames × states.
    var probabilities: [Double]
    /// Expected steps, states × states.
    var steps: [Double]
    /// The expected number of segments of each duration, by state.
    var counts: [[Double]]
  }

  /// Goes backward.
  ///
  /// - Parameter counts: Whether durations are to be counted, which takes as long as all else.
  func smoothed(counts wantsCounts: Bool) -> Smoothed {
    var result = Smoothed(
      probabilities: [Double](repeating: 0, count: frames * states),
      steps: [Double](repeating: 0, count: states * states),
      counts: durations.map { [Double](repeating: 0, count: $0.forward.count) })
    // ln p(frames after this one | a segment of the state ends here), plus the sum up to here.
    var tails = [[Double]](
      repeating: [Double](repeating: -.infinity, count: frames), count: states)
    // ln p(this frame and those after | a segment of the state begins here).
    var later = [Double](repeating: -.infinity, count: states)
    var scratch: [Double] = []
    var difference = [Double](repeating: 0, count: (frames + 1) * states)
    for frame in stride(from: frames - 1, through: 0, by: -1) {
      if frame < frames - 1 {
        for state in 0..<states {
          let after = logSum((0..<states).map { logSteps[state * states + $0] + later[$0] })
          tails[state][frame] = after + sums[state][frame + 1]
          let end = exponential(ends[state][frame] + after - total)
          difference[(frame + 1) * states + state] -= end
          guard ends[state][frame] > -.infinity else { continue }
          for next in 0..<states {
            let step = logSteps[state * states + next]
            guard step > -.infinity else { continue }
            result.steps[state * states + next] += exponential(
              ends[state][frame] + step + later[next] - total)
          }
        }
      }
      for state in 0..<states {
        later[state] = begun(
          state, frame, tails[state], &result.counts[state], wantsCounts, &scratch)
        difference[frame * states + state] += exponential(
          starts[state][frame] + later[state] - total)
      }
    }
    // A state is there once it has begun and until it has ended.
    var running = [Double](repeating: 0, count: states)
    for frame in 0..<frames {
      var present = 0.0
      for state in 0..<states {
        running[state] = min(1, max(0, running[state] + difference[frame * states + state]))
        present += running[state]
      }
      for state in 0..<states {
        result.probabilities[frame * states + state] = running[state] / present
      }
    }
    return result
  }

  /// ln p(frames from this one on | a segment of the state begins here), counting its durations.
  private func begun(
    _ state: Int, _ frame: Int, _ tails: [Double], _ counts: inout [Double], _ wantsCounts: Bool,
    _ scratch: inout [Double]
  ) -> Double {
    let own = durations[state]
    let before = sums[state][frame]
    // Up to the next frame that the state cannot emit.
    var (low, high) = (frame, frames)
    while low < high {
      let middle = (low + high) / 2
      if possibleFrom[state][middle] <= frame { low = middle + 1 } else { high = middle }
    }
    let possible = low - frame
    let ended = min(own.forward.count, possible, frames - 1 - frame)
    scratch.removeAll(keepingCapacity: true)
    for k in 0..<max(ended, 0) { scratch.append(own.forward[k] + tails[frame + k] - before) }
    // Or it lasts to the last frame, and perhaps longer.
    let rest = frames - frame
    let isHeld =
      possible == rest && rest <= own.survival.count && own.survival[rest - 1] > -.infinity
    if isHeld { scratch.append(own.survival[rest - 1] + sums[state][frames] - before) }
    guard !scratch.isEmpty else { return -.infinity }
    var result = 0.0
    Double._logSumExpRows(scratch, &result, count: 1, width: scratch.count)
    if wantsCounts {
      let shift = starts[state][frame] - total
      guard shift > -.infinity else { return result }
      for k in 0..<max(ended, 0) { counts[k] += exponential(shift + scratch[k]) }
      if isHeld {
        // As long as it has lasted or longer, in the shares of p(d).
        let weight = exponential(shift + scratch.last! - own.survival[rest - 1])
        for k in rest - 1..<own.probabilities.count { counts[k] += weight * own.probabilities[k] }
      }
    }
    return result
  }
}
