internal import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// Turns one frame of samples after another into spectra and log energies. Holds scratch memory, so
/// each thread has its own.
final class FrameAnalyzer {
  private let plan: FrameAnalysis
  private let workspace: FourierTransform.Workspace
  private let samples: UnsafeMutablePointer<Float>
  private let power: UnsafeMutablePointer<Float>
  private let compressed: UnsafeMutablePointer<Float>
  private var noise: [Float] = []

  /// The compressed spectrum of the last frame: `plan.width` values.
  var spectrum: UnsafePointer<Float> { UnsafePointer(compressed) }

  /// Vectors read and write beyond the last sample or bin: room for one more on each side.
  private static let margin = 16
  /// No power, nor any sum of powers, of a frame with less energy than this overflows.
  private static let greatestEnergy: Float = 1e30

  init(_ plan: FrameAnalysis) {
    func zeros(_ count: Int) -> UnsafeMutablePointer<Float> {
      let memory = UnsafeMutablePointer<Float>.allocate(capacity: count + 2 * Self.margin)
      memory.initialize(repeating: 0, count: count + 2 * Self.margin)
      return memory + Self.margin
    }
    self.plan = plan
    workspace = FourierTransform.Workspace(length: plan.fftLength)
    samples = zeros(plan.geometry.span)
    power = zeros(plan.transform.bins)
    compressed = zeros(plan.width)
  }

  deinit {
    for memory in [samples, power, compressed] { (memory - Self.margin).deallocate() }
  }

  /// Analyses the frame whose samples (`geometry.span` of them) begin at `frame`, leaving its
  /// ``spectrum``.
  ///
  /// - Parameters:
  ///   - number: The frame's number, which with the seed decides its dither.
  ///   - name: What errors call the sound.
  /// - Returns: The natural logarithm of the frame's energy.
  /// - Throws: ``AudioError/overflow(place:frame:)``.
  func analyze(_ frame: UnsafePointer<Float>, number: Int, name: String) throws -> Float {
    let options = plan.options.frames
    let span = plan.geometry.span
    var sum = FrameKernels.scale(frame, by: options.inputScale, into: samples, count: span)
    if options.dither > 0 { sum += addNoise(number: number) }
    if options.removesMean { FrameKernels.subtract(sum / Float(span), from: samples, count: span) }
    var energy = FrameKernels.energy(samples, count: span)
    guard energy < Self.greatestEnergy else {
      throw AudioError.overflow(place: name, frame: number)
    }
    if plan.options.kind == .energy && options.usesRawEnergy { return logEnergy(energy) }
    plan.window.withUnsafeBufferPointer {
      FrameKernels.emphasize(
        samples, coefficient: options.preEmphasis, window: $0.baseAddress!,
        into: workspace.samples, count: span)
    }
    if !options.usesRawEnergy { energy = FrameKernels.energy(workspace.samples, count: span) }
    if plan.options.kind != .energy {
      transform()
      guard compress() else { throw AudioError.overflow(place: name, frame: number) }
    }
    return logEnergy(energy)
  }

  /// Adds the dither of frame `number`, and returns its sum.
  private func addNoise(number: Int) -> Float {
    let options = plan.options.frames
    let span = plan.geometry.span
    if noise.isEmpty { noise = [Float](repeating: 0, count: span) }
    var random = RandomStream(seed: options.ditherSeed, stream: UInt64(number))
    return noise.withUnsafeMutableBufferPointer { noise in
      random.fillNormal(noise, standardDeviation: options.dither)
      var sum: Float = 0
      for index in 0..<span {
        samples[index] += noise[index]
        sum += noise[index]
      }
      return sum
    }
  }

  private func logEnergy(_ energy: Float) -> Float {
    log(max(energy, max(.ulpOfOne, plan.options.frames.energyFloor)))
  }

  /// From the windowed samples to bins or bands.
  private func transform() {
    plan.transform.forward(workspace)
    let bins = plan.transform.bins
    let spectrum = plan.bank == nil ? compressed : power
    FrameKernels.power(workspace.spectrum, into: spectrum, bins: bins)
    if plan.powerScale != 1 { for bin in 0..<bins { spectrum[bin] *= plan.powerScale } }
    let exponent = plan.options.spectrum.exponent
    if exponent == 1 {
      for bin in 0..<bins { spectrum[bin] = spectrum[bin].squareRoot() }
    } else if exponent != 2 {
      for bin in 0..<bins { spectrum[bin] = pow(spectrum[bin], exponent / 2) }
    }
    plan.bank?.apply(power, compressed)
  }

  /// Takes logarithms, unless a value is not finite.
  private func compress() -> Bool {
    let count = plan.width
    let row = UnsafeMutableBufferPointer(start: compressed, count: count)
    // Only a large exponent can have led beyond the range of floats.
    if plan.options.spectrum.exponent > 2, !row.allSatisfy(\.isFinite) { return false }
    switch plan.options.compression {
    case .none: return true
    case .naturalLog(let floor): for i in 0..<count { row[i] = max(row[i], floor) }
    case .offsetLog(let offset): for i in 0..<count { row[i] += offset }
    case .decibels(let level): for i in 0..<count { row[i] = max(row[i], level.floor) }
    }
    VectorMath.log(UnsafeBufferPointer(row), into: row)
    if case .decibels(let level) = plan.options.compression {
      let scale = Float(10 / M_LN10)
      var reference: Float = 0
      if case .power(let power) = level.reference {
        reference = scale * log(max(level.floor, power))
      }
      for i in 0..<count { row[i] = scale * row[i] - reference }
    }
    return true
  }
}
