/// The pitch of one frame by YIN: the shortest period whose dip is deep enough, or else the deepest.
struct YinFrame {
  let frequency: Double
  let isVoiced: Bool
  let voicedProbability: Double

  init(_ difference: NormalizedDifference, _ options: PitchOptions, sampleRate: Double) {
    let values = difference.values
    let deepEnough = values.indices.first {
      values[$0] < options.troughThreshold && difference.isTrough($0)
    }
    var period = 0
    if let deepEnough {
      period = deepEnough
    } else {
      for index in values.indices where values[index] < values[period] { period = index }
    }
    frequency = sampleRate / difference.refinedPeriod(period)
    isVoiced = deepEnough != nil
    voicedProbability = difference.isFlat ? 0 : max(0, 1 - values[period])
  }
}
