/// The bank of filters on the mel scale or another that the ear suggests.
///
/// The defaults are Kaldi's.
public struct MelOptions: Sendable, Codable, Equatable {
  /// The number of filters.
  public var count = 23
  /// The lower edge of the first filter, in hertz.
  public var lowFrequency = 20.0
  /// The upper edge of the last filter, in hertz; 0 is the Nyquist frequency, a negative value an
  /// offset from it.
  public var highFrequency = 0.0
  /// The formula of the scale.
  public var scale = MelScale.logarithmic1127
  /// The filters' shape over the bins.
  public var rule = Rule.linearInMel
  /// How each filter's weights are scaled.
  public var normalization = Normalization.none
  /// Below this the frequency axis is not warped, in hertz (Kaldi's vtln_low).
  public var warpLow = 100.0
  /// Above this the frequency axis is not warped, in hertz; 0 or negative: offset from the Nyquist
  /// frequency (Kaldi's vtln_high).
  public var warpHigh = -500.0
  /// The vocal-tract warp: above 1 squeezes, below 1 stretches, 1 does nothing.
  public var warp = 1.0

  /// Makes Kaldi's defaults.
  public init() {}

  /// The filters' shape over the bins.
  public enum Rule: String, Sendable, Codable, CaseIterable {
    /// Straight sides in hertz, every bin (librosa, torchaudio).
    case linearInHertz = "hertz"
    /// Straight sides in mel, the Nyquist bin left out (Kaldi).
    case linearInMel = "mel"
    /// Straight sides in mel, bins between two rounded limits (HTK).
    case htk
    /// Gammatone filters of the fourth order, as wide as the ear's (Patterson et al. 1992): the power
    /// that one lets pass, `(1 + ((f - centre) / (1.019 ERB))²)⁻⁴`, with a peak of 1. On
    /// ``MelScale/erb`` they make gammatone cepstra (Valero and Alías 2012).
    case gammatone
  }

  /// How each filter's weights are scaled. Saved as its text, since JSON knows no infinity.
  public enum Normalization: Sendable, Codable, Equatable, LosslessStringConvertible {
    /// Peaks of 1.
    case none
    /// Areas of 1 in hertz (Slaney): for triangles times 2 / (upper edge - lower edge).
    case slaney
    /// Weights of unit p-norm; an infinite p makes the largest weight 1.
    case unit(p: Double)

    /// Reads `none`, `slaney` or the p of a norm: `1`, `2.5`, `inf`.
    public init?(_ text: String) {
      switch text {
      case "none": self = .none
      case "slaney": self = .slaney
      default:
        guard let p = Double(text), p > 0 else { return nil }
        self = .unit(p: p)
      }
    }

    /// The text that ``init(_:)`` reads.
    public var description: String {
      switch self {
      case .none: "none"
      case .slaney: "slaney"
      case .unit(let p): "\(p)"
      }
    }

    /// Reads the text.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      let text = try container.decode(String.self)
      guard let value = Self(text) else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "'\(text)' is not none, slaney or a norm")
      }
      self = value
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(description)
    }
  }

  /// Words for the command line.
  public enum Help {
    /// For ``MelOptions/count``.
    public static let count = "Number of mel filters."
    /// For ``MelOptions/lowFrequency``.
    public static let lowFrequency = "Lower edge of the first filter, in hertz."
    /// For ``MelOptions/highFrequency``.
    public static let highFrequency =
      "Upper edge of the last filter, in hertz; 0: half the rate; negative: offset from it."
    /// For ``MelOptions/scale``.
    public static let scale =
      "Formula of the scale: that of Kaldi, HTK or Slaney for mel, or the ear's bandwidths (erb)."
    /// For ``MelOptions/rule``.
    public static let rule =
      "Where triangles have straight sides: hertz, mel, or mel by HTK's rounding; or gammatone "
      + "filters."
    /// For ``MelOptions/normalization``.
    public static let normalization = "Scaling of the filters: none, slaney, or a norm (1, 2, inf)."
    /// For ``MelOptions/warp``.
    public static let warp = "Vocal-tract warp of the frequency axis; 1: none."
    /// For ``MelOptions/warpLow``.
    public static let warpLow = "Below this the axis is not warped, in hertz."
    /// For ``MelOptions/warpHigh``.
    public static let warpHigh =
      "Above this the axis is not warped, in hertz; 0 or negative: offset from half the rate."
  }
}
