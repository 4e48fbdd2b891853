public import TencaAudio

/// What a patch is: a spectrogram of fixed size, as a generative model takes and gives it.
///
/// A patch has ``height`` rows, the lowest frequency first, and ``width`` columns, the first frame
/// first. Its values are ln(x + ``floor``) of magnitudes x, scaled to 0...1 as ``scaling`` says with
/// what was learned from training sounds (``SpectrogramPatches``).
public struct PatchOptions: Sendable, Codable, Equatable {
  /// The rate of the sounds, in hertz.
  public var sampleRate: Int
  /// The length of the Fourier transform and of its window, in samples.
  public var fftLength: Int
  /// The step between frames, in samples.
  public var hopLength: Int
  /// The shape of the window, which is periodic.
  public var window = WindowFunction.hann
  /// What rows are.
  public var representation: Representation
  /// The number of rows: of mel filters, or of bins from 0 Hz up. Bins above are silence.
  public var height: Int
  /// The number of frames.
  public var width: Int
  /// What is added to magnitudes before the logarithm: the level of silence. A sine of full scale has
  /// a magnitude of a quarter of ``fftLength``.
  public var floor: Float
  /// How logarithms become numbers of 0...1.
  public var scaling: Scaling

  /// What rows are.
  public enum Representation: String, Sendable, Codable, CaseIterable {
    /// The magnitudes of Fourier bins.
    case magnitude
    /// Magnitudes weighed by mel filters (Slaney's scale and areas, as librosa has them).
    case mel
  }

  /// How logarithms become numbers of 0...1.
  public enum Scaling: String, Sendable, Codable, CaseIterable {
    /// The least of all training values is 0 and the greatest 1.
    case range
    /// Each row has mean 0.5, and three standard deviations to either side reach to 0 and 1; what lies
    /// beyond is clipped (SpecGAN: Donahue, McAuley and Puckette 2019, section 3.2, where the ends
    /// are -1 and 1).
    case deviations
  }

  /// Makes options.
  ///
  /// - Throws: ``SynthesisError/invalidOption(name:value:limit:)``, also for a bank with filters so
  ///   narrow that no bin lies in them: nothing could be heard of those rows.
  public init(
    sampleRate: Int, fftLength: Int, hopLength: Int, representation: Representation, height: Int,
    width: Int, floor: Float = 1e-3, scaling: Scaling = .range
  ) throws {
    self.sampleRate = sampleRate
    self.fftLength = fftLength
    self.hopLength = hopLength
    self.representation = representation
    self.height = height
    self.width = width
    self.floor = floor
    self.scaling = scaling
    try check()
  }

  /// Chooses transform and hop for a size: ``width`` frames last just under a second, and windows
  /// overlap by three quarters or, of ``Representation/magnitude``, by about half or more.
  ///
  /// At 8000 Hz, 128 × 64 gives a transform of 512 samples every 120: 0.96 s.
  ///
  /// - Throws: As the other initializer.
  public init(
    height: Int, width: Int, sampleRate: Int, representation: Representation = .mel
  ) throws {
    try SynthesisError.require(height >= 1, "height", height, "at least 1")
    try SynthesisError.require(width >= 1, "width", width, "at least 1")
    try SynthesisError.require(sampleRate >= 100, "rate", sampleRate, "at least 100 Hz")
    let secondsShown = 0.96
    var hop = max(1, Int(Double(sampleRate) * secondsShown / Double(width)))
    if hop > 8 { hop -= hop % 8 }
    var fft = 2 * height
    if representation == .mel {
      fft = 16
      while fft < 4 * hop { fft *= 2 }
      while fft < 1 << 16, Self.hasEmptyFilters(height, sampleRate: sampleRate, fftLength: fft) {
        fft *= 2
      }
    }
    hop = min(hop, max(fft / 2, 1))
    try self.init(
      sampleRate: sampleRate, fftLength: fft, hopLength: hop, representation: representation,
      height: height, width: width)
  }

  /// SpecGAN's: 16,384 samples at 16 kHz as 128 bins (all but the highest) × 128 frames, ln(|X| +
  /// 1e-6), three standard deviations a bin.
  public static var specGAN: PatchOptions {
    get throws {
      try PatchOptions(
        sampleRate: 16_000, fftLength: 256, hopLength: 128, representation: .magnitude,
        height: 128, width: 128, floor: 1e-6, scaling: .deviations)
    }
  }

  /// The number of samples that a patch stands for: ``width`` hops.
  public var sampleCount: Int { width * hopLength }
}
