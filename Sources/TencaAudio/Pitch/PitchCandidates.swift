internal import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// What a frame says about its pitch: probabilities of a few pitches. What is left is the
/// probability that it has none.
struct PitchObservation {
  /// Pitches by number, none twice, and their probabilities.
  var pitches: [(number: Int, probability: Double)]
  /// The sum of the probabilities, at most 1.
  var voicedProbability: Double
}

/// Finds the periods that a frame may have, with a whole distribution of thresholds in the place of
/// YIN's one (Mauch and Dixon 2014, with the details of their program and of librosa 0.11).
struct PitchCandidates {
  private let options: PitchOptions
  private let sampleRate: Double
  private let grid: PitchGrid
  /// Thresholds, ascending, and the probability of each.
  private let thresholds: [Double]
  private let weights: [Double]

  init(_ options: PitchOptions, sampleRate: Double) {
    self.options = options
    self.sampleRate = sampleRate
    grid = PitchGrid(options)
    let count = options.thresholdCount
    thresholds = (1...count).map { Double($0) / Double(count) }
    var cumulative = (1..<max(count, 1)).map { step in
      incompleteBeta(options.thresholdAlpha, options.thresholdBeta, Double(step) / Double(count))
    }
    cumulative = [0] + cumulative + [1]
    weights = (0..<count).map { cumulative[$0 + 1] - cumulative[$0] }
  }

  /// The probabilities of pitches in a frame.
  ///
  /// - Complexity: O(periods + dips · thresholds).
  func observe(_ difference: NormalizedDifference) -> PitchObservation {
    let values = difference.values
    let troughs = values.indices.filter(difference.isTrough)
    if troughs.isEmpty { return PitchObservation(pitches: [], voicedProbability: 0) }
    var probabilities = probabilities(ofHeights: troughs.map { values[$0] })
    let deepest = troughs.indices.min { values[troughs[$0]] < values[troughs[$1]] } ?? 0
    for (threshold, weight) in zip(thresholds, weights) {
      if values[troughs[deepest]] < threshold { break }
      probabilities[deepest] += options.noTroughProbability * weight
    }
    var observed: [Int: Double] = [:]
    for (trough, probability) in zip(troughs, probabilities) where probability != 0 {
      let number = grid.number(of: sampleRate / difference.refinedPeriod(trough))
      // Of two periods of one pitch the longer counts; what lies above the grid is no pitch.
      if number < grid.count { observed[number] = probability }
    }
    let pitches = observed.sorted { $0.key < $1.key }
      .map { (number: $0.key, probability: $0.value) }
    let sum = pitches.reduce(0) { $0 + $1.probability }
    return PitchObservation(pitches: pitches, voicedProbability: min(max(sum, 0), 1))
  }

  /// The probability of each dip: over all thresholds, its share among the dips below the threshold,
  /// of which the shorter periods weigh more.
  private func probabilities(ofHeights heights: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: heights.count)
    let decay = exp(-options.boltzmann)
    for (threshold, weight) in zip(thresholds, weights) {
      let below = heights.count { $0 < threshold }
      if below == 0 { continue }
      var share = weight * (1 - decay) / (1 - pow(decay, Double(below)))
      for index in heights.indices where heights[index] < threshold {
        result[index] += share
        share *= decay
      }
    }
    return result
  }
}

/// The pitches that a path goes through: equal steps of a scale from the lowest frequency.
struct PitchGrid {
  private let lowest: Double
  /// Steps in an octave.
  private let steps: Double
  /// Steps in a semitone.
  let stepsPerSemitone: Int
  let count: Int

  init(_ options: PitchOptions) {
    lowest = options.lowFrequency
    stepsPerSemitone = Int((1 / options.resolution).rounded(.up))
    steps = 12 * Double(stepsPerSemitone)
    count = Int(steps * log2(options.highFrequency / options.lowFrequency)) + 1
  }

  /// The nearest pitch; ``count`` for what lies above all.
  func number(of frequency: Double) -> Int {
    let place = (steps * log2(frequency / lowest)).rounded(.toNearestOrEven)
    return Int(min(max(place, 0), Double(count)))
  }

  /// The frequency of a pitch, in hertz.
  func frequency(of number: Int) -> Double { lowest * exp2(Double(number) / steps) }
}
