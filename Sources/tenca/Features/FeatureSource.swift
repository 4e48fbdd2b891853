internal import Logging
internal import TencaAudio
internal import TencaNumerics

/// Turns sound files into features.
struct FeatureSource: Sendable {
  let options: FrontEndOptions
  /// The rate to bring sounds to, in hertz; nil for each file's own.
  let rate: Int?
  let strictRate: Bool
  let channel: ChannelPolicy
  let logger: Logger
  let cancellation: Cancellation

  /// The features of each channel of a sound that comes out: one, unless channels are kept apart.
  ///
  /// One channel is read as it is taken, in constant memory where the front end streams; several are
  /// read first, as they come side by side.
  func channels(of path: String) throws -> [FeatureRows] {
    let sound = try SoundStream(
      path: path, channel: channel, sampleRate: rate, strictRate: strictRate)
    let extractor = try FeatureExtractor(options, sampleRate: sound.sampleRate)
    if sound.sourceRate != sound.sampleRate {
      logger.info("\(path): resampled from \(sound.sourceRate) to \(sound.sampleRate) Hz")
    }
    let layout = extractor.describe(NDArray(zeros: [0, extractor.columnCount]))
    if sound.channelCount == 1 {
      return [
        FeatureRows(layout: layout) { receive in
          try extractor.extract(sound) { _, rows in
            try cancellation.check()
            try receive(rows)
          }
        }
      ]
    }
    var parts = [[NDArray<Float>]](repeating: [], count: sound.channelCount)
    try extractor.extract(sound) { channel, rows in
      try cancellation.check()
      parts[channel].append(rows)
    }
    return parts.map { blocks in
      FeatureRows(layout: layout) { receive in try blocks.forEach(receive) }
    }
  }
}

/// The features of one channel, as blocks of rows that can be taken once.
struct FeatureRows {
  /// What columns and rows mean; without rows.
  let layout: FeatureMatrix
  /// Calls a receiver with each block, frames × columns.
  let forEach: (_ receive: (NDArray<Float>) throws -> Void) throws -> Void

  /// All rows at once.
  func collected() throws -> FeatureMatrix {
    var blocks = [layout.values]
    try forEach { blocks.append($0) }
    var features = layout
    features.values = NDArray.concatenated(blocks)
    return features
  }
}
