internal import CKernels

#if canImport(Glibc)
  internal import Glibc
#endif

/// One walk over the frames of a sound, which leaves a block of columns for each descriptor.
struct DescriptorPass {
  private let transform: ShortTimeFourierTransform
  private let wanted: Set<Descriptor>
  private let sampleRate: Int
  private let tuning: Double?
  private var shape: SpectralShape
  private var contrast: SpectralContrast?
  private var blocks: [Descriptor: [Float]] = [:]
  /// The magnitudes of one frame.
  private var magnitudes: [Float]

  /// No figure of a spectrum whose magnitudes lie below this overflows.
  private static let greatestMagnitude: Float = 1e15

  init(_ extractor: DescriptorExtractor, contrastEdges: [Double]) {
    let options = extractor.options
    transform = extractor.transform
    sampleRate = extractor.sampleRate
    wanted = Set(options.descriptors)
    tuning = options.tuning
    let binWidth = Double(sampleRate) / Double(transform.fftLength)
    shape = SpectralShape(options, frequencies: (0..<transform.bins).map { Double($0) * binWidth })
    magnitudes = [Float](repeating: 0, count: transform.bins)
    if wanted.contains(.contrast) {
      contrast = SpectralContrast(
        edges: contrastEdges, quantile: options.contrastQuantile, binWidth: binWidth,
        bins: transform.bins)
    }
  }

  /// The columns of a descriptor, frames × its width.
  func columns(_ descriptor: Descriptor) -> [Float] { blocks[descriptor] ?? [] }

  /// - Throws: ``AudioError/overflow(place:frame:)``.
  mutating func run(_ samples: [Float], name: String) throws {
    for descriptor in wanted { blocks[descriptor] = [] }
    let needsChroma = wanted.contains(.chroma) || wanted.contains(.tonnetz)
    let bank = try needsChroma ? chromaBank(samples, name: name) : nil
    try forEachMagnitudes(of: samples, name: name) { pass, magnitudes in
      pass.describe(magnitudes)
      if let bank { pass.describe(magnitudes, bank) }
    }
    if let contrast {
      blocks[.contrast] = contrast.decibels(blocks[.contrast] ?? [])
    }
    describeSamples(samples)
  }

  /// The bank for the tuning that was given, or that the sound has.
  private mutating func chromaBank(_ samples: [Float], name: String) throws -> ChromaFilterBank {
    var semitones = tuning
    if semitones == nil {
      var estimate = TuningEstimate(
        binWidth: Double(sampleRate) / Double(transform.fftLength), bins: transform.bins)
      try forEachMagnitudes(of: samples, name: name) { pass, magnitudes in
        estimate.add(magnitudes, count: pass.transform.bins)
      }
      semitones = estimate.semitones
    }
    return ChromaFilterBank(
      sampleRate: sampleRate, fftLength: transform.fftLength, tuning: semitones ?? 0)
  }

  private mutating func forEachMagnitudes(
    of samples: [Float], name: String,
    _ body: (inout DescriptorPass, UnsafePointer<Float>) -> Void
  ) throws {
    var spectrum: [Float] = []
    swap(&spectrum, &magnitudes)
    defer { swap(&spectrum, &magnitudes) }
    try transform.forEachFrame(of: samples) { frame, pairs in
      let isFinite = spectrum.withUnsafeMutableBufferPointer { spectrum in
        tenca_power(pairs, spectrum.baseAddress, spectrum.count)
        var greatest: Float = 0
        for bin in spectrum.indices {
          spectrum[bin] = spectrum[bin].squareRoot()
          // NaN is the greatest of all.
          if !(spectrum[bin] <= greatest) { greatest = spectrum[bin] }
        }
        return greatest < Self.greatestMagnitude
      }
      guard isFinite else { throw AudioError.overflow(place: name, frame: frame) }
      spectrum.withUnsafeBufferPointer { body(&self, $0.baseAddress!) }
    }
  }

  /// Appends the figures of one spectrum.
  private mutating func describe(_ magnitudes: UnsafePointer<Float>) {
    if wanted.contains(.centroid) || wanted.contains(.bandwidth) {
      let centroid = shape.centroid(magnitudes)
      blocks[.centroid]?.append(Float(centroid))
      if wanted.contains(.bandwidth) {
        blocks[.bandwidth]?.append(Float(shape.bandwidth(magnitudes, centroid: centroid)))
      }
    }
    if wanted.contains(.rolloff) { blocks[.rolloff]?.append(Float(shape.rolloff(magnitudes))) }
    if wanted.contains(.flatness) { blocks[.flatness]?.append(Float(shape.flatness(magnitudes))) }
    if let width = contrast?.count {
      var row = [Float](repeating: 0, count: 2 * width)
      row.withUnsafeMutableBufferPointer {
        contrast?.peaksAndValleys(magnitudes, into: $0.baseAddress!)
      }
      blocks[.contrast]? += row
    }
  }

  /// Appends the chroma of one spectrum, and where they lie.
  private mutating func describe(_ magnitudes: UnsafePointer<Float>, _ bank: ChromaFilterBank) {
    var chroma = [Float](repeating: 0, count: ChromaFilterBank.classes)
    chroma.withUnsafeMutableBufferPointer { bank.apply(magnitudes, into: $0.baseAddress!) }
    blocks[.chroma]? += chroma
    if wanted.contains(.tonnetz) {
      var row = [Float](repeating: 0, count: Tonnetz.names.count)
      row.withUnsafeMutableBufferPointer { Tonnetz.apply(chroma, into: $0.baseAddress!) }
      blocks[.tonnetz]? += row
    }
  }

  /// The figures that need no spectrum.
  private mutating func describeSamples(_ samples: [Float]) {
    let geometry = transform.geometry
    if wanted.contains(.rms) {
      blocks[.rms] = Self.frames(of: samples, geometry) { frame in
        var sum = 0.0
        for index in 0..<geometry.span { sum += Double(frame[index]) * Double(frame[index]) }
        return Float((sum / Double(geometry.span)).squareRoot())
      }
    }
    if wanted.contains(.zeroCrossingRate) {
      let held = FrameGeometry(
        edges: geometry.edges == .snip ? .snip : .centerEdge, span: geometry.span,
        hop: geometry.hop)
      blocks[.zeroCrossingRate] = Self.frames(of: samples, held) { frame in
        Self.zeroCrossingRate(UnsafeBufferPointer(start: frame, count: held.span))
      }
    }
  }

  private static func frames(
    of samples: [Float], _ geometry: FrameGeometry, _ figure: (UnsafePointer<Float>) -> Float
  ) -> [Float] {
    var queue = SampleQueue(geometry)
    queue.append(samples)
    return (0..<geometry.frameCount(length: samples.count)).map { queue.withFrame($0, figure) }
  }

  /// The share of samples whose sign is not that of the sample before; what is nearly zero counts as
  /// positive.
  private static func zeroCrossingRate(_ samples: UnsafeBufferPointer<Float>) -> Float {
    let nothing: Float = 1e-10
    var crossings = 0
    for index in 1..<samples.count
    where (samples[index] < -nothing) != (samples[index - 1] < -nothing) {
      crossings += 1
    }
    return Float(crossings) / Float(samples.count)
  }
}
