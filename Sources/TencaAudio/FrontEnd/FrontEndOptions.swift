/// Everything that decides which numbers come out of a sound: one value, saved with every model.
public struct FrontEndOptions: Sendable, Codable, Equatable {
  /// What a row holds.
  public var kind: FeatureKind
  /// Cutting and preparing frames.
  public var frames = FrameOptions()
  /// From Fourier coefficients to spectra.
  public var spectrum = SpectrumOptions()
  /// Teager's energy operator in the place of powers; nil for none.
  public var teager: TeagerOperator?
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
  /// Not so with a limit in decibels below the loudest value or a reference that is it, normalised
  /// energy, utterance statistics, derivatives that wrap around, or voice activity: there a stream
  /// gives all rows when it is finished.
  public var streams: Bool {
    let wraps = deltas.order > 0 && deltas.edges == .wrap
    return !needsWholeSound && !wraps && normalization.scope != .utterance && voiceActivity == nil
  }

  /// Whether a row's static values depend on the whole sound.
  var needsWholeSound: Bool {
    if energyPlace != .nowhere && cepstrum.energyNormalization != nil { return true }
    guard kind != .energy, case .decibels(let level) = compression else { return false }
    return level.topDB != nil || level.reference == .peak
  }

  /// Where the log energy stands among the static columns.
  enum EnergyPlace {
    case nowhere, first, last
    /// In the place of the first or the last of the other columns.
    case insteadOfFirst, insteadOfLast
  }

  /// Where the log energy stands among the static columns of this kind of feature.
  var energyPlace: EnergyPlace {
    switch (kind, cepstrum.energy) {
    case (.energy, _): .insteadOfFirst
    case (_, .absent): .nowhere
    case (.mfcc, .replacesZeroth):
      switch cepstrum.zeroth {
      case .first: .insteadOfFirst
      case .last: .insteadOfLast
      case .omitted: .nowhere
      }
    case (.mel, .replacesZeroth): .nowhere
    // Kaldi puts log energy where the logarithm of the bin at 0 Hz would be.
    case (.spectrogram, .replacesZeroth): compression == .none ? .nowhere : .insteadOfFirst
    case (.spectrogram, _): .nowhere
    case (_, .prepended): .first
    case (_, .appended): .last
    }
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
