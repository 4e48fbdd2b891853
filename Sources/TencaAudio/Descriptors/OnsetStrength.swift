internal import TencaNumerics

/// How strongly something begins in each frame: the mean rise of mel levels since the frame before
/// (librosa 0.11's onset.onset_strength).
enum OnsetStrength {
  /// One value a frame; the first frames, of which the windows that tell lie before the sound, have 0.
  ///
  /// - Throws: As ``FeatureExtractor``.
  static func values(
    _ waveform: Waveform, _ options: DescriptorOptions, name: String
  ) throws -> [Float] {
    var frontEnd = FrontEndOptions(.librosa, kind: .mel)
    frontEnd.frames.windowLength = options.fftLength
    frontEnd.frames.fftLength = .windowLength
    frontEnd.frames.hopLength = options.hopLength
    frontEnd.frames.window = options.window
    frontEnd.frames.edges = options.edges
    let rate = waveform.sampleRate
    let levels = try FeatureExtractor(frontEnd, sampleRate: rate).extract(waveform, name: name)
      .values
    let (frames, bands) = (levels.rows, levels.columns)
    let hop = options.hopLength.samples(at: rate)
    // A centred frame hears a beginning half a window early.
    let delay = options.edges == .snip ? 1 : 1 + options.fftLength.samples(at: rate) / (2 * hop)
    var result = [Float](repeating: 0, count: frames)
    levels.withUnsafeBuffer { levels in
      for frame in 1..<max(frames, 1) where frame - 1 + delay < frames {
        let row = levels.baseAddress! + frame * bands
        var sum = 0.0
        for band in 0..<bands { sum += Double(max(row[band] - row[band - bands], 0)) }
        result[frame - 1 + delay] = Float(sum / Double(bands))
      }
    }
    return result
  }
}
