internal import CKernels

/// The cumulative mean normalised difference function of one frame (de Cheveigné and Kawahara 2002,
/// equation 8), which dips to nearly 0 at each period:
///
///     d(τ) = Σ (x[m] - x[m + τ])²    over the frame, zeros following it
///     d′(τ) = d(τ) / (mean of d(1) … d(τ))
///
/// librosa 0.11 finds the same d by a Fourier transform. Plain sums of squares have no cancellation,
/// which near a period would leave few digits.
struct NormalizedDifference {
  /// The periods whose values are kept, in samples.
  let periods: ClosedRange<Int>
  /// d′ of each of ``periods``.
  private(set) var values: [Double]
  private let frameLength: Int
  /// The frame, followed by zeros.
  private var samples: [Float]
  /// d of 0, 1, 2, …
  private var differences: [Float]

  /// No sum of squares of a frame with less energy than this overflows.
  private static let greatestEnergy: Float = 1e30

  init(frameLength: Int, periods: ClosedRange<Int>) {
    self.periods = periods
    self.frameLength = frameLength
    let lags = (periods.upperBound + 4) / 4 * 4
    values = [Double](repeating: 0, count: periods.count)
    differences = [Float](repeating: 0, count: lags)
    samples = [Float](
      repeating: 0, count: frameLength + lags + Int(TENCA_DIFFERENCE_MARGIN))
  }

  /// Takes the next frame; false where its samples are not finite or too great.
  mutating func update(_ frame: UnsafePointer<Float>) -> Bool {
    let length = frameLength
    var energy: Float = 0
    samples.withUnsafeMutableBufferPointer { samples in
      energy = tenca_scale(frame, 1, samples.baseAddress, length)
      energy = 0
      for index in 0..<length { energy += samples[index] * samples[index] }
    }
    guard energy < Self.greatestEnergy else { return false }
    tenca_differences(samples, length, &differences, differences.count)
    var sum = 0.0
    for period in 1...periods.upperBound {
      sum += Double(differences[period])
      if period < periods.lowerBound { continue }
      let mean = sum / Double(period)
      values[period - periods.lowerBound] = mean > 0 ? Double(differences[period]) / mean : 0
    }
    return true
  }

  /// Whether the frame holds nothing but equal samples or silence.
  var isFlat: Bool { differences[1...periods.upperBound].allSatisfy { $0 == 0 } }

  /// Whether the value at `index` of ``values`` is a dip: less than the one before it and not more
  /// than the one after; the first has none before it and must be less than the one after.
  func isTrough(_ index: Int) -> Bool {
    if index == 0 { return values[0] < values[1] }
    let falls = values[index] < values[index - 1]
    return falls && (index == values.count - 1 || values[index] <= values[index + 1])
  }

  /// The period at `index`, between samples: where a parabola through the neighbours is least.
  func refinedPeriod(_ index: Int) -> Double {
    let period = Double(periods.lowerBound + index)
    guard index > 0, index < values.count - 1 else { return period }
    let slope = (values[index + 1] - values[index - 1]) / 2
    let curvature = values[index + 1] + values[index - 1] - 2 * values[index]
    return abs(slope) < abs(curvature) ? period - slope / curvature : period
  }
}
