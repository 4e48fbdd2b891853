/// From Fourier coefficients to the numbers of a spectrogram.
public struct SpectrumOptions: Sendable, Codable, Equatable {
  /// The exponent of the magnitude: 2 for power, 1 for magnitude.
  public var exponent: Float = 2
  /// By what the coefficients are divided beforehand.
  public var normalization = Normalization.none

  /// Makes a plain power spectrum.
  public init() {}

  /// By what the coefficients are divided (torchaudio's `normalized`).
  public enum Normalization: String, Sendable, Codable, CaseIterable {
    /// Nothing.
    case none
    /// The square root of the window's summed squares.
    case window
    /// The square root of the transform's length.
    case frameLength = "frame-length"
  }

  /// Words for the command line.
  public enum Help {
    /// For ``SpectrumOptions/exponent``.
    public static let exponent = "Exponent of the magnitude: 2 power, 1 magnitude."
    /// For ``SpectrumOptions/normalization``.
    public static let normalization =
      "Divide by the root of the window's summed squares, or of the transform's length."
  }
}
