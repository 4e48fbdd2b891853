public import TencaAudio
public import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// Turns sounds into patches for a generative model, and its patches into sounds.
///
/// ```swift
/// let options = try PatchOptions(height: 128, width: 64, sampleRate: 8000)
/// let patches = try SpectrogramPatches(options, learningFrom: sounds)
/// let patch = try patches.patch(of: sounds[0])          // 128 × 64, in 0...1
/// let heard = try patches.sound(of: patch)              // 7680 samples
/// ```
///
/// A value to be saved beside the model's weights: it holds everything that both ways need.
public struct SpectrogramPatches: Sendable, Codable, Equatable {
  /// What a patch is.
  public let options: PatchOptions
  /// What brings logarithms to 0...1.
  public let statistics: PatchStatistics

  /// Makes patches of statistics that are known already.
  public init(_ options: PatchOptions, statistics: PatchStatistics) {
    precondition(
      statistics.low.count == options.height,
      "statistics of \(statistics.low.count) rows for a height of \(options.height)")
    self.options = options
    self.statistics = statistics
  }

  /// Learns statistics from sounds at the options' rate.
  ///
  /// - Throws: ``SynthesisError/noSounds(reason:)``, and `AudioError` of a sound.
  public init(
    _ options: PatchOptions, learningFrom sounds: [Waveform], execution: Execution = .serial
  ) throws {
    guard !sounds.isEmpty else { throw SynthesisError.noSounds(reason: "none were given") }
    let logarithms = try Self.logarithms(options)
    let patches = try execution.map(sounds.count) { index in
      try logarithms(sounds[index], "sound \(index + 1)")
    }
    self.init(options, statistics: PatchStatistics(patches, scaling: options.scaling))
  }

  /// The patch of a sound: its middle, or the whole with silence on both sides, to make
  /// ``PatchOptions/sampleCount`` samples.
  ///
  /// - Parameters:
  ///   - sound: A sound at the options' rate.
  ///   - name: What errors call it.
  /// - Returns: height × width, in 0...1.
  /// - Throws: `AudioError`: another rate, no samples, samples that are not finite.
  /// - Complexity: O(width · fftLength · log fftLength).
  public func patch(of sound: Waveform, name: String = "sound") throws -> NDArray<Float> {
    statistics.scaled(try Self.logarithms(options)(sound, name))
  }

  /// The sound of a patch, of ``PatchOptions/sampleCount`` samples, never above
  /// `SpectrogramInverter.greatestPeak`.
  ///
  /// - Parameters:
  ///   - patch: height × width; what lies outside of 0...1 is clipped.
  ///   - recovery: How phases are found.
  ///   - name: What errors call it.
  ///   - execution: How many threads, and who may stop it. For many patches give each one thread.
  /// - Throws: ``SynthesisError/invalidOption(name:value:limit:)`` for another shape, and `AudioError`
  ///   for cells that are not finite (row and column are those of the patch turned: frame and
  ///   frequency) and for a patch of silence.
  /// - Complexity: O(iterations · width · fftLength · log fftLength).
  public func sound(
    of patch: NDArray<Float>, recovery: PhaseRecoveryOptions = .init(), name: String = "patch",
    execution: Execution = .serial
  ) throws -> InvertedSound {
    try SynthesisError.require(
      patch.shape == [options.height, options.width], "patch", patch.shape,
      "of shape \(options.height) × \(options.width)")
    let inverter = try SpectrogramInverter(
      options.frontEnd, sampleRate: options.sampleRate, recovery: recovery)
    var rows = statistics.unscaled(patch).transposed().contiguous()
    // Bins above a patch are silent.
    if inverter.columnCount > options.height {
      let silence = NDArray(
        repeating: log(options.floor),
        shape: [options.width, inverter.columnCount - options.height])
      rows = NDArray.concatenated([rows, silence], axis: 1)
    }
    return try inverter.sound(
      of: rows, length: options.sampleCount, name: name, execution: execution)
  }

  /// What makes logarithms (height × width) of a sound.
  static func logarithms(
    _ options: PatchOptions
  ) throws -> @Sendable (Waveform, String) throws -> NDArray<Float> {
    try options.check()
    let extractor = try FeatureExtractor(options.frontEnd, sampleRate: options.sampleRate)
    return { sound, name in
      if sound.samples.isEmpty { throw AudioError.noSamples(path: name) }
      let fitted = Waveform(
        samples: fit(sound.samples, to: options.sampleCount), sampleRate: sound.sampleRate)
      let rows = try extractor.extract(fitted, name: name).values
      return rows.columns(0..<options.height).transposed().contiguous()
    }
  }

  /// The middle of a sound, or a sound in the middle of silence.
  static func fit(_ samples: [Float], to count: Int) -> [Float] {
    if samples.count >= count {
      let start = (samples.count - count) / 2
      return Array(samples[start..<(start + count)])
    }
    let lead = (count - samples.count) / 2
    return [Float](repeating: 0, count: lead) + samples
      + [Float](repeating: 0, count: count - samples.count - lead)
  }
}
