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

  let analysis: FrameAnalysis
  let cepstra: CepstralTransform?
  let stages: [any RowStage]

  /// Designs windows and filters.
  ///
  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  public init(_ options: FrontEndOptions, sampleRate: Int) throws {
    guard sampleRate > 0, sampleRate <= 10_000_000 else {
      throw AudioError.invalidOption(
        name: "rate", value: "\(sampleRate)", rule: "between 1 and 10000000 Hz.")
    }
    self.options = options
    self.sampleRate = sampleRate
    analysis = try FrameAnalysis(options, sampleRate: sampleRate)
    cepstra =
      options.kind == .mfcc
      ? try CepstralTransform(options.cepstrum, inputs: analysis.width) : nil
    let staticWidth = Self.staticWidth(options, analysis: analysis, cepstra: cepstra)
    guard staticWidth > 0 else {
      throw AudioError.invalidOption(
        name: "cepstra", value: "\(options.cepstrum.count)", rule: "no coefficient is left.")
    }
    var stages: [any RowStage] = try DeltaStage.stages(options.deltas, width: staticWidth)
    let width = stages.last?.outputWidth ?? staticWidth
    if options.normalization.scope != .none {
      stages.append(try NormalizationStage(options.normalization, width: width))
    }
    self.stages = stages
    columnCount = width
    self.staticWidth = staticWidth
  }

  /// The number of columns.
  public let columnCount: Int
  /// The number of columns before derivatives.
  let staticWidth: Int

  private static func staticWidth(
    _ options: FrontEndOptions, analysis: FrameAnalysis, cepstra: CepstralTransform?
  ) -> Int {
    if options.kind == .energy { return 1 }
    let extra = options.cepstrum.energy == .appended || options.cepstrum.energy == .prepended
    let hasEnergy = options.kind != .spectrogram && extra
    return (cepstra?.outputs ?? analysis.width) + (hasEnergy ? 1 : 0)
  }

  /// The features of a whole sound.
  ///
  /// - Throws: ``AudioError/tooShort(place:found:needed:unit:)`` when not one frame fits,
  ///   ``AudioError/rateMismatch(path:found:expected:)`` when the rates differ.
  /// - Complexity: O(n log n) in the length of a frame for each frame.
  public func extract(_ waveform: Waveform, name: String = "sound") throws -> FeatureMatrix {
    guard waveform.sampleRate == sampleRate else {
      throw AudioError.rateMismatch(
        path: name, found: waveform.sampleRate, expected: sampleRate)
    }
    var stream = FeatureStream(self)
    var rows = try stream.process(waveform.samples, last: false)
    rows.append(try stream.process([], last: true))
    try stream.checkLength(name: name)
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
    precondition(sound.sampleRate == sampleRate, "a stream at another rate")
    var streams = (0..<sound.channelCount).map { _ in FeatureStream(self) }
    while let block = try sound.next() {
      for channel in streams.indices {
        let rows = try streams[channel].append(block[channel])
        if !rows.isEmpty { try receive(channel, rows) }
      }
    }
    for channel in streams.indices {
      let rows = try streams[channel].finish()
      try streams[channel].checkLength(name: sound.path)
      if !rows.isEmpty { try receive(channel, rows) }
    }
  }

  /// The least number of samples that give a frame.
  public var minimumSamples: Int {
    let geometry = analysis.geometry
    var low = 1
    while geometry.frameCount(length: low + 2 * options.frames.paddingSamples) == 0 { low += 1 }
    return low
  }

  /// Rows of this front end together with what they are.
  public func describe(_ rows: NDArray<Float>) -> FeatureMatrix {
    let hop = Double(analysis.geometry.hop) / Double(sampleRate)
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
    if columnCount != analysis.width { return nil }
    switch options.kind {
    case .mfcc, .energy: return nil
    case .mel: return analysis.bank?.centerFrequencies
    case .spectrogram:
      let step = Double(sampleRate) / Double(analysis.fftLength)
      return (0..<analysis.width).map { Double($0) * step }
    }
  }

  /// What each column is.
  public var columnNames: [String] {
    let statics = staticNames
    return (0...options.deltas.order).flatMap { order in
      statics.map { String(repeating: "Δ", count: order) + $0 }
    }
  }

  private var staticNames: [String] {
    var names: [String]
    switch options.kind {
    case .energy: return ["energy"]
    case .spectrogram:
      let step = Double(sampleRate) / Double(analysis.fftLength)
      names = (0..<analysis.width).map { "\(Int((Double($0) * step).rounded())) Hz" }
      if options.cepstrum.energy == .replacesZeroth && isLogarithmic { names[0] = "energy" }
      return names
    case .mel:
      names = analysis.bank!.centerFrequencies.map { "mel \(Int($0.rounded())) Hz" }
    case .mfcc:
      let count = options.cepstrum.count
      switch options.cepstrum.zeroth {
      case .first: names = (0..<count).map { "c\($0)" }
      case .last: names = (1..<max(count, 1)).map { "c\($0)" } + ["c0"]
      case .omitted: names = (1...count).map { "c\($0)" }
      }
      if options.cepstrum.energy == .replacesZeroth, let zeroth = names.firstIndex(of: "c0") {
        names[zeroth] = "energy"
      }
    }
    switch options.cepstrum.energy {
    case .prepended: return ["energy"] + names
    case .appended: return names + ["energy"]
    case .absent, .replacesZeroth: return names
    }
  }

  /// Whether values are logarithms, beside which a log energy makes sense.
  var isLogarithmic: Bool { options.compression != .none }
}
