#if canImport(Glibc)
  internal import Glibc
#endif

/// A formula that turns hertz into mel, a scale on which equal steps sound equal.
public enum MelScale: String, Sendable, Codable, CaseIterable {
  /// `1127 ln(1 + f / 700)`: Kaldi and HTK.
  case logarithmic1127 = "kaldi"
  /// `2595 log10(1 + f / 700)`: torchaudio, and librosa with htk=True.
  case logarithmic2595 = "htk"
  /// Linear to 1 kHz, logarithmic above (Slaney's Auditory Toolbox, 1998): librosa.
  case slaney
  /// `21.4 log10(1 + 0.00437 f)`: the number of equivalent rectangular bandwidths below a frequency
  /// (Glasberg and Moore 1990), on which gammatone filters are spaced.
  case erb

  private static let slaneyStep = Glibc.log(6.4) / 27

  /// The mel value of a frequency in hertz.
  public func mel(_ hertz: Double) -> Double {
    switch self {
    case .logarithmic1127: 1127 * Glibc.log(1 + hertz / 700)
    case .logarithmic2595: 2595 * log10(1 + hertz / 700)
    case .slaney:
      hertz < 1000 ? 3 * hertz / 200 : 15 + Glibc.log(hertz / 1000) / Self.slaneyStep
    case .erb: 21.4 * log10(1 + 0.00437 * hertz)
    }
  }

  /// The frequency in hertz of a mel value.
  public func hertz(_ mel: Double) -> Double {
    switch self {
    case .logarithmic1127: 700 * (exp(mel / 1127) - 1)
    case .logarithmic2595: 700 * (pow(10, mel / 2595) - 1)
    case .slaney: mel < 15 ? 200 * mel / 3 : 1000 * exp(Self.slaneyStep * (mel - 15))
    case .erb: (pow(10, mel / 21.4) - 1) / 0.00437
    }
  }
}
