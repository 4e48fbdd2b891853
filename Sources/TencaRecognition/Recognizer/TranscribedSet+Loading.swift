internal import TencaAudio
public import TencaNumerics

extension TranscribedSet {
  /// Loads recordings whose transcripts are known: sounds, or matrices of features in `.npy` files.
  ///
  /// - Parameters:
  ///   - dataset: Labelled with what is said; a column `speaker` says by whom.
  ///   - options: From sound to features; of matrices, what is made of static rows.
  ///   - sampleRate: The rate that sounds are brought to; nil: the most common one.
  ///   - withCopies: Whether the copies of ``RecognizerOptions/warps`` are made: for training.
  ///   - execution: Threads, progress and cancellation.
  /// - Throws: ``RecognitionError/badFeatures(reason:)`` where sounds and matrices are mixed,
  ///   ``RecognitionError/nothingLeft(count:first:)``, `AudioError.invalidOption`, `CancellationError`.
  public init(
    _ dataset: Dataset, options: RecognizerOptions, sampleRate: Int?, strictRate: Bool = false,
    withCopies: Bool = false, execution: Execution
  ) throws {
    let recordings = dataset.recordings
    let matrices = recordings.filter { $0.path.hasSuffix(".npy") }.count
    guard matrices == 0 || matrices == recordings.count else {
      throw RecognitionError.badFeatures(
        reason:
          "\(matrices) of \(recordings.count) recordings are .npy matrices, the others sounds: "
          + "give one kind")
    }
    var loader: FeatureLoader?
    if matrices == 0 {
      let rate = try FeatureSet.rate(
        of: dataset, asked: sampleRate, strictRate: strictRate, execution: execution)
      loader = try FeatureLoader(
        options.frontEnd, sampleRate: rate, channel: options.channel, strictRate: strictRate)
    }
    let source = FeatureSource(loader: loader, options: options)
    let counter = ProgressCounter(execution, task: "reading", total: recordings.count)
    let results = try execution.attempt(recordings.count, counter) {
      try source.features(at: recordings[$0].path, cancellation: execution.cancellation)
    }
    self.init(items: [], sampleRate: loader?.sampleRate)
    let transcripts = TranscriptText()
    var paths: [String] = []
    for (recording, result) in zip(recordings, results) {
      switch result {
      case .success(let features):
        paths.append(recording.path)
        items.append(
          Item(
            name: recording.name, words: transcripts.words(of: recording.label ?? ""),
            speaker: recording.attributes["speaker"], features: features))
      case .failure(let error): failures.append(Failure(name: recording.name, error))
      }
    }
    if items.isEmpty {
      throw RecognitionError.nothingLeft(count: recordings.count, first: failures.first?.message)
    }
    if withCopies { try addCopies(of: paths, options: options, execution: execution) }
  }

  /// Adds every sound as voices of other lengths of the vocal tract would say it, each a speaker's own.
  private mutating func addCopies(
    of paths: [String], options: RecognizerOptions, execution: Execution
  ) throws {
    let warps = options.warps ?? []
    guard let sampleRate, !warps.isEmpty else {
      if warps.isEmpty { return }
      throw RecognitionError.badFeatures(
        reason: "warped copies are made of sounds, and these are .npy matrices")
    }
    let originals = items
    let loaders = try FeatureLoader.warped(
      by: warps, options.frontEnd, sampleRate: sampleRate, channel: options.channel)
    for (warp, loader) in zip(warps, loaders) {
      let counter = ProgressCounter(
        execution, task: "warping by \(warp)", total: originals.count)
      items += try execution.map(originals.count) { index in
        defer { counter.advance() }
        var copy = originals[index]
        copy.features = try loader.load(
          paths[index], cancellation: execution.cancellation
        ).features
        copy.name += ", warped by \(warp)"
        copy.speaker = copy.speaker.map { "\($0), warped by \(warp)" }
        copy.isCopy = true
        return copy
      }
    }
  }
}
