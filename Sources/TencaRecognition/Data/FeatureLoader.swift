public import TencaAudio
public import TencaNumerics

/// Turns recordings into features: reads, mixes channels, resamples where allowed, extracts.
public struct FeatureLoader: Sendable {
  /// The rate that features are computed at, in hertz.
  public let sampleRate: Int
  /// What is made of several channels.
  public let channel: ChannelPolicy
  /// Whether a sound of another rate is an error instead of being resampled.
  public let strictRate: Bool
  /// The front end at ``sampleRate``.
  public let extractor: FeatureExtractor

  /// Makes a loader.
  ///
  /// - Throws: `AudioError.invalidOption`.
  public init(
    _ frontEnd: FrontEndOptions, sampleRate: Int, channel: ChannelPolicy, strictRate: Bool
  ) throws {
    self.sampleRate = sampleRate
    self.channel = channel
    self.strictRate = strictRate
    extractor = try FeatureExtractor(frontEnd, sampleRate: sampleRate)
  }

  /// Loaders that hear voices of other lengths of the vocal tract, one a factor of the frequency axis.
  ///
  /// - Throws: `AudioError.invalidOption`.
  static func warped(
    by warps: [Double], _ frontEnd: FrontEndOptions, sampleRate: Int, channel: ChannelPolicy
  ) throws -> [FeatureLoader] {
    try warps.map { warp in
      var frontEnd = frontEnd
      frontEnd.mel.warp = warp
      return try FeatureLoader(
        frontEnd, sampleRate: sampleRate, channel: channel, strictRate: false)
    }
  }

  /// Hands over the features of a sound file block by block: in constant memory, where the front end
  /// streams.
  ///
  /// - Parameters:
  ///   - path: The file; `-` for standard input.
  ///   - cancellation: Stops in the middle of a long file.
  ///   - receive: Takes the next rows, frames × columns.
  /// - Returns: The rate that the sound was resampled from, if it was.
  /// - Throws: `AudioError`, ``RecognitionError/onlySilence(path:)``, `CancellationError`.
  public func stream(
    _ path: String, cancellation: Cancellation, _ receive: (NDArray<Float>) throws -> Void
  ) throws -> Int? {
    let sound = try SoundStream(
      path: path, channel: channel, sampleRate: sampleRate, strictRate: strictRate)
    var isSilent = true
    try extractor.extract(sound) { _, rows in
      try cancellation.check()
      isSilent = false
      try receive(rows)
    }
    if isSilent { throw RecognitionError.onlySilence(path: path) }
    return sound.sourceRate == sampleRate ? nil : sound.sourceRate
  }

  /// The features of a sound file, and the rate that it was resampled from, if it was.
  ///
  /// - Throws: As ``stream(_:cancellation:_:)``.
  public func load(
    _ path: String, cancellation: Cancellation = Cancellation()
  ) throws -> (features: NDArray<Float>, resampledFrom: Int?) {
    var parts: [NDArray<Float>] = []
    let resampledFrom = try stream(path, cancellation: cancellation) { parts.append($0) }
    return (parts.count == 1 ? parts[0] : NDArray.concatenated(parts), resampledFrom)
  }

  /// The features of samples that are at ``sampleRate`` already.
  ///
  /// - Throws: `AudioError.tooShort`, ``RecognitionError/onlySilence(path:)``.
  public func features(of samples: [Float], name: String) throws -> NDArray<Float> {
    let sound = Waveform(samples: samples, sampleRate: sampleRate)
    let features = try extractor.extract(sound, name: name)
    if features.frameCount == 0 { throw RecognitionError.onlySilence(path: name) }
    return features.values
  }
}
