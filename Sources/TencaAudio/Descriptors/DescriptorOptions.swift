/// How descriptors are computed. The defaults are librosa 0.11's.
public struct DescriptorOptions: Sendable, Codable, Equatable {
  /// Which descriptors, in the order of their columns.
  public var descriptors: [Descriptor] = Descriptor.allCases
  /// The length of a frame and of its Fourier transform.
  public var fftLength = SampleExtent.samples(2048)
  /// The step from one frame to the next.
  public var hopLength = SampleExtent.samples(512)
  /// The shape of the window, which is periodic.
  public var window = WindowFunction.hann
  /// What happens at the sound's ends. Zero crossings are counted over held end samples wherever
  /// frames are centred.
  public var edges = FrameEdges.centerZero
  /// The order of the mean whose root the bandwidth is.
  public var bandwidthOrder = 2.0
  /// The share of the magnitudes below the roll-off frequency.
  public var rolloffShare = 0.85
  /// The least power in a flatness.
  public var flatnessFloor: Float = 1e-10
  /// The upper edge of the first band of the contrast, in hertz; the others are octaves above it.
  public var contrastLowFrequency = 200.0
  /// The octaves of the contrast; nil for six, or as many as begin below half the rate.
  public var contrastOctaves: Int?
  /// The share of a band's bins that are its peak, and its valley.
  public var contrastQuantile = 0.02
  /// How far the sound is tuned from A = 440 Hz, in semitones; nil to estimate it from the sound.
  public var tuning: Double?

  /// Makes librosa's defaults.
  public init() {}

  /// Words for the command line.
  public enum Help {
    /// For ``DescriptorOptions/descriptors``.
    public static let descriptors =
      "Names of descriptors separated by commas: "
      + Descriptor.allCases.map(\.rawValue).joined(separator: ", ") + "."
    /// For ``DescriptorOptions/fftLength``.
    public static let fftLength = "Length of a frame: 2048 (samples), 64ms or 0.064s."
    /// For ``DescriptorOptions/hopLength``.
    public static let hopLength = "Step between frames, written likewise."
    /// For ``DescriptorOptions/edges``.
    public static let edges =
      "Frames at the ends: whole ones only (snip), or centred over what the name says."
    /// For ``DescriptorOptions/bandwidthOrder``.
    public static let bandwidthOrder = "Order of the mean that the bandwidth is."
    /// For ``DescriptorOptions/rolloffShare``.
    public static let rolloffShare = "Share of the magnitudes below the roll-off frequency."
    /// For ``DescriptorOptions/contrastLowFrequency``.
    public static let contrastLowFrequency =
      "Upper edge of the contrast's first band, in hertz; octaves follow."
    /// For ``DescriptorOptions/contrastOctaves``.
    public static let contrastOctaves =
      "Octaves of the contrast. Default: 6, or as many as the rate has room for."
    /// For ``DescriptorOptions/contrastQuantile``.
    public static let contrastQuantile = "Share of a band's bins in its peak and in its valley."
    /// For ``DescriptorOptions/tuning``.
    public static let tuning =
      "Semitones from A = 440 Hz, for chroma and tonnetz. Default: estimated."
  }
}
