/// How sound is cut into frames and what is done to each before its Fourier transform.
///
/// The defaults are Kaldi's; ``Convention`` gives the other toolkits'.
public struct FrameOptions: Sendable, Codable, Equatable {
  /// The length of a frame. 25 ms: short enough for speech to stand still, long enough for two
  /// periods of a low voice.
  public var windowLength = SampleExtent.milliseconds(25)
  /// The step from one frame to the next.
  public var hopLength = SampleExtent.milliseconds(10)
  /// The length of the Fourier transform.
  public var fftLength = FFTLength.nextPowerOfTwo
  /// The shape of the window.
  public var window = WindowFunction.povey
  /// Whether the window is periodic rather than symmetric.
  public var periodicWindow = false
  /// Whether a frame is as long as the transform, with the window in its middle (librosa,
  /// torchaudio), or as long as the window, followed by zeros (Kaldi, HTK).
  public var centersWindow = false
  /// The constant term of a Blackman window.
  public var blackmanCoefficient = 0.42
  /// What happens where frames reach over the ends of the sound.
  public var edges = FrameEdges.snip
  /// Zeros put before and after the sound, in samples (torchaudio's `pad`).
  public var paddingSamples = 0
  /// What full scale is: 32768 where the toolkit works on 16-bit integers, 1 where on floats. A rule
  /// of the convention, never guessed from the data.
  public var inputScale: Float = 32768
  /// The standard deviation of noise added to every sample, on the input scale. 0: the same input
  /// gives the same output; Kaldi's own default is 1.
  public var dither: Float = 0
  /// The seed of the dither.
  public var ditherSeed: UInt64 = 0
  /// Whether each frame's mean is subtracted.
  public var removesMean = true
  /// The coefficient of `x[i] -= a · x[i-1]`, which lifts the high frequencies.
  public var preEmphasis: Float = 0.97
  /// Whether log energy is taken before pre-emphasis and window, rather than after.
  public var usesRawEnergy = true
  /// The least energy, on the input scale, before the logarithm; 0 leaves the machine's epsilon.
  public var energyFloor: Float = 0

  /// Makes Kaldi's defaults.
  public init() {}

  /// The length of the Fourier transform.
  public enum FFTLength: Sendable, Codable, Equatable {
    /// The least power of two that holds a window.
    case nextPowerOfTwo
    /// As long as the window.
    case windowLength
    /// A given number of samples, at least the window's.
    case samples(Int)
  }

  /// Words for the command line.
  public enum Help {
    /// For ``FrameOptions/windowLength``.
    public static let windowLength = "Length of a frame: 25ms, 0.025s or 400 (samples)."
    /// For ``FrameOptions/hopLength``.
    public static let hopLength = "Step between frames: 10ms, 0.01s or 160 (samples)."
    /// For ``FrameOptions/fftLength``.
    public static let fftLength =
      "Length of the Fourier transform: next-power-of-two, frame, or a number of samples."
    /// For ``FrameOptions/window``.
    public static let window = "Window shape."
    /// For ``FrameOptions/periodicWindow``.
    public static let periodicWindow = "A periodic window rather than a symmetric one."
    /// For ``FrameOptions/centersWindow``.
    public static let centersWindow =
      "Frames as long as the transform with the window in their middle, rather than the window "
      + "followed by zeros."
    /// For ``FrameOptions/blackmanCoefficient``.
    public static let blackmanCoefficient = "Constant term of a blackman window."
    /// For ``FrameOptions/edges``.
    public static let edges =
      "Frames at the ends: whole ones only (snip), Kaldi's without snipping (mirror), or centred on "
      + "multiples of the hop over what the name says."
    /// For ``FrameOptions/paddingSamples``.
    public static let paddingSamples = "Zeros put before and after the sound, in samples."
    /// For ``FrameOptions/inputScale``.
    public static let inputScale =
      "What full scale is: 1, or 32768 as toolkits of 16-bit samples have it."
    /// For ``FrameOptions/dither``.
    public static let dither =
      "Standard deviation of the noise added to samples, on the input scale; 0: none."
    /// For ``FrameOptions/ditherSeed``.
    public static let ditherSeed = "Seed of the dither."
    /// For ``FrameOptions/preEmphasis``.
    public static let preEmphasis = "Pre-emphasis coefficient; 0 turns it off."
    /// For ``FrameOptions/removesMean``.
    public static let removesMean = "Subtract each frame's mean."
    /// For ``FrameOptions/usesRawEnergy``.
    public static let usesRawEnergy =
      "Take log energy before pre-emphasis and window, rather than after."
    /// For ``FrameOptions/energyFloor``.
    public static let energyFloor = "Least energy before the logarithm; 0: machine epsilon."
  }
}

/// What happens where frames reach over the ends of the sound.
public enum FrameEdges: String, Sendable, Codable, CaseIterable {
  /// Only frames that fit are made: `1 + (N - L) / S` of them (Kaldi's snip_edges, HTK,
  /// librosa's center=False).
  case snip
  /// `(N + S/2) / S` frames around the middles of the steps, with the sound mirrored at its ends
  /// (Kaldi's snip_edges=false).
  case mirror
  /// `1 + N / S` frames centred on multiples of the step, over zeros (librosa's default).
  case centerZero = "center-zero"
  /// The same over the sound mirrored without repeating its ends (torchaudio's default).
  case centerReflect = "center-reflect"
  /// The same over the sound mirrored with its ends repeated.
  case centerSymmetric = "center-symmetric"
  /// The same over the sound's first and last samples held.
  case centerEdge = "center-edge"
}
