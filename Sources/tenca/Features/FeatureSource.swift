internal import TencaAudio
internal import TencaNumerics

/// Turns sound files into features, whole or row by row.
struct FeatureSource: Sendable {
  let options: FrontEndOptions
  let rate: Int?
  let strictRate: Bool
  let channel: ChannelPolicy

  /// Opens a sound together with the front end for its rate.
  func open(_ path: String) throws -> (sound: SoundStream, extractor: FeatureExtractor) {
    let sound = try SoundStream(
      path: path, channel: channel, sampleRate: rate, strictRate: strictRate)
    return (sound, try FeatureExtractor(options, sampleRate: sound.sampleRate))
  }

  /// The features of each channel of a sound.
  func features(of path: String) throws -> (channels: [FeatureMatrix], resampledFrom: Int?) {
    let (sound, extractor) = try open(path)
    var parts = [[NDArray<Float>]](repeating: [], count: sound.channelCount)
    try extractor.extract(sound) { channel, rows in parts[channel].append(rows) }
    let channels = parts.map { rows in
      extractor.describe(
        rows.isEmpty
          ? NDArray(zeros: [0, extractor.columnCount]) : NDArray.concatenated(rows))
    }
    return (channels, sound.sourceRate == sound.sampleRate ? nil : sound.sourceRate)
  }
}
