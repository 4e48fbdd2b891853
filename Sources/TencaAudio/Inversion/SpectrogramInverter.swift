public import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// From a spectrogram or mel energies back to sound: the way of a ``FeatureExtractor`` with the same
/// options, backwards.
///
/// ```swift
/// var options = FrontEndOptions(.librosa, kind: .mel)
/// let mel = try FeatureExtractor(options, sampleRate: 16000).extract(sound)
/// let inverter = try SpectrogramInverter(options, sampleRate: 16000)
/// let heard = try inverter.sound(of: mel.values, length: sound.samples.count)
/// try SoundWriter.write([heard.waveform], to: "heard.wav")
/// ```
///
/// Logarithms are undone, mel filters by ``MelInversion``, missing phases found by
/// ``PhaseRecovery``, and pre-emphasis, scale and padding taken back. A mean that was subtracted from
/// each frame, dither, and the bin that a log energy stands in for are lost.
public struct SpectrogramInverter: Sendable {
  /// What the spectrogram was made with.
  public let options: FrontEndOptions
  /// The rate of the sound, in hertz.
  public let sampleRate: Int
  /// The number of columns that a spectrogram has.
  public let columnCount: Int
  /// The transform whose phases are missing.
  public let transform: ShortTimeFourierTransform

  private let analysis: FrameAnalysis
  private let mel: MelInversion?
  private let recovery: PhaseRecovery

  /// No sample of a result is louder.
  public static let greatestPeak: Float = 0.99
  /// A sound below it would be nothing but zeros in 16 bits.
  private static let leastPeak: Float = 0.5 / 32768

  /// Prepares the way back.
  ///
  /// - Parameters:
  ///   - options: What the spectrogram was made with: of kind ``FeatureKind/spectrogram`` or
  ///     ``FeatureKind/mel``, without derivatives, normalisation and voice activity.
  ///   - sampleRate: The rate of the sound, in hertz.
  ///   - recovery: How phases are found.
  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  public init(
    _ options: FrontEndOptions, sampleRate: Int, recovery: PhaseRecoveryOptions = .init()
  ) throws {
    try options.checkInvertible()
    let extractor = try FeatureExtractor(options, sampleRate: sampleRate)
    self.options = options
    self.sampleRate = sampleRate
    columnCount = extractor.columnCount
    analysis = extractor.analysis
    transform = ShortTimeFourierTransform(analysis)
    mel = analysis.bank.map { MelInversion($0) }
    self.recovery = try PhaseRecovery(transform, recovery)
  }

  /// The magnitudes behind a spectrogram, on the scale of sound of ±1.
  ///
  /// - Parameters:
  ///   - spectrogram: frames × ``columnCount``, as the extractor gives it.
  ///   - name: What errors call it.
  ///   - execution: How many threads, and who may stop it.
  /// - Returns: frames × bins.
  /// - Throws: As ``sound(of:length:name:execution:report:)``.
  public func magnitudes(
    of spectrogram: NDArray<Float>, name: String = "spectrogram", execution: Execution = .serial
  ) throws -> NDArray<Float> {
    let check = SpectrogramCheck(name: name)
    try check.requireShape(spectrogram, columns: columnCount, reason: widthRule)
    let isPlain = options.compression == .none
    try check.requireValues(
      spectrogram, least: isPlain ? 0 : -.greatestFiniteMagnitude,
      problem: "is negative, and no energy is. If it is a logarithm, say which.")
    var energies = options.compression.energies(of: withoutEnergy(spectrogram))
    // A finite logarithm can stand for more than a float holds.
    try check.requireValues(
      energies, least: 0, problem: "is negative, and no energy is. If it is a logarithm, say which."
    )
    let silence = options.compression.silence
    if energies.withUnsafeBuffer({ $0.allSatisfy { $0 <= silence } }) {
      throw AudioError.silence(place: name)
    }
    if let mel { energies = try mel.spectra(of: energies, execution: execution) }
    let exponent = options.spectrum.exponent
    let scale = 1 / (analysis.powerScale.squareRoot() * options.frames.inputScale)
    if exponent == 1 { return energies.map { $0 * scale } }
    if exponent == 2 { return energies.map { $0.squareRoot() * scale } }
    return energies.map { pow($0, 1 / exponent) * scale }
  }

