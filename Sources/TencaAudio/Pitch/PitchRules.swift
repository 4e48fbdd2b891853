extension PitchOptions {
  /// Checks every option whose range does not depend on the sample rate.
  ///
  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  func checkRanges() throws {
    guard edges != .mirror else {
      throw AudioError.invalidOption(
        name: "edges", value: edges.rawValue,
        rule: "frames are whole (snip) or centred (center-zero and its kin).")
    }
    try check("trough-threshold", troughThreshold, in: 0...1e9, rule: "0 or more.")
    try check("thresholds", thresholdCount, in: 1...10000, rule: "between 1 and 10000.")
    try check("threshold-alpha", thresholdAlpha, in: 1e-3...1e6, rule: "above 0.")
    try check("threshold-beta", thresholdBeta, in: 1e-3...1e6, rule: "above 0.")
    try check("boltzmann", boltzmann, in: 1e-6...1e3, rule: "above 0.")
    try check("resolution", resolution, in: 0.01...1, rule: "between 0.01 and 1 semitone.")
    try check("greatest-rate", greatestRate, in: 0...1e6, rule: "0 or more octaves a second.")
    try check("switch-probability", switchProbability, in: 0...1, rule: "between 0 and 1.")
    try check("no-trough-probability", noTroughProbability, in: 0...1, rule: "between 0 and 1.")
  }
}
