#if canImport(Glibc)
  internal import Glibc
#endif

/// What all frames of one front end share: sizes, window, filters. Made once, used by any thread.
struct FrameAnalysis: Sendable {
  /// A frame of more samples is a mistake, not a wish.
  static let longestFrame = 1 << 24

  let options: FrontEndOptions
  let sampleRate: Int
  let geometry: FrameGeometry
  let fftLength: Int
  let transform: FourierTransform
  let bank: MelFilterBank?
  /// The window, as long as a frame.
  let window: [Float]
  /// What a power is multiplied by for the chosen normalisation.
  let powerScale: Float
  /// What the power of each bin is multiplied by to become Teager's energy; none where it stays.
  let teagerWeights: [Float]

  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  init(_ options: FrontEndOptions, sampleRate: Int) throws {
    let frames = options.frames
    let windowLength = frames.windowLength.samples(at: sampleRate)
    let hop = frames.hopLength.samples(at: sampleRate)
    guard (2...Self.longestFrame).contains(windowLength) else {
      throw AudioError.invalidOption(
        name: "frame-length", value: "\(frames.windowLength) at \(sampleRate) Hz",
        rule: "a frame has between 2 and \(Self.longestFrame) samples.")
    }
    guard (1...Self.longestFrame).contains(hop) else {
      throw AudioError.invalidOption(
        name: "hop", value: "\(frames.hopLength) at \(sampleRate) Hz",
        rule: "the step is between 1 and \(Self.longestFrame) samples.")
    }
    let fftLength = Self.fftLength(frames.fftLength, windowLength: windowLength)
    guard (windowLength...Self.longestFrame).contains(fftLength) else {
      throw AudioError.invalidOption(
        name: "fft-length", value: "\(fftLength)",
        rule: "at least the frame's \(windowLength) samples, at most \(Self.longestFrame).")
    }
    self.options = options
    self.sampleRate = sampleRate
    self.fftLength = fftLength
    let span = frames.centersWindow ? fftLength : windowLength
    geometry = FrameGeometry(edges: frames.edges, span: span, hop: hop)
    transform = FourierTransform.of(length: fftLength)
    window = frames.window.values(
      length: windowLength, periodic: frames.periodicWindow,
      blackmanCoefficient: frames.blackmanCoefficient, centredIn: span)
    switch options.spectrum.normalization {
    case .none: powerScale = 1
    case .window: powerScale = Float(1 / window.reduce(0.0) { $0 + Double($1) * Double($1) })
    case .frameLength: powerScale = 1 / Float(fftLength)
    }
    let step = 2 * Double.pi / Double(fftLength)
    teagerWeights =
      options.teager == .bands
      ? (0..<transform.bins).map { Float(2 * pow(sin(step * Double($0)), 2)) } : []
    bank =
      options.kind == .mel || options.kind == .mfcc
      ? try MelFilterBank(options.mel, sampleRate: sampleRate, fftLength: fftLength) : nil
  }

  private static func fftLength(_ option: FrameOptions.FFTLength, windowLength: Int) -> Int {
    switch option {
    case .nextPowerOfTwo: 1 << (Int.bitWidth - (windowLength - 1).leadingZeroBitCount)
    case .windowLength: windowLength
    case .samples(let count): count
    }
  }

  /// The width of a spectrum before any cosine transform.
  var width: Int {
    switch options.kind {
    case .energy: 0
    case .spectrogram: transform.bins
    case .mel, .mfcc: bank!.count
    }
  }

  /// The frequency of each value of a spectrum, in hertz: of a bin, or of a filter's centre.
  var frequencies: [Double] {
    if let bank { return bank.centerFrequencies }
    return (0..<width).map { Double($0) * Double(sampleRate) / Double(fftLength) }
  }
}
