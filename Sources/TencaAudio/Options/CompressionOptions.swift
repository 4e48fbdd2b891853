/// From energies to the logarithms that ears and models like.
public enum Compression: Sendable, Codable, Equatable {
  /// Energies as they are.
  case none
  /// `ln(max(x, floor))` (Kaldi with the machine's epsilon, HTK with 1).
  case naturalLog(floor: Float)
  /// `ln(x + offset)` (torchaudio's log_mels).
  case offsetLog(offset: Float)
  /// Decibels over a reference (librosa's `power_to_db`, torchaudio's `AmplitudeToDB`).
  case decibels(Decibels)

  /// What a level in decibels is relative to, and where it ends.
  public struct Decibels: Sendable, Codable, Equatable {
    /// The power that is 0 dB.
    public var reference: Float = 1
    /// The least power before the logarithm.
    public var floor: Float = 1e-10
    /// How far below the loudest value of the whole sound anything may lie; nil for no limit. With a
    /// limit the whole sound must be known before its first row is, so a stream gives its rows only
    /// when it is finished.
    public var topDB: Float? = 80

    /// Makes librosa's defaults.
    public init(reference: Float = 1, floor: Float = 1e-10, topDB: Float? = 80) {
      self.reference = reference
      self.floor = floor
      self.topDB = topDB
    }
  }
}
