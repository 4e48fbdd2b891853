internal import CKernels

#if canImport(Glibc)
  internal import Glibc
#endif

/// The likeliest path through the pitches of all frames (Viterbi), voiced or not: pitch moves a
/// little from frame to frame, with probabilities that fall to both sides as a triangle, and voicing
/// seldom changes.
///
/// Scores are kept for every 256th frame alone, and computed once more on the way back, so that an
/// hour of sound takes a few megabytes.
struct PitchPath {
  private let grid: PitchGrid
  /// The triangle's logarithms for moves from `-reach` to `reach`.
  private let moves: [Double]
  private let reach: Int
  /// The logarithm of what each pitch's moves sum to where the grid cuts them off.
  private let norms: [Double]
  /// The logarithms of staying voiced or unvoiced, and of changing.
  private let stays: Double
  private let changes: Double
  private var observations: [PitchObservation] = []

  /// The logarithm of what is impossible: librosa's least normal number.
  private static let impossible = log(Double.leastNormalMagnitude)
  private static let stretch = 256

  init(_ options: PitchOptions, hopSeconds: Double) {
    grid = PitchGrid(options)
    let semitones = (options.greatestRate * 12 * hopSeconds).rounded(.toNearestOrEven)
    reach = min(Int(semitones) * grid.stepsPerSemitone / 2, grid.count - 1)
    let width = Double(Int(semitones) * grid.stepsPerSemitone / 2 + 1)
    let triangle = (-reach...reach).map { 1 - Double(abs($0)) / width }
    moves = triangle.map { log($0) }
    var sums = [0.0]
    for value in triangle { sums.append(sums[sums.count - 1] + value) }
    norms = (0..<grid.count).map { [grid, reach] pitch in
      let first = max(0, reach - pitch)
      let last = min(2 * reach, reach + grid.count - 1 - pitch)
      return log(sums[last + 1] - sums[first])
    }
    stays = log(1 - options.switchProbability + .leastNormalMagnitude)
    changes = log(options.switchProbability + .leastNormalMagnitude)
  }

  mutating func append(_ observation: PitchObservation) { observations.append(observation) }

  /// Writes the path into a track.
  ///
  /// - Complexity: O(frames · pitches · reach).
  func finish(into track: inout PitchTrack) {
    let states = likeliestStates()
    track.frequencies = states.map { grid.frequency(of: $0 % grid.count) }
    track.isVoiced = states.map { $0 < grid.count }
    track.voicedProbabilities = observations.map(\.voicedProbability)
  }

  /// The state of each frame: a pitch that is heard, or behind these one that is not.
  private func likeliestStates() -> [Int] {
    let frames = observations.count
    var step = Step(self)
    var kept: [[Double]] = []
    step.begin(observations[0])
    for frame in 0..<frames {
      if frame > 0 { step.advance(observations[frame]) }
      if frame % Self.stretch == 0 { kept.append(step.scores) }
    }
    var state = step.scores.indices.reduce(0) { step.scores[$1] > step.scores[$0] ? $1 : $0 }
    var states = [Int](repeating: 0, count: frames)
    let last = (frames - 1) / Self.stretch
    for part in stride(from: last, through: 0, by: -1) {
      let start = part * Self.stretch
      let end = min(start + Self.stretch, frames)
      step.scores = kept[part]
      var scores = [step.scores]
      for frame in stride(from: start + 1, to: end, by: 1) {
        step.advance(observations[frame])
        scores.append(step.scores)
      }
      for frame in stride(from: end - 1, through: start, by: -1) {
        if frame < frames - 1 { state = predecessor(of: state, scores: scores[frame - start]) }
        states[frame] = state
      }
    }
    return states
  }

  /// The logarithm of the probability of going from one state to another.
  private func transition(_ from: Int, _ to: Int) -> Double {
    let move = to % grid.count - from % grid.count
    if abs(move) > reach { return Self.impossible }
    let isChange = (from < grid.count) != (to < grid.count)
    return moves[move + reach] - norms[from % grid.count] + (isChange ? changes : stays)
  }

  /// The first of the likeliest states before `state`.
  private func predecessor(of state: Int, scores: [Double]) -> Int {
    var best = (score: -Double.infinity, state: 0)
    for from in scores.indices {
      let score = scores[from] + transition(from, state)
      if score > best.score { best = (score, from) }
    }
    return best.state
  }

  /// The scores of all states, moved from frame to frame.
  private struct Step {
    let path: PitchPath
    var scores: [Double]
    /// A voicing's scores less the pitches' norms, with room for the moves over both ends.
    private var padded: [Double]
    /// For each voicing, the best of the moves to each pitch.
    private var best: [[Double]]

    init(_ path: PitchPath) {
      self.path = path
      let count = path.grid.count
      scores = [Double](repeating: 0, count: 2 * count)
      padded = [Double](repeating: -.infinity, count: count + 2 * path.reach + 1)
      best = [[Double]](repeating: [Double](repeating: 0, count: count), count: 2)
    }

    mutating func begin(_ observation: PitchObservation) {
      let start = -log(Double(scores.count))
      for state in scores.indices { scores[state] = start }
      add(observation)
    }

    mutating func advance(_ observation: PitchObservation) {
      let count = path.grid.count
      let jump = (scores.max() ?? 0) + PitchPath.impossible
      for voicing in 0..<2 {
        for pitch in 0..<count {
          padded[path.reach + pitch] = scores[voicing * count + pitch] - path.norms[pitch]
        }
        tenca_sliding_maximum(padded, path.moves, path.moves.count, &best[voicing], count)
      }
      for voicing in 0..<2 {
        for pitch in 0..<count {
          let stay = best[voicing][pitch] + path.stays
          let change = best[1 - voicing][pitch] + path.changes
          scores[voicing * count + pitch] = max(stay, change, jump)
        }
      }
      add(observation)
    }

    private mutating func add(_ observation: PitchObservation) {
      let count = path.grid.count
      let unvoiced = log(
        (1 - observation.voicedProbability) / Double(count) + .leastNormalMagnitude)
      for pitch in 0..<count {
        scores[pitch] += PitchPath.impossible
        scores[count + pitch] += unvoiced
      }
      for (pitch, probability) in observation.pitches {
        scores[pitch] += log(probability + .leastNormalMagnitude) - PitchPath.impossible
      }
    }
  }
}
