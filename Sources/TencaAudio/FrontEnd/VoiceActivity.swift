/// Which frames hold sound, judged by log energy against the sound's own mean (Kaldi's
/// ivector/voice-activity-detection).
public enum VoiceActivity {
  /// Judges every frame.
  ///
  /// - Parameters:
  ///   - logEnergies: One natural logarithm of energy a frame, on the scale of 16-bit samples.
  ///   - options: Threshold and voting.
  /// - Returns: One verdict a frame; none where all lie below the threshold.
  /// - Complexity: O(frames · context).
  public static func detect(logEnergies: [Float], options: VoiceActivityOptions) -> [Bool] {
    if logEnergies.isEmpty { return [] }
    let mean = logEnergies.reduce(0.0) { $0 + Double($1) } / Double(logEnergies.count)
    let threshold = options.energyThreshold + options.energyMeanScale * Float(mean)
    let context = min(max(options.framesContext, 0), logEnergies.count)
    return logEnergies.indices.map { frame in
      let first = max(0, frame - context)
      let last = min(logEnergies.count - 1, frame + context)
      let votes = logEnergies[first...last].count { $0 > threshold }
      return Float(votes) >= Float(last - first + 1) * options.proportion
    }
  }
}
