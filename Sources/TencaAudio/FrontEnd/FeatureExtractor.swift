public import TencaNumerics

/// A front end for one sample rate: sound in, features out.
///
/// ```swift
/// let extractor = try FeatureExtractor(FrontEndOptions(.kaldi), sampleRate: 16000)
/// let features = try extractor.extract(Waveform.read(path: "word.wav"))
/// ```
///
/// A value made once and used from any thread. Whole sounds and streams run the same code: a whole
/// sound is one chunk, and chunks never change a bit of the result.
public struct FeatureExtractor: Sendable {
  /// What comes out.
  public let options: FrontEndOptions
  /// The rate of the sounds that go in, in hertz.
  public let sampleRate: Int
  /// The number of columns.
  public let columnCount: Int

  /// Seconds from one frame to the next.
  public var hopSeconds: Double { Double(analysis.geometry.hop) / Double(sampleRate) }

  let analysis: FrameAnalysis
  let columns: StaticColumns

  /// Designs windows and filters.
  ///
  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  public init(_ options: FrontEndOptions, sampleRate: Int) throws {
    try checkRate(sampleRate)
    try options.checkRanges()
    self.options = options
    self.sampleRate = sampleRate
    analysis = try FrameAnalysis(options, sampleRate: sampleRate)
    columns = try StaticColumns(options, spectrumWidth: analysis.width)
    columnCount =
      try Self.stages(options, width: columns.width).last?.outputWidth ?? columns.width
  }

  /// What rows go through after their static columns are there, ready for one stream.
  static func stages(_ options: FrontEndOptions, width: Int) throws -> [any RowStage] {
    var stages: [any RowStage] = try DeltaStage.stages(options.deltas, width: width)
    if let stage = try normalization(options.normalization, stages.last?.outputWidth ?? width) {
      stages.append(stage)
    }
    return stages
  }

  static func normalization(
    _ options: NormalizationOptions, _ width: Int
  ) throws -> (any RowStage)? {
    switch options.scope {
    case .none: nil
    case .utterance: UtteranceNormalizationStage(options, width: width)
    case .sliding: try SlidingNormalizationStage(options, width: width)
    }
  }

  /// The features of a whole sound; with voice activity, no rows for a sound of silence.
  ///
  /// - Parameters:
  ///   - waveform: One channel, at ``sampleRate``.
  ///   - name: What errors call the sound.
  /// - Throws: ``AudioError/tooShort(place:found:needed:unit:)`` when not one frame fits,
  ///   ``AudioError/rateMismatch(path:found:expected:)`` when the rates differ,
  ///   ``AudioError/overflow(place:frame:)`` for samples that are not finite or far beyond full scale.
  /// - Complexity: O(n log n) in the length of a frame for each frame.
  public func extract(_ waveform: Waveform, name: String = "sound") throws -> FeatureMatrix {
    guard waveform.sampleRate == sampleRate else {
      throw AudioError.rateMismatch(
        path: name, found: waveform.sampleRate, expected: sampleRate)
    }
    let stream = FeatureStream(self, name: name)
    let rows = try stream.process(waveform.samples, last: true)
    return describe(NDArray(rows.values, shape: [rows.end, columnCount]))
  }

  /// The features of a sound file, block by block.
  ///
  /// - Parameters:
  ///   - sound: A stream at ``sampleRate``.
  ///   - receive: Takes the next rows (rows × columns) of a channel.
  /// - Throws: As ``extract(_:name:)``, and ``AudioError`` of the stream.
  public func extract(
    _ sound: SoundStream, _ receive: (_ channel: Int, NDArray<Float>) throws -> Void
  ) throws {
    guard sound.sampleRate == sampleRate else {
      throw AudioError.rateMismatch(
        path: sound.path, found: sound.sampleRate, expected: sampleRate)
    }
    let streams = (0..<sound.channelCount).map { _ in FeatureStream(self, name: sound.path) }
    while let block = try sound.next() {
      for channel in streams.indices {
        let rows = try streams[channel].append(block[channel])
        if !rows.isEmpty { try receive(channel, rows) }
      }
    }
    for channel in streams.indices {
      let rows = try streams[channel].finish()
      if !rows.isEmpty { try receive(channel, rows) }
    }
  }

  /// The least number of samples that give a frame.
  public var minimumSamples: Int {
    max(1, analysis.geometry.minimumLength - 2 * options.frames.paddingSamples)
  }

  /// Rows of this front end together with what they are.
  public func describe(_ rows: NDArray<Float>) -> FeatureMatrix {
    let hop = hopSeconds
    let middle = Double(analysis.geometry.origin) + Double(analysis.geometry.span) / 2
    return FeatureMatrix(
      values: rows,
      columnNames: columnNames, hopSeconds: hop,
      firstFrameTime: (middle - Double(options.frames.paddingSamples)) / Double(sampleRate),
      frequencies: frequencies)
  }

  /// The frequency of each column in hertz: bin frequencies or filter centres, where columns are
  /// that and nothing was appended.
  public var frequencies: [Double]? {
    let hasFrequencies = options.kind == .spectrogram || options.kind == .mel
    return hasFrequencies && columnCount == analysis.width ? analysis.frequencies : nil
  }

  /// What each column is.
  public var columnNames: [String] {
    let statics = StaticColumns.names(options, frequencies: analysis.frequencies)
    return (0...options.deltas.order).flatMap { order in
      statics.map { String(repeating: "Δ", count: order) + $0 }
    }
  }
}