  /// The sound of a spectrogram: of exactly the length that is asked for, never clipped, and never
  /// silent.
  ///
  /// - Parameters:
  ///   - spectrogram: frames × ``columnCount``, as the extractor gives it.
  ///   - length: The number of samples wanted; by default what the frames cover, which is up to a hop
  ///     less than the sound had.
  ///   - name: What errors call the spectrogram.
  ///   - execution: How many threads, who may stop it, who hears of progress. The sound is the same.
  ///   - report: Told of random phases and of each iteration.
  /// - Throws: ``AudioError/wrongWidth(place:found:needed:reason:)``,
  ///   ``AudioError/badCell(place:row:column:problem:)`` for NaN, infinities and negative energies,
  ///   ``AudioError/silence(place:)`` where nothing would be heard,
  ///   ``AudioError/tooShort(place:found:needed:unit:)``, `CancellationError`.
  /// - Complexity: O(iterations · frames · fftLength · log fftLength).
  public func sound(
    of spectrogram: NDArray<Float>, length: Int? = nil, name: String = "spectrogram",
    execution: Execution = .serial,
    report: (PhaseRecovery.Iteration) throws -> Void = { _ in }
  ) throws -> InvertedSound {
    let magnitudes = try magnitudes(of: spectrogram, name: name, execution: execution)
    let padding = options.frames.paddingSamples
    let covered = transform.coveredLength(frames: magnitudes.rows)
    let recovered = try recovery.sound(
      of: magnitudes, length: length.map { $0 + 2 * padding } ?? covered, name: name,
      execution: execution, report: report)
    var samples = recovered.samples
    if padding > 0 { samples = Array(samples.dropFirst(padding).dropLast(padding)) }
    undoPreEmphasis(&samples)
    let peak = samples.reduce(0) { max($0, abs($1)) }
    let isTooLoud = peak > Self.greatestPeak || options.compression.losesLevel
    guard peak.isFinite, isTooLoud ? peak > 0 : peak >= Self.leastPeak else {
      throw AudioError.silence(place: name)
    }
    // A little below, lest the product be rounded up.
    let gain = isTooLoud ? Self.greatestPeak * (1 - 2 * .ulpOfOne) / peak : 1
    if gain != 1 { samples = samples.map { $0 * gain } }
    return InvertedSound(
      waveform: Waveform(samples: samples, sampleRate: sampleRate),
      inconsistencies: recovered.inconsistencies, gain: gain)
  }

  /// What the number of columns follows from.
  private var widthRule: String {
    if mel != nil { return "one a mel filter. Say with --mels how many there are." }
    return
      "one a bin of a Fourier transform of \(analysis.fftLength) samples. Say with --fft-length "
      + "how long it was, or --mel for mel energies."
  }

  /// The spectrum's own columns. Where log energy took the place of the first bin, which is that of
  /// 0 Hz, nothing is.
  private func withoutEnergy(_ rows: NDArray<Float>) -> NDArray<Float> {
    switch options.energyPlace {
    case .nowhere: return rows
    case .first: return rows.columns(1..<columnCount)
    case .last: return rows.columns(0..<(columnCount - 1))
    case .insteadOfFirst, .insteadOfLast:
      var rows = rows
      let column = options.energyPlace == .insteadOfFirst ? 0 : columnCount - 1
      for row in 0..<rows.rows { rows[row, column] = -.infinity }
      return rows
    }
  }

  /// x[i] = y[i] + a · x[i - 1], where y[i] = x[i] - a · x[i - 1].
  private func undoPreEmphasis(_ samples: inout [Float]) {
    let coefficient = options.frames.preEmphasis
    if coefficient == 0 { return }
    var last: Float = 0
    for index in samples.indices {
      last = samples[index] + coefficient * last
      samples[index] = last
    }
  }
}

/// A sound that was made of a spectrogram.
public struct InvertedSound: Sendable, Equatable {
  /// The sound, no sample above ``SpectrogramInverter/greatestPeak``.
  public let waveform: Waveform
  /// ``PhaseRecovery/Iteration/inconsistency`` of random phases and after each iteration.
  public let inconsistencies: [Double]
  /// What the sound was multiplied by so as not to clip; 1 unless it would have, or unless its level
  /// was not known.
  public let gain: Float
}
