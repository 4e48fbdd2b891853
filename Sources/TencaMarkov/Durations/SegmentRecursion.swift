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
  let logSteps: [Double]
  let durations: [LogDurations]
  /// See ``SegmentScores``.
  private let shifts: [Double]
  /// See ``SegmentScores``.
  let sums: [[Double]]
  /// The first frame from which on all frames up to this one are possible, by state.
  let possibleFrom: [[Int]]
  /// ln p(frames before this one, a segment of the state begins here), by state.
  private(set) var starts: [[Double]]
  /// ln p(frames up to this one, a segment of the state ends here), by state.
  private(set) var ends: [[Double]]
  /// The first frame that has an answer of its own; as many as there are frames where none has.
  let firstAnswer: Int
  /// ln p(frame | those before), from ``firstAnswer`` on.
  private(set) var logLikelihoods: [Double] = []
  /// p(state | frames before this one), from ``firstAnswer`` on, frames × states.
  private(set) var predicted: [Double] = []
  /// p(state | frames up to this one), from ``firstAnswer`` on, frames × states.
  private(set) var filtered: [Double] = []
  /// ln p of the frames up to this one, less their shifts, from ``firstAnswer`` on.
  private(set) var totals: [Double] = []
  /// ln p of the whole sequence, less all shifts.
  private(set) var total = 0.0

  /// ln p of the whole sequence.
  var logLikelihood: Double { total + shifts.reduce(0, +) }

  /// Goes forward.
  ///
  /// - Parameters:
  ///   - scores: ln p(frame | state), frames × states.
  ///   - first: The first frame whose own answer is wanted, each at twice the time; nil for none.
  init(
    _ chain: SemiMarkovChain, _ durations: [LogDurations], scores: [Double],
    answersFrom first: Int?
  ) {
    let states = chain.stateCount
    let frames = scores.count / states
    self.states = states
    self.frames = frames
    firstAnswer = first ?? frames
    self.durations = durations
    logInitial = chain.initial.map(logarithm)
    logSteps = chain.transition.elements.map(logarithm)
    let own = SegmentScores(scores, states: states)
    (shifts, sums, possibleFrom) = (own.shifts, own.sums, own.possibleFrom)
    starts = [[Double]](repeating: [Double](repeating: -.infinity, count: frames), count: states)
    ends = starts
    goForward()
  }

  private mutating func goForward() {
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
      guard frame >= firstAnswer || frame == frames - 1 else { continue }
      // What each state is worth before the frame is seen, less the sum before it.
      let open = (0..<states).map { state in
        let first = frame == 0 ? 0 : possibleFrom[state][frame - 1]
        let count = min(durations[state].forward.count, frame + 1 - first)
        return Self.sum(
          heads[state], frame + 1 - count, durations[state].reversedSurvival, count, &scratch)
      }
      let held = (0..<states).map { state in
        possibleFrom[state][frame] > frame ? -.infinity : open[state] + sums[state][frame + 1]
      }
      let next = logSum(held)
      if frame >= firstAnswer {
        let unseen = (0..<states).map { open[$0] + sums[$0][frame] }
        let all = logSum(unseen)
        predicted += unseen.map { exponential($0 - all) }
        filtered += held.map { exponential($0 - next) }
        logLikelihoods.append(
          next - (frame == firstAnswer && frame > 0 ? all : total) + shifts[frame])
        totals.append(next)
      }
      total = next
    }
  }

  /// How many frames a segment that ends here may have.
  func reach(_ state: Int, backFrom frame: Int) -> Int {
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

  /// ln of what each state weighs that has lasted 1, 2, … frames up to a frame and may go on, by state.
  func elapsed(at frame: Int) -> [[Double]] {
    (0..<states).map { state in
      (0..<max(0, reach(state, backFrom: frame))).map { rest in
        starts[state][frame - rest] - sums[state][frame - rest] + sums[state][frame + 1]
          + durations[state].survival[rest]
      }
    }
  }
}
