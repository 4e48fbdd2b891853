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

  /// The features of a sound file, and the rate that it was resampled from, if it was.
  ///
  /// - Throws: `AudioError`, ``RecognitionError/onlySilence(path:)``.
  public func load(_ path: String) throws -> (features: NDArray<Float>, resampledFrom: Int?) {
    let sound = try SoundStream(
      path: path, channel: channel, sampleRate: sampleRate, strictRate: strictRate)
    var parts: [NDArray<Float>] = []
    try extractor.extract(sound) { _, rows in parts.append(rows) }
    if parts.isEmpty { throw RecognitionError.onlySilence(path: path) }
    return (
      parts.count == 1 ? parts[0] : NDArray.concatenated(parts),
      sound.sourceRate == sampleRate ? nil : sound.sourceRate
    )
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

/// A recording that could not be used, and why.
public struct Failure: Sendable, Equatable {
  /// Its name in the batch.
  public let name: String
  /// What was wrong and what to do, in words.
  public let message: String

  /// Makes a failure of an error.
  public init(name: String, _ error: any Error) {
    self.name = name
    message = "\(error)"
  }
}

/// The features of many recordings, and what became of the others.
public struct FeatureSet: Sendable {
  /// The recordings that could be used.
  public private(set) var recordings: [Recording] = []
  /// Their features, frames × columns each.
  public private(set) var features: [NDArray<Float>] = []
  /// The recordings that could not be used, in order.
  public private(set) var failures: [Failure] = []
  /// How many recordings were resampled, by the rate that they came at.
  public private(set) var resampled: [Int: Int] = [:]
  /// The rate of the features, in hertz.
  public let sampleRate: Int

  /// Loads every recording of `dataset`, several at a time; a bad one does not stop the others.
  ///
  /// - Throws: ``RecognitionError/nothingLeft(count:first:)``, `AudioError.invalidOption`,
  ///   `CancellationError`.
  public init(
    _ dataset: Dataset, options: ClassifierOptions, strictRate: Bool, execution: Execution
  ) throws {
    sampleRate = try Self.rate(
      of: dataset, options: options, strictRate: strictRate, execution: execution)
    let loader = try FeatureLoader(
      options.frontEnd, sampleRate: sampleRate, channel: options.channel, strictRate: strictRate)
    let all = dataset.recordings
    let counter = ProgressCounter(execution, task: "reading", total: all.count)
    let results = try execution.map(all.count) { index in
      defer { counter.advance() }
      return Result { try loader.load(all[index].path) }
    }
    for (recording, result) in zip(all, results) {
      switch result {
      case .success(let loaded):
        recordings.append(recording)
        features.append(loaded.features)
        if let rate = loaded.resampledFrom { resampled[rate, default: 0] += 1 }
      case .failure(let error):
        failures.append(Failure(name: recording.name, error))
      }
    }
    if recordings.isEmpty {
      throw RecognitionError.nothingLeft(
        count: all.count, first: failures.first?.message ?? "there is no recording")
    }
  }

  /// The recordings for which `isIncluded` holds.
  public func filtered(_ isIncluded: (Recording) -> Bool) -> FeatureSet {
    var result = self
    let kept = recordings.indices.filter { isIncluded(recordings[$0]) }
    result.recordings = kept.map { recordings[$0] }
    result.features = kept.map { features[$0] }
    return result
  }

  /// The rate to work at: the one asked for, or else the most common, and of equals the lowest.
  private static func rate(
    of dataset: Dataset, options: ClassifierOptions, strictRate: Bool, execution: Execution
  ) throws -> Int {
    if let rate = options.sampleRate { return rate }
    // A file that cannot be opened has no rate; it is reported when it is read.
    let rates = try execution.map(dataset.recordings.count) { index in
      try? SoundReader(path: dataset.recordings[index].path).sampleRate
    }
    let counts = Dictionary(grouping: rates.compactMap { $0 }) { $0 }.mapValues(\.count)
    if strictRate && counts.count > 1 { throw RecognitionError.mixedRates(counts.keys.sorted()) }
    let best = counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }
    return best?.key ?? 16000
  }
}
