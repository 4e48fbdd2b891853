internal import TencaAudio
public import TencaNumerics

/// The patches of many sound files, and what they were scaled with.
public struct PatchSet: Sendable {
  /// A sound file and its class.
  public struct Source: Sendable, Equatable {
    /// Where the file is.
    public var path: String
    /// What it is listed under.
    public var name: String
    /// Its class, where that is known.
    public var label: String?

    /// Makes a source.
    public init(path: String, name: String, label: String? = nil) {
      self.path = path
      self.name = name
      self.label = label
    }
  }

  /// A file that could not be used.
  public struct Failure: Sendable, Equatable {
    /// The file.
    public let source: Source
    /// What was wrong and what to do, in words.
    public let message: String
  }

  /// The patches: sounds × height × width, in 0...1.
  public let patches: NDArray<Float>
  /// The files that they are of.
  public let sources: [Source]
  /// The files that could not be used.
  public let failures: [Failure]
  /// What makes such patches and undoes them.
  public let codec: SpectrogramPatches

  /// The classes, in alphabetical order.
  public var classes: [String] { Set(sources.compactMap(\.label)).sorted() }

  /// The place of each patch's class among ``classes``; nil where it has none.
  public var classIndices: [Int?] {
    let places = Dictionary(uniqueKeysWithValues: zip(classes, 0...))
    return sources.map { source in source.label.flatMap { places[$0] } }
  }

  /// Reads sounds, several at a time, resampling them where needed; a bad one does not stop the
  /// others.
  ///
  /// - Parameters:
  ///   - sources: The files.
  ///   - options: What a patch is.
  ///   - statistics: What was learned before; nil to learn it from these sounds.
  ///   - execution: How many threads, who may stop it, who hears of progress. Patches are the same.
  /// - Throws: ``SynthesisError/noSounds(reason:)`` where none could be used, `AudioError` and
  ///   ``SynthesisError/invalidOption(name:value:limit:)`` of the options, `CancellationError`.
  public init(
    _ sources: [Source], options: PatchOptions, statistics: PatchStatistics? = nil,
    execution: Execution = .serial
  ) throws {
    let logarithms = try SpectrogramPatches.logarithms(options)
    let counter = ProgressCounter(execution, task: "reading", total: sources.count)
    let results = try execution.map(sources.count) { index in
      defer { counter.advance() }
      let source = sources[index]
      return Result {
        try logarithms(
          try Waveform.read(path: source.path, sampleRate: options.sampleRate), source.name)
      }
    }
    var (used, values): ([Source], [NDArray<Float>]) = ([], [])
    var failures: [Failure] = []
    for (source, result) in zip(sources, results) {
      switch result {
      case .success(let value):
        used.append(source)
        values.append(value)
      case .failure(let error):
        failures.append(Failure(source: source, message: "\(error)"))
      }
    }
    guard !values.isEmpty else {
      throw SynthesisError.noSounds(reason: failures.first?.message ?? "none were given")
    }
    codec = SpectrogramPatches(
      options, statistics: statistics ?? PatchStatistics(values, scaling: options.scaling))
    let scale = codec.statistics
    patches = NDArray.concatenated(
      values.map { scale.scaled($0).reshaped([1, options.height, options.width]) })
    self.sources = used
    self.failures = failures
  }
}
