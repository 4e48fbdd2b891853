internal import TencaAudio
public import TencaNumerics

/// The features of many recordings, and what became of the others.
public struct FeatureSet: Sendable {
  /// The recordings that could be used.
  public private(set) var recordings: [Recording] = []
  /// Their features, frames × columns each.
  public private(set) var features: [NDArray<Float>] = []
  /// Changed copies of each recording's features, to learn from beside them; see
  /// ``ClassifierOptions/warps``.
  public private(set) var copies: [[NDArray<Float>]] = []
  /// The recordings that could not be used, in order.
  public private(set) var failures: [Failure] = []
  /// Classes none of whose recordings could be used, each with its first failure.
  public private(set) var lostClasses: [String: Failure] = [:]
  /// How many recordings were resampled, by the rate that they came at.
  public private(set) var resampled: [Int: Int] = [:]
  /// The rate of the features, in hertz.
  public let sampleRate: Int

  /// Makes a set of features at hand.
  init(recordings: [Recording], features: [NDArray<Float>], sampleRate: Int = 16000) {
    self.recordings = recordings
    self.features = features
    self.sampleRate = sampleRate
    copies = recordings.map { _ in [] }
  }

  /// Loads every recording of `dataset`, several at a time; a bad one does not stop the others.
  ///
  /// - Throws: ``RecognitionError/nothingLeft(count:first:)``, `AudioError.invalidOption`,
  ///   `CancellationError`.
  public init(
    _ dataset: Dataset, options: ClassifierOptions, strictRate: Bool, execution: Execution
  ) throws {
    sampleRate = try Self.rate(
      of: dataset, asked: options.sampleRate, strictRate: strictRate, execution: execution)
    let loader = try FeatureLoader(
      options.frontEnd, sampleRate: sampleRate, channel: options.channel, strictRate: strictRate)
    let all = dataset.recordings
    let counter = ProgressCounter(execution, task: "reading", total: all.count)
    let results = try execution.attempt(all.count, counter) { index in
      try loader.load(all[index].path, cancellation: execution.cancellation)
    }
    for (recording, result) in zip(all, results) {
      switch result {
      case .success(let loaded):
        recordings.append(recording)
        features.append(loaded.features)
        if let rate = loaded.resampledFrom { resampled[rate, default: 0] += 1 }
      case .failure(let error):
        let failure = Failure(name: recording.name, error)
        failures.append(failure)
        if let label = recording.label, lostClasses[label] == nil { lostClasses[label] = failure }
      }
    }
    if recordings.isEmpty {
      throw RecognitionError.nothingLeft(count: all.count, first: failures.first?.message)
    }
    copies = try Self.copies(
      of: recordings, options: options, sampleRate: sampleRate, execution: execution)
    for label in labels { lostClasses[label] = nil }
  }

  /// The classes of the recordings that could be used, in alphabetical order.
  public var labels: [String] { Set(recordings.compactMap(\.label)).sorted() }

  /// The recordings at `indices`.
  public func subset(_ indices: [Int]) -> FeatureSet {
    var result = self
    result.recordings = indices.map { recordings[$0] }
    result.features = indices.map { features[$0] }
    result.copies = indices.map { copies[$0] }
    return result
  }

  /// What a recording is to be learned from: its features and their copies.
  func examples(_ index: Int) -> [NDArray<Float>] { [features[index]] + copies[index] }

  /// The features of recordings as voices of other lengths of the vocal tract would give them.
  private static func copies(
    of recordings: [Recording], options: ClassifierOptions, sampleRate: Int, execution: Execution
  ) throws -> [[NDArray<Float>]] {
    let warps = options.warps ?? []
    if warps.isEmpty { return recordings.map { _ in [] } }
    let loaders = try FeatureLoader.warped(
      by: warps, options.frontEnd, sampleRate: sampleRate, channel: options.channel)
    let counter = ProgressCounter(execution, task: "warping", total: recordings.count)
    return try execution.map(recordings.count) { index in
      defer { counter.advance() }
      return try loaders.map {
        try $0.load(recordings[index].path, cancellation: execution.cancellation).features
      }
    }
  }

  /// - Throws: ``RecognitionError/unlabelled(path:)`` naming the first recording without a label.
  func requireLabels() throws {
    if let recording = recordings.first(where: { $0.label == nil }) {
      throw RecognitionError.unlabelled(path: recording.path)
    }
  }

  /// The rate to work at: the one asked for, or else the most common, and of equals the lowest.
  static func rate(
    of dataset: Dataset, asked: Int?, strictRate: Bool, execution: Execution
  ) throws -> Int {
    if let asked { return asked }
    // A file that cannot be opened has no rate; why it cannot is reported when it is read.
    let rates = try execution.map(dataset.recordings.count) { index in
      try? SoundReader(path: dataset.recordings[index].path).sampleRate
    }
    let counts = Dictionary(grouping: rates.compactMap { $0 }) { $0 }.mapValues(\.count)
    if strictRate && counts.count > 1 { throw RecognitionError.mixedRates(counts.keys.sorted()) }
    let best = counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }
    // Where none can be opened any rate will do: reading them fails, and that is what is said.
    return best?.key ?? 16000
  }
}
