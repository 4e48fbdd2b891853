/// Everything that decides which numbers come out of a sound: one value, saved with every model.
public struct FrontEndOptions: Sendable, Codable, Equatable {
  /// What a row holds.
  public var kind: FeatureKind
  /// Cutting and preparing frames.
  public var frames = FrameOptions()
  /// From Fourier coefficients to spectra.
  public var spectrum = SpectrumOptions()
  /// The mel filters.
  public var mel = MelOptions()
  /// The logarithm.
  public var compression = Compression.naturalLog(floor: .ulpOfOne)
  /// The cosine transform, and what becomes of log energy.
  public var cepstrum = CepstrumOptions()
  /// Derivatives appended to each row.
  public var deltas = DeltaOptions()
  /// Means and variances taken out.
  public var normalization = NormalizationOptions()
  /// Leaving out frames of silence; nil keeps all frames.
  public var voiceActivity: VoiceActivityOptions?

  /// Makes a toolkit's default options for a kind of feature.
  public init(_ convention: Convention = .kaldi, kind: FeatureKind = .mfcc) {
    self.kind = kind
    convention.apply(to: &self)
  }

  /// Whether rows can come out before the whole sound is known.
  ///
  /// Not so with a limit in decibels below the loudest value, normalised energy, utterance
  /// statistics, or voice activity: there a stream gives all rows when it is finished.
  public var streams: Bool {
    !needsWholeSound && normalization.scope != .utterance && voiceActivity == nil
  }

  /// Whether a row's static values depend on the whole sound.
  var needsWholeSound: Bool {
    if kind == .mfcc && cepstrum.energyNormalization != nil { return true }
    if case .decibels(let level) = compression { return level.topDB != nil && kind != .energy }
    return false
  }
}

/// What a row of features holds.
public enum FeatureKind: String, Sendable, Codable, CaseIterable {
  /// One value a Fourier bin.
  case spectrogram
  /// One value a mel filter.
  case mel
  /// Mel-frequency cepstral coefficients (Davis and Mermelstein 1980).
  case mfcc
  /// Log energy alone.
  case energy
}
