#if canImport(Glibc)
  internal import Glibc
#endif

/// How far a sound is tuned from A = 440 Hz: the commonest place of its spectral peaks between two
/// semitones (librosa 0.11's estimate_tuning over piptrack).
struct TuningEstimate {
  /// Peaks lie in this range, in hertz.
  private static let range = 150.0..<4000.0
  /// A peak has at least this share of the greatest power of its frame.
  private static let threshold: Float = 0.1
  /// The steps of the answer in a semitone.
  private static let steps = 100

  private let binWidth: Double
  private let bins: Range<Int>
  /// The semitone fractions and the heights of all peaks.
  private var fractions: [Double] = []
  private var heights: [Float] = []

  init(binWidth: Double, bins: Int) {
    self.binWidth = binWidth
    // A peak has neighbours, or at the end one.
    let first = max(1, Int((Self.range.lowerBound / binWidth).rounded(.up)))
    let end = Int((Self.range.upperBound / binWidth).rounded(.up))
    self.bins = first..<max(first, min(end, bins - 1))
  }

  /// Adds the peaks of one frame.
  mutating func add(_ magnitudes: UnsafePointer<Float>, count: Int) {
    var greatest: Float = 0
    for bin in 0..<count { greatest = max(greatest, magnitudes[bin]) }
    let limit = Self.threshold * greatest * greatest
    for bin in bins {
      let middle = magnitudes[bin] * magnitudes[bin]
      if !(middle > limit) { continue }
      let left = magnitudes[bin - 1] * magnitudes[bin - 1]
      let right = magnitudes[bin + 1] * magnitudes[bin + 1]
      // What lies below the limit counts as nothing.
      guard middle > (left > limit ? left : 0), middle >= (right > limit ? right : 0) else {
        continue
      }
      let slope = (right - left) / 2
      let curvature = left + right - 2 * middle
      let shift = abs(slope) < abs(curvature) ? -slope / curvature : 0
      let semitones = 12 * log2((Double(bin) + Double(shift)) * binWidth / 27.5)
      fractions.append(semitones - semitones.rounded())
      heights.append(middle + slope * shift / 2)
    }
  }

  /// The tuning in semitones, in -0.5..<0.5; 0 for a sound without peaks.
  var semitones: Double {
    if heights.isEmpty { return 0 }
    let sorted = heights.sorted()
    let median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    var counts = [Int](repeating: 0, count: Self.steps)
    for (fraction, height) in zip(fractions, heights) where height >= median {
      // A fraction of one half counts as minus one half.
      let place = (fraction >= 0.5 ? fraction - 1 : fraction) + 0.5
      counts[min(max(Int(place * Double(Self.steps)), 0), Self.steps - 1)] += 1
    }
    var best = 0
    for step in counts.indices where counts[step] > counts[best] { best = step }
    return Double(best) / Double(Self.steps) - 0.5
  }
}
