/// Kaldi's piecewise linear warp of the frequency axis for vocal tracts of other lengths
/// (feat/mel-computations): by 1/warp in the middle, bent back to the ends.
struct VocalTractWarp {
  private let low: Double
  private let high: Double
  private let lower: Double
  private let upper: Double
  private let scale: Double

  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  init(_ options: MelOptions, low: Double, high: Double, nyquist: Double) throws {
    let top = options.warpHigh > 0 ? options.warpHigh : nyquist + options.warpHigh
    lower = options.warpLow * max(1, options.warp)
    upper = top * min(1, options.warp)
    guard options.warp > 0, options.warpLow > low, top < high, upper > lower else {
      throw AudioError.invalidOption(
        name: "warp", value: "\(options.warp) between \(options.warpLow) and \(top) Hz",
        rule: "the warp is positive and its range lies inside the filters' range.")
    }
    self.low = low
    self.high = high
    scale = 1 / options.warp
  }

  /// Where a frequency in hertz is moved to.
  func callAsFunction(_ hertz: Double) -> Double {
    if hertz < low || hertz > high { return hertz }
    if hertz < lower { return low + (scale * lower - low) / (lower - low) * (hertz - low) }
    if hertz < upper { return scale * hertz }
    return high + (high - scale * upper) / (high - upper) * (hertz - high)
  }
}
