internal import TencaNumerics

/// Goes back over the segments of a sequence, as if it had ended at some frame.
struct BackwardSegments {
  private let forward: SegmentRecursion
  /// The frame that it ends at, and the first one that is gone back to.
  private let (last, first): (Int, Int)
  /// ln p of the frames up to the last one, less their shifts.
  private let total: Double
  private let gathers: Gathering
  /// ln p(frames after this one | a segment of the state ends here), plus the sum up to here, by state,
  /// from the first frame on.
  private var tails: [[Double]]
  /// ln p(this frame and those after | a segment of the state begins here).
  private var later: [Double]
  private var scratch: [Double] = []
  /// p(a segment of the state begins at the frame last gone back to | all frames).
  private(set) var began: [Double]
  /// p(a segment of the state ends at the frame last gone back to, before the last | all frames).
  private(set) var ended: [Double]
  /// Expected steps, states × states, where these are gathered.
  private(set) var steps: [Double] = []
  /// The expected number of segments of each duration, by state, where these are gathered.
  private(set) var counts: [[Double]] = []

  /// What is added up on the way, each taking its time.
  enum Gathering { case nothing, steps, stepsAndDurations }

  /// - Parameter frames: Those that are gone back over, from the last one that counts.
  init(
    _ forward: SegmentRecursion, over frames: ClosedRange<Int>, total: Double, _ gathers: Gathering
  ) {
    self.forward = forward
    (first, last) = (frames.lowerBound, frames.upperBound)
    self.total = total
    self.gathers = gathers
    let states = forward.states
    tails = [[Double]](
      repeating: [Double](repeating: -.infinity, count: frames.count), count: states)
    later = [Double](repeating: -.infinity, count: states)
    began = [Double](repeating: 0, count: states)
    ended = began
    if gathers != .nothing { steps = [Double](repeating: 0, count: states * states) }
    counts = forward.durations.map {
      gathers == .stepsAndDurations ? [Double](repeating: 0, count: $0.forward.count) : []
    }
  }

  /// Goes back to a frame, the one before that of the last call; the first call's is the last frame.
  mutating func goBack(to frame: Int) {
    let states = forward.states
    if frame < last {
      for state in 0..<states {
        let after = logSum((0..<states).map { forward.logSteps[state * states + $0] + later[$0] })
        tails[state][frame - first] = after + forward.sums[state][frame + 1]
        let end = forward.ends[state][frame]
        ended[state] = exponential(end + after - total)
        guard gathers != .nothing, end > -.infinity else { continue }
        for next in 0..<states {
          let step = forward.logSteps[state * states + next]
          guard step > -.infinity else { continue }
          steps[state * states + next] += exponential(end + step + later[next] - total)
        }
      }
    }
    for state in 0..<states {
      later[state] = begun(state, frame)
      began[state] = exponential(forward.starts[state][frame] + later[state] - total)
    }
  }

  /// ln p(frames from this one on | a segment of the state begins here), counting its durations.
  private mutating func begun(_ state: Int, _ frame: Int) -> Double {
    let own = forward.durations[state]
    let before = forward.sums[state][frame]
    // Up to the next frame that the state cannot emit.
    var (low, high) = (frame, last + 1)
    while low < high {
      let middle = (low + high) / 2
      if forward.possibleFrom[state][middle] <= frame { low = middle + 1 } else { high = middle }
    }
    let possible = low - frame
    let ended = min(own.forward.count, possible, last - frame)
    scratch.removeAll(keepingCapacity: true)
    for k in 0..<max(ended, 0) {
      scratch.append(own.forward[k] + tails[state][frame - first + k] - before)
    }
    // Or it lasts to the last frame, and perhaps longer.
    let rest = last + 1 - frame
    let isHeld =
      possible == rest && rest <= own.survival.count && own.survival[rest - 1] > -.infinity
    if isHeld { scratch.append(own.survival[rest - 1] + forward.sums[state][last + 1] - before) }
    guard !scratch.isEmpty else { return -.infinity }
    var result = 0.0
    Double._logSumExpRows(scratch, &result, count: 1, width: scratch.count)
    guard gathers == .stepsAndDurations else { return result }
    let shift = forward.starts[state][frame] - total
    guard shift > -.infinity else { return result }
    for k in 0..<max(ended, 0) { counts[state][k] += exponential(shift + scratch[k]) }
    if isHeld {
      // As long as it has lasted or longer, in the shares of p(d).
      let weight = exponential(shift + scratch.last! - own.survival[rest - 1])
      for k in rest - 1..<own.probabilities.count {
        counts[state][k] += weight * own.probabilities[k]
      }
    }
    return result
  }
}

extension SegmentRecursion {
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
    var back = BackwardSegments(
      self, over: 0...frames - 1, total: total, wantsCounts ? .stepsAndDurations : .steps)
    var difference = [Double](repeating: 0, count: (frames + 1) * states)
    for frame in stride(from: frames - 1, through: 0, by: -1) {
      back.goBack(to: frame)
      for state in 0..<states {
        if frame < frames - 1 { difference[(frame + 1) * states + state] -= back.ended[state] }
        difference[frame * states + state] += back.began[state]
      }
    }
    // A state is there once it has begun and until it has ended.
    var probabilities: [Double] = []
    var running = [Double](repeating: 0, count: states)
    for frame in 0..<frames {
      for state in 0..<states { running[state] += difference[frame * states + state] }
      probabilities += Self.shares(&running)
    }
    return Smoothed(probabilities: probabilities, steps: back.steps, counts: back.counts)
  }

  /// p(state | the frames up to the last of these) of some frames, frames × states.
  ///
  /// - Precondition: The last frame has an answer of its own.
  /// - Complexity: O(n · states · (states + min(n, longest duration))) for n frames.
  func smoothed(_ range: ClosedRange<Int>) -> [Double] {
    let last = range.upperBound
    var back = BackwardSegments(self, over: range, total: totals[last - firstAnswer], .nothing)
    // A state was there if it is, unless it begins now, and if it ends here.
    var running = Array(
      filtered[(last - firstAnswer) * states..<(last - firstAnswer + 1) * states])
    var rows = [running]
    back.goBack(to: last)
    for frame in stride(from: last - 1, through: range.lowerBound, by: -1) {
      let began = back.began
      back.goBack(to: frame)
      for state in 0..<states { running[state] += back.ended[state] - began[state] }
      rows.append(Self.shares(&running))
    }
    return rows.reversed().flatMap { $0 }
  }

  /// Sums that are probabilities but for rounding, made so; their shares, of sum one.
  private static func shares(_ running: inout [Double]) -> [Double] {
    for state in running.indices { running[state] = min(1, max(0, running[state])) }
    let present = running.reduce(0, +)
    return running.map { $0 / present }
  }
}
