/// From log-mel energies to cepstral coefficients.
///
/// The defaults are Kaldi's.
public struct CepstrumOptions: Sendable, Codable, Equatable {
  /// The number of coefficients, the zeroth included unless it is ``Zeroth/omitted``.
  public var count = 13
  /// The type of the cosine transform: 1, 2 or 3.
  public var transformType = 2
  /// How the cosine transform is scaled.
  public var scaling = Scaling.orthonormal
  /// The lifter's length, which evens out the coefficients' variances; 0 for none.
  public var lifter = 22.0
  /// Whether the lifter counts from 1, so that the zeroth coefficient is weighted too (librosa).
  public var liftersZeroth = false
  /// Where the zeroth coefficient stands.
  public var zeroth = Zeroth.first
  /// What becomes of the log energy.
  public var energy = Energy.replacesZeroth
  /// HTK's normalisation of log energy over the whole sound; nil for none.
  public var energyNormalization: EnergyNormalization?

  /// Makes Kaldi's defaults.
  public init() {}

  /// How the cosine transform is scaled.
  public enum Scaling: String, Sendable, Codable, CaseIterable {
    /// An orthonormal matrix.
    case orthonormal
    /// √(2/P) for every coefficient, the zeroth too (HTK).
    case htk
    /// Twice the plain sums (SciPy's unscaled transforms).
    case none
  }

  /// Where the zeroth coefficient stands.
  public enum Zeroth: String, Sendable, Codable, CaseIterable {
    /// Before the others.
    case first
    /// After the others (HTK).
    case last
    /// Nowhere.
    case omitted
  }

  /// What becomes of the log energy.
  public enum Energy: String, Sendable, Codable, CaseIterable {
    /// It is not used.
    case absent
    /// It takes the zeroth coefficient's place (Kaldi).
    case replacesZeroth = "replaces-zeroth"
    /// It comes first (Kaldi's filter banks with use_energy).
    case prepended
    /// It comes last (HTK's _E).
    case appended
  }

  /// HTK's ENORMALISE: the loudest frame becomes 1, the rest lies below.
  public struct EnergyNormalization: Sendable, Codable, Equatable {
    /// The factor of the distance from the loudest frame (ESCALE).
    public var scale: Float
    /// The largest distance, in decibels (SILFLOOR).
    public var silenceFloor: Float

    /// Makes HTK's defaults, or others.
    public init(scale: Float = 0.1, silenceFloor: Float = 50) {
      self.scale = scale
      self.silenceFloor = silenceFloor
    }
  }

  /// Words for the command line.
  public enum Help {
    /// For ``CepstrumOptions/count``.
    public static let count = "Number of cepstral coefficients."
    /// For ``CepstrumOptions/transformType``.
    public static let transformType = "Type of the cosine transform: 1, 2 or 3."
    /// For ``CepstrumOptions/scaling``.
    public static let scaling = "Scaling of the cosine transform."
    /// For ``CepstrumOptions/lifter``.
    public static let lifter = "Length of the cepstral lifter; 0: none."
    /// For ``CepstrumOptions/liftersZeroth``.
    public static let liftersZeroth = "Let the lifter weight the zeroth coefficient too."
    /// For ``CepstrumOptions/zeroth``.
    public static let zeroth = "Where the zeroth coefficient stands."
    /// For ``CepstrumOptions/energy``.
    public static let energy = "What becomes of the log energy."
    /// For ``CepstrumOptions/energyNormalization``.
    public static let energyNormalization =
      "Bring the log energy of the loudest frame to 1 and the rest below (HTK's ENORMALISE)."
    /// For ``EnergyNormalization/scale``.
    public static let energyScale = "Factor of the distance from the loudest frame."
    /// For ``EnergyNormalization/silenceFloor``.
    public static let silenceFloor = "Largest distance from the loudest frame, in decibels."
  }
}
