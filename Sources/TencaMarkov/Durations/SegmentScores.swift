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
    var left = 0.0
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
  /// Σ of log-likelihoods before each frame, and of all, by state; impossible frames count as 0.
  let sums: [[Double]]
  /// The first frame from which on all frames up to this one are possible, by state.
  let possibleFrom: [[Int]]

  /// - Parameter scores: ln p(frame | state), frames × states.
  init(_ scores: [Double], states: Int) {
    let frames = scores.count / states
    var (sums, possibleFrom) = ([[Double]](), [[Int]]())
    for state in 0..<states {
      var (total, own) = (0.0, [0.0])
      var (first, firsts) = (0, [Int]())
      for frame in 0..<frames {
        let score = scores[frame * states + state]
        if score == -.infinity { first = frame + 1 } else { total += score }
        own.append(total)
        firsts.append(first)
      }
      sums.append(own)
      possibleFrom.append(firsts)
    }
    self.sums = sums
    self.possibleFrom = possibleFrom
  }
}
