extension FrontEndOptions {
  /// Checks every option whose range does not depend on the sample rate or on another option.
  ///
  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  func checkRanges() throws {
    try checkFrames()
    try checkCompression()
    try check(
      "exponent", spectrum.exponent, in: Float.leastNormalMagnitude...4,
      rule: "above 0, at most 4.")
    try check("lifter", cepstrum.lifter, in: 0...1e9, rule: "0 (none) or a positive length.")
    if let energy = cepstrum.energyNormalization {
      try check("energy-scale", energy.scale, in: -1e9...1e9, rule: "a finite number.")
      try check("silence-floor", energy.silenceFloor, in: 0...1e9, rule: "0 decibels or more.")
    }
    if let voice = voiceActivity {
      try check("vad-threshold", voice.energyThreshold, in: -1e9...1e9, rule: "a finite number.")
      try check("vad-mean-scale", voice.energyMeanScale, in: -1e9...1e9, rule: "a finite number.")
      try check("vad-context", voice.framesContext, in: 0...1_000_000, rule: "0 to 1000000 frames.")
      try check("vad-proportion", voice.proportion, in: 0...1, rule: "between 0 and 1.")
    }
  }

  private func checkFrames() throws {
    try check(
      "blackman-coefficient", frames.blackmanCoefficient, in: 0...1, rule: "between 0 and 1.")
    try check(
      "padding", frames.paddingSamples, in: 0...FrameAnalysis.longestFrame,
      rule: "0 to \(FrameAnalysis.longestFrame) samples.")
    try check(
      "input-scale", frames.inputScale, in: Float.leastNormalMagnitude...1e9,
      rule: "above 0: 1, or 32768 for toolkits of 16-bit samples.")
    try check("dither", frames.dither, in: 0...1e9, rule: "0 (none) or a standard deviation.")
    try check("pre-emphasis", frames.preEmphasis, in: 0...1, rule: "between 0 (none) and 1.")
    try check(
      "energy-floor", frames.energyFloor, in: 0...Float.greatestFiniteMagnitude,
      rule: "0 (machine epsilon) or a positive energy.")
  }

  private func checkCompression() throws {
    // A floor of nothing would let silence become minus infinity.
    let positive = Float.leastNormalMagnitude...Float.greatestFiniteMagnitude
    switch compression {
    case .none: return
    case .naturalLog(let floor): try check("log-floor", floor, in: positive, rule: "above 0.")
    case .offsetLog(let offset): try check("log-floor", offset, in: positive, rule: "above 0.")
    case .decibels(let level):
      try check("log-floor", level.floor, in: positive, rule: "above 0.")
      try check("top-db", level.topDB ?? 0, in: 0...1e9, rule: "0 decibels or more.")
      if case .power(let reference) = level.reference {
        try check("db-reference", reference, in: positive, rule: "a power above 0.")
      }
    }
  }
}

/// Checks that an option lies in a range; NaN lies in none.
///
/// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
func check<Value: Comparable>(
  _ name: String, _ value: Value, in range: ClosedRange<Value>, rule: String
) throws {
  if range.contains(value) { return }
  throw AudioError.invalidOption(name: name, value: "\(value)", rule: rule)
}

/// Checks that a sample rate is one that sounds have.
///
/// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
func checkRate(_ sampleRate: Int) throws {
  try check("rate", sampleRate, in: 1...10_000_000, rule: "between 1 and 10000000 Hz.")
}
