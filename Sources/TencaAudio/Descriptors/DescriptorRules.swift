extension DescriptorOptions {
  /// Checks every option whose range does not depend on the sample rate.
  ///
  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  func checkRanges() throws {
    guard !descriptors.isEmpty, Set(descriptors).count == descriptors.count else {
      throw AudioError.invalidOption(
        name: "only", value: descriptors.map(\.rawValue).joined(separator: ","),
        rule: "at least one descriptor, none twice.")
    }
    guard edges != .mirror else {
      throw AudioError.invalidOption(
        name: "edges", value: edges.rawValue,
        rule: "descriptors have whole frames (snip) or centred ones (center-zero and its kin).")
    }
    try check(
      "bandwidth-order", bandwidthOrder, in: 0.1...20, rule: "between 0.1 and 20.")
    try check(
      "rolloff-share", rolloffShare, in: 1e-6...0.999999, rule: "above 0 and below 1.")
    try check(
      "flatness-floor", flatnessFloor, in: Float.leastNormalMagnitude...1, rule: "above 0.")
    try check(
      "contrast-quantile", contrastQuantile, in: 1e-6...0.5, rule: "above 0, at most 0.5.")
    try check("tuning", tuning ?? 0, in: -12...12, rule: "between -12 and 12 semitones.")
  }

  /// The edges of the contrast's bands at a rate, in hertz, the first of them 0; the last band ends
  /// at half the rate whatever its edge.
  ///
  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  func contrastEdges(sampleRate: Int) throws -> [Double] {
    let nyquist = Double(sampleRate) / 2
    guard contrastLowFrequency > 0, contrastLowFrequency < nyquist else {
      throw AudioError.invalidOption(
        name: "contrast-low-frequency", value: "\(contrastLowFrequency)",
        rule: "above 0 and below \(nyquist) Hz (half the rate of \(sampleRate) Hz).")
    }
    let beginnings = (0..<40).map { contrastLowFrequency * Double(1 << $0) }
    let room = beginnings.count { $0 < nyquist }
    let octaves = contrastOctaves ?? min(6, room)
    guard (1...room).contains(octaves) else {
      throw AudioError.invalidOption(
        name: "contrast-octaves", value: "\(octaves)",
        rule: "between 1 and \(room): no more octaves begin between \(contrastLowFrequency) Hz and "
          + "\(nyquist) Hz (half the rate of \(sampleRate) Hz).")
    }
    return [0] + beginnings.prefix(octaves + 1)
  }
}
