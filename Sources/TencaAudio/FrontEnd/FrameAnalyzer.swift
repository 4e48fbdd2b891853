internal import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// What all frames of one front end share: sizes, window, filters. Made once, used by any thread.
struct FrameAnalysis: Sendable {
  let options: FrontEndOptions
  let sampleRate: Int
  let geometry: FrameGeometry
  let fftLength: Int
  let transform: FourierTransform
  let bank: MelFilterBank?
  /// The window, padded with zeros to whole vectors, with input scaling left out.
  let window: [Float]
  /// What a power is multiplied by for the chosen normalisation.
  let powerScale: Float

  /// The width of a row before any cosine transform.
  var width: Int {
    switch options.kind {
    case .energy: 0
    case .spectrogram: transform.bins
    case .mel, .mfcc: bank!.count
    }
  }

  init(_ options: FrontEndOptions, sampleRate: Int) throws {
    let frames = options.frames
    let windowLength = frames.windowLength.samples(at: sampleRate)
    let hop = frames.hopLength.samples(at: sampleRate)
    guard windowLength >= 2, windowLength <= 1 << 24 else {
      throw AudioError.invalidOption(
        name: "frame-length", value: "\(frames.windowLength) at \(sampleRate) Hz",
        rule: "a frame has between 2 and 16777216 samples.")
    }
    guard hop >= 1 else {
      throw AudioError.invalidOption(
        name: "hop", value: "\(frames.hopLength) at \(sampleRate) Hz",
        rule: "the step is at least one sample.")
    }
    let fftLength: Int
    switch frames.fftLength {
    case .nextPowerOfTwo:
      fftLength = 1 << (Int.bitWidth - (windowLength - 1).leadingZeroBitCount)
    case .windowLength: fftLength = windowLength
    case .samples(let count): fftLength = count
    }
    guard fftLength >= windowLength, fftLength <= 1 << 24 else {
      throw AudioError.invalidOption(
        name: "fft-length", value: "\(fftLength)",
        rule: "at least the frame's \(windowLength) samples, at most 16777216.")
    }
    self.options = options
    self.sampleRate = sampleRate
    self.fftLength = fftLength
    let span = frames.centersWindow ? fftLength : windowLength
    geometry = FrameGeometry(frames, span: span, hop: hop)
    transform = FourierTransform.of(length: fftLength)
    let shape = frames.window.values(
      length: windowLength, periodic: frames.periodicWindow,
      blackmanCoefficient: frames.blackmanCoefficient, centredIn: span)
    window = shape + [Float](repeating: 0, count: 8)
    switch options.spectrum.normalization {
    case .none: powerScale = 1
    case .window: powerScale = Float(1 / shape.reduce(0.0) { $0 + Double($1) * Double($1) })
    case .frameLength: powerScale = 1 / Float(fftLength)
    }
    bank =
      options.kind == .mel || options.kind == .mfcc
      ? try MelFilterBank(options.mel, sampleRate: sampleRate, fftLength: fftLength) : nil
  }
}

/// Turns one frame of samples after another into spectra and log energies. Holds scratch memory, so
/// each thread has its own.
final class FrameAnalyzer {
  private let plan: FrameAnalysis
  private let workspace: FourierTransform.Workspace
  private let emphasized: UnsafeMutablePointer<Float>
  private let power: UnsafeMutablePointer<Float>

  /// Vectors read and write beyond the last sample or bin: room for one more on each side.
  private static let margin = 16

  init(_ plan: FrameAnalysis) {
    self.plan = plan
    workspace = FourierTransform.Workspace(length: plan.fftLength)
    emphasized = .allocate(capacity: plan.geometry.span + 2 * Self.margin)
    emphasized.initialize(repeating: 0, count: plan.geometry.span + 2 * Self.margin)
    power = .allocate(capacity: plan.transform.bins + Self.margin)
    power.initialize(repeating: 0, count: plan.transform.bins + Self.margin)
  }

  deinit {
    emphasized.deallocate()
    power.deallocate()
  }

  /// Analyses the frame whose samples (`geometry.span` of them) begin at `frame`.
  ///
  /// - Parameters:
  ///   - number: The frame's number, which with the seed decides its dither.
  ///   - row: Receives the compressed spectrum: `plan.width` values.
  /// - Returns: The natural logarithm of the frame's energy.
  func analyze(
    _ frame: UnsafePointer<Float>, number: Int, into row: UnsafeMutablePointer<Float>
  ) -> Float {
    let options = plan.options.frames
    let span = plan.geometry.span
    let samples = emphasized + Self.margin
    var sum = FrameKernels.scale(frame, by: options.inputScale, into: samples, count: span)
    if options.dither > 0 {
      var random = RandomStream(seed: options.ditherSeed, stream: UInt64(number))
      sum = 0
      for index in 0..<span {
        samples[index] += options.dither * Float(random.normal())
        sum += samples[index]
      }
    }
    if options.removesMean {
      FrameKernels.subtract(sum / Float(span), from: samples, count: span)
    }
    var energy: Float = 0
    if options.usesRawEnergy { energy = FrameKernels.energy(samples, count: span) }
    if plan.options.kind == .energy && options.usesRawEnergy { return logEnergy(energy) }
    plan.window.withUnsafeBufferPointer {
      FrameKernels.emphasize(
        samples, coefficient: options.preEmphasis, window: $0.baseAddress!,
        into: workspace.samples, count: span)
    }
    if !options.usesRawEnergy { energy = FrameKernels.energy(workspace.samples, count: span) }
    if plan.options.kind != .energy { spectrum(into: row) }
    return logEnergy(energy)
  }

  private func logEnergy(_ energy: Float) -> Float {
    log(max(energy, max(.ulpOfOne, plan.options.frames.energyFloor)))
  }

  private func spectrum(into row: UnsafeMutablePointer<Float>) {
    plan.transform.forward(workspace)
    let bins = plan.transform.bins
    FrameKernels.power(workspace.spectrum, into: power, bins: bins)
    if plan.powerScale != 1 { for bin in 0..<bins { power[bin] *= plan.powerScale } }
    let exponent = plan.options.spectrum.exponent
    if exponent == 1 {
      for bin in 0..<bins { power[bin] = power[bin].squareRoot() }
    } else if exponent != 2 {
      for bin in 0..<bins { power[bin] = pow(power[bin], exponent / 2) }
    }
    if let bank = plan.bank {
      bank.apply(power, row)
    } else {
      row.update(from: power, count: bins)
    }
    compress(row, count: plan.width)
  }

  private func compress(_ row: UnsafeMutablePointer<Float>, count: Int) {
    switch plan.options.compression {
    case .none: return
    case .naturalLog(let floor): for i in 0..<count { row[i] = max(row[i], floor) }
    case .offsetLog(let offset): for i in 0..<count { row[i] += offset }
    case .decibels(let level): for i in 0..<count { row[i] = max(row[i], level.floor) }
    }
    VectorMath.log(
      UnsafeBufferPointer(start: row, count: count),
      into: UnsafeMutableBufferPointer(start: row, count: count))
    if case .decibels(let level) = plan.options.compression {
      let scale = Float(10 / M_LN10)
      let reference = scale * log(max(level.floor, abs(level.reference)))
      for i in 0..<count { row[i] = scale * row[i] - reference }
    }
  }
}
