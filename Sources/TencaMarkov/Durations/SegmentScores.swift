internal import TencaNumerics

/// ln p(d) and ln p(D ≥ d) of one state.
struct LogDurations {
  /// From the longest to one frame.
  let reversed: [Double]
  let reversedSurvival: [Double]
  /// From one frame on.
  let forward: [Double]
  let survival: [Double]
  let probabilities: [Double]

  init(_ distribution: DurationDistribution) {
    probabilities = distribution.probabilities
    // What lies beyond the longest that is listed still tells how likely a state is to last that long.
    let rest = 1 - probabilities.reduce(0, +)
    var left = rest > 1e-12 ? rest : 0
    if case .free = distribution { left = 0 }
    // From the smallest terms on.
    var tails = [Double]()
    for p in probabilities.reversed() {
      left += p
      tails.append(left)
    }
    forward = probabilities.map(logarithm)
    reversed = forward.reversed()
    reversedSurvival = tails.map(logarithm)
    survival = reversedSurvival.reversed()
  }
}

/// What the frames of one sequence are worth in every state.
struct SegmentScores {
  /// The largest log-likelihood of each frame, which is taken off all: sums of what is left keep the
  /// digits that tell states apart.
  let shifts: [Double]
  /// Σ of log-likelihoods less shifts before each frame, and of all, by state; impossible frames count
  /// as 0.
  let sums: [[Double]]
  /// The first frame from which on all frames up to this one are possible, by state.
  let possibleFrom: [[Int]]

  /// - Parameter scores: ln p(frame | state), frames × states.
  init(_ scores: [Double], states: Int) {
    let frames = scores.count / states
    let shifts = (0..<frames).map { frame in
      let largest = scores[frame * states..<(frame + 1) * states].max()!
      return largest.isFinite ? largest : 0
    }
    var (sums, possibleFrom) = ([[Double]](), [[Int]]())
    for state in 0..<states {
      var (total, own) = (0.0, [0.0])
      var (first, firsts) = (0, [Int]())
      for frame in 0..<frames {
        let score = scores[frame * states + state]
        if score == -.infinity { first = frame + 1 } else { total += score - shifts[frame] }
        own.append(total)
        firsts.append(first)
      }
      sums.append(own)
      possibleFrom.append(firsts)
    }
    self.shifts = shifts
    self.sums = sums
    self.possibleFrom = possibleFrom
  }
}
