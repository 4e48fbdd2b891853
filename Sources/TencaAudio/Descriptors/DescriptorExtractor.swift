internal import TencaNumerics

/// Describes sounds frame by frame: brightness, noisiness, loudness, harmony, beginnings.
///
/// ```swift
/// let extractor = try DescriptorExtractor(DescriptorOptions(), sampleRate: 22050)
/// let figures = try extractor.extract(Waveform.read(path: "bird.flac"))
/// print(figures.columnNames)                       // ["centroid", "bandwidth", "rolloff", …]
/// ```
///
/// The numbers are librosa 0.11's feature.spectral_centroid and its kin, from one Fourier transform
/// a frame for all of them. Silence gives numbers, too; no result is NaN.
public struct DescriptorExtractor: Sendable {
  /// What comes out.
  public let options: DescriptorOptions
  /// The rate of the sounds that go in, in hertz.
  public let sampleRate: Int
  /// What each column is.
  public let columnNames: [String]

  let transform: ShortTimeFourierTransform
  private let contrastEdges: [Double]

  /// Prepares for one sample rate.
  ///
  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  public init(_ options: DescriptorOptions, sampleRate: Int) throws {
    try checkRate(sampleRate)
    try options.checkRanges()
    self.options = options
    self.sampleRate = sampleRate
    transform = try ShortTimeFourierTransform(
      fftLength: options.fftLength.samples(at: sampleRate),
      hopLength: options.hopLength.samples(at: sampleRate), window: options.window,
      edges: options.edges)
    contrastEdges =
      options.descriptors.contains(.contrast)
      ? try options.contrastEdges(sampleRate: sampleRate) : []
    columnNames = options.descriptors.flatMap { [contrastEdges] in
      Self.names($0, contrastEdges, nyquist: sampleRate / 2)
    }
  }

  private static func names(_ descriptor: Descriptor, _ edges: [Double], nyquist: Int) -> [String] {
    switch descriptor {
    case .contrast:
      (0..<(edges.count - 1)).map { band in
        let end = band == edges.count - 2 ? nyquist : Int(edges[band + 1].rounded())
        return "contrast \(Int(edges[band].rounded()))-\(end) Hz"
      }
    case .chroma: ChromaFilterBank.names.map { "chroma \($0)" }
    case .tonnetz: Tonnetz.names.map { "tonnetz \($0)" }
    default: [descriptor.rawValue]
    }
  }

  /// The descriptors of a whole sound.
  ///
  /// - Parameters:
  ///   - waveform: One channel, at ``sampleRate``.
  ///   - name: What errors call the sound.
  /// - Returns: frames × ``columnNames``.
  /// - Throws: ``AudioError/tooShort(place:found:needed:unit:)`` when not one frame fits,
  ///   ``AudioError/rateMismatch(path:found:expected:)``, ``AudioError/overflow(place:frame:)``.
  /// - Complexity: O(n log n) in the length of a frame for each frame.
  public func extract(_ waveform: Waveform, name: String = "sound") throws -> FeatureMatrix {
    guard waveform.sampleRate == sampleRate else {
      throw AudioError.rateMismatch(path: name, found: waveform.sampleRate, expected: sampleRate)
    }
    let frames = transform.frameCount(length: waveform.samples.count)
    guard frames > 0 else {
      throw AudioError.tooShort(
        place: name, found: waveform.samples.count, needed: transform.geometry.minimumLength,
        unit: "samples")
    }
    var pass = DescriptorPass(self, contrastEdges: contrastEdges)
    try pass.run(waveform.samples, name: name)
    let blocks = try options.descriptors.map { descriptor in
      descriptor == .onset
        ? try OnsetStrength.values(waveform, options, name: name) : pass.columns(descriptor)
    }
    let rate = Double(sampleRate)
    let geometry = transform.geometry
    return FeatureMatrix(
      values: Self.joined(blocks, frames: frames, width: columnNames.count),
      columnNames: columnNames, hopSeconds: Double(transform.hopLength) / rate,
      firstFrameTime: (Double(geometry.origin) + Double(geometry.span) / 2) / rate)
  }

  /// Puts blocks of columns, each frames × its own width, side by side.
  private static func joined(_ blocks: [[Float]], frames: Int, width: Int) -> NDArray<Float> {
    NDArray(shape: [frames, width]) { target in
      var first = 0
      for block in blocks {
        let part = block.count / frames
        for frame in 0..<frames {
          for column in 0..<part {
            target[frame * width + first + column] = block[frame * part + column]
          }
        }
        first += part
      }
    }
  }
}
