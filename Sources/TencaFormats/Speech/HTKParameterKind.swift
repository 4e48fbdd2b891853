/// What the numbers in an HTK file are: a base kind and qualifiers, one 16-bit code together
/// (HTK Book 3.4, section 5.10.1).
public struct HTKParameterKind: RawRepresentable, Sendable, Equatable {
  /// The code as it stands in the file.
  public let rawValue: UInt16

  /// The kind with the code of a file.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// A kind, with what was done to it.
  public init(_ base: Base, _ qualifiers: Qualifiers = []) {
    rawValue = base.rawValue | qualifiers.rawValue
  }

  /// The base kind; nil for a code that HTK does not define.
  public var base: Base? { Base(rawValue: rawValue & Self.baseMask) }

  /// What was done to the base kind.
  public var qualifiers: Qualifiers { Qualifiers(rawValue: rawValue & ~Self.baseMask) }

  private static let baseMask: UInt16 = 0x3F

  /// The base kinds.
  public enum Base: UInt16, Sendable, CaseIterable {
    /// Samples of sound.
    case waveform
    /// Linear prediction coefficients.
    case lpc
    /// Reflection coefficients.
    case lprefc
    /// Cepstral coefficients of linear prediction.
    case lpcepstra
    /// Cepstral coefficients of linear prediction with deltas.
    case lpdelcep
    /// Reflection coefficients in 16-bit integers.
    case irefc
    /// Mel-frequency cepstral coefficients.
    case mfcc
    /// Log mel filter bank channels.
    case fbank
    /// Linear mel filter bank channels.
    case melspec
    /// Whatever the user says.
    case user
    /// Vector-quantised data.
    case discrete
    /// Perceptual linear prediction coefficients.
    case plp
  }

  /// What was done to the base kind; HTK writes each as a letter behind an underscore.
  public struct Qualifiers: OptionSet, Sendable {
    /// The bits as they stand in the file.
    public let rawValue: UInt16

    /// The qualifiers with these bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// `_E`: has energy.
    public static let energy = Qualifiers(rawValue: 0o100)
    /// `_N`: absolute energy is left out.
    public static let noAbsoluteEnergy = Qualifiers(rawValue: 0o200)
    /// `_D`: has delta coefficients.
    public static let delta = Qualifiers(rawValue: 0o400)
    /// `_A`: has acceleration coefficients.
    public static let acceleration = Qualifiers(rawValue: 0o1000)
    /// `_C`: is compressed to 16 bits a number.
    public static let compressed = Qualifiers(rawValue: 0o2000)
    /// `_Z`: has zero mean static coefficients.
    public static let zeroMean = Qualifiers(rawValue: 0o4000)
    /// `_K`: has a checksum at its end.
    public static let checksum = Qualifiers(rawValue: 0o10000)
    /// `_0`: has the zeroth cepstral coefficient.
    public static let zerothCepstral = Qualifiers(rawValue: 0o20000)
    /// `_V`: has vector quantisation data.
    public static let vectorQuantised = Qualifiers(rawValue: 0o40000)
    /// `_T`: has third differential coefficients.
    public static let thirdDifferential = Qualifiers(rawValue: 0o100000)
  }
}

extension HTKParameterKind: CustomStringConvertible {
  /// As HTK writes it: "MFCC_E_D_A".
  public var description: String {
    let letters: [(Qualifiers, String)] = [
      (.energy, "_E"), (.noAbsoluteEnergy, "_N"), (.delta, "_D"), (.acceleration, "_A"),
      (.compressed, "_C"), (.zeroMean, "_Z"), (.checksum, "_K"), (.zerothCepstral, "_0"),
      (.vectorQuantised, "_V"), (.thirdDifferential, "_T"),
    ]
    let name = base.map { "\($0)".uppercased() } ?? "kind \(rawValue & Self.baseMask)"
    return name + letters.filter { qualifiers.contains($0.0) }.map(\.1).joined()
  }
}
