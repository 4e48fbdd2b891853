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
    /// What is 0 dB.
    public var reference: Reference
    /// The least power before the logarithm (librosa's `amin`).
    public var floor: Float
    /// How far below the loudest value of the whole sound anything may lie; nil for no limit. With a
    /// limit the whole sound must be known before its first row is, so a stream gives its rows only
    /// when it is finished.
    public var topDB: Float?

    /// Makes librosa's defaults, or others.
    public init(reference: Reference = 1, floor: Float = 1e-10, topDB: Float? = 80) {
      self.reference = reference
      self.floor = floor
      self.topDB = topDB
    }

    /// What is 0 dB.
    public enum Reference: Sendable, Codable, Equatable, ExpressibleByFloatLiteral,
      ExpressibleByIntegerLiteral
    {
      /// A given power.
      case power(Float)
      /// The greatest power of the whole sound (librosa's `ref=np.max`); a stream gives its rows only
      /// when it is finished.
      case peak

      /// A given power.
      public init(floatLiteral value: Float) { self = .power(value) }
      /// A given power.
      public init(integerLiteral value: Int) { self = .power(Float(value)) }
    }
  }

  /// Words for the command line.
  public enum Help {
    /// For ``Compression``.
    public static let kind =
      "The logarithm: ln(max(x, floor)), ln(x + floor), 10 log10(max(x, floor)), or none."
    /// For the floor or the offset.
    public static let floor = "The floor, or what is added under --log offset."
    /// For ``Decibels/reference``.
    public static let reference = "The power that is 0 dB, or peak for the sound's greatest."
    /// For ``Decibels/topDB``.
    public static let topDB = "Decibels below the loudest value that anything may lie, or none."
  }
}
