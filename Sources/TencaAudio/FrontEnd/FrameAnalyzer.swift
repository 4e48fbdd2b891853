internal import CKernels
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
  /// One value a bin.
  private let power: UnsafeMutablePointer<Float>
  /// One value a band, where there are bands, or a bin.
  private let energies: UnsafeMutablePointer<Float>
  private let compressed: UnsafeMutablePointer<Float>
  private var noise: [Float] = []
  /// Ones, where the window comes later.
  private let flatWindow: [Float]

  /// The spectrum of the last frame: `plan.width` values.
  let spectrum: UnsafePointer<Float>

  /// Room after each buffer, where kernels read whole vectors.
  private static let margin = 16
  /// No power, nor any sum of powers, of a frame with less energy than this overflows.
  private static let greatestEnergy: Float = 1e30

  init(_ plan: FrameAnalysis) {
    self.plan = plan
    workspace = FourierTransform.Workspace(length: plan.fftLength)
    flatWindow = [Float](
      repeating: 1, count: plan.options.teager == .samples ? plan.geometry.span : 0)
    samples = Self.memory(plan.geometry.span)
    power = Self.memory(plan.transform.bins)
    energies = plan.bank == nil ? power : Self.memory(plan.width)
    compressed = Self.memory(plan.width)
    spectrum = UnsafePointer(plan.options.compression == .none ? energies : compressed)
  }

  private static func memory(_ count: Int) -> UnsafeMutablePointer<Float> {
    let memory = UnsafeMutablePointer<Float>.allocate(capacity: count + margin)
    // Of what lies in the margin logarithms are taken too.
    memory.initialize(repeating: 1, count: count + margin)
    return memory
  }

  deinit {
    for memory in Set([samples, power, energies, compressed]) { memory.deallocate() }
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
    var sum = tenca_scale(frame, options.inputScale, samples, span)
    if options.dither > 0 { sum += addNoise(number: number) }
    let usesTeager = plan.options.teager == .samples
    var energy = tenca_window(
      samples, options.removesMean ? sum / Float(span) : 0, options.preEmphasis,
      usesTeager ? flatWindow : plan.window, workspace.samples, span)
    if usesTeager { energy.windowed = applyTeager() }
    guard energy.raw < Self.greatestEnergy, energy.windowed < Self.greatestEnergy else {
      throw AudioError.overflow(place: name, frame: number)
    }
    if plan.options.kind != .energy {
      transform()
      guard compress() else { throw AudioError.overflow(place: name, frame: number) }
    }
    let shown = options.usesRawEnergy ? energy.raw : energy.windowed
    return log(max(shown, max(.ulpOfOne, options.energyFloor)))
  }

  /// Replaces the workspace's samples by Teager's energy of them, on their own scale, times the window.
  /// The first and the last sample stand in for those beyond. Returns the sum of squares.
  private func applyTeager() -> Float {
    let values = workspace.samples
    let span = plan.geometry.span
    let scale = 1 / plan.options.frames.inputScale
    var before = values[0]
    var sum: Float = 0
    for index in 0..<span {
      let here = values[index]
      let after = values[min(index + 1, span - 1)]
      values[index] = (here * here - before * after) * scale * plan.window[index]
      sum += values[index] * values[index]
      before = here
    }
    return sum
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

  /// From the windowed samples to the energies of bins or bands.
  private func transform() {
    plan.transform.forward(workspace)
    let bins = plan.transform.bins
    tenca_power(workspace.spectrum, power, bins)
    for (bin, weight) in plan.teagerWeights.enumerated() { power[bin] *= weight }
    if plan.powerScale != 1 { for bin in 0..<bins { power[bin] *= plan.powerScale } }
    let exponent = plan.options.spectrum.exponent
    if exponent == 1 {
      for bin in 0..<bins { power[bin] = power[bin].squareRoot() }
    } else if exponent != 2 {
      for bin in 0..<bins { power[bin] = pow(power[bin], exponent / 2) }
    }
    plan.bank?.apply(power, energies)
  }

  /// Takes logarithms, unless a value is not finite.
  private func compress() -> Bool {
    let width = plan.width
    let values = UnsafeMutableBufferPointer(start: energies, count: width)
    // Only a large exponent can have led beyond the range of floats.
    if plan.options.spectrum.exponent > 2, !values.allSatisfy(\.isFinite) { return false }
    switch plan.options.compression {
    case .none: return true
    case .naturalLog(let floor): for i in 0..<width { values[i] = max(values[i], floor) }
    case .offsetLog(let offset): for i in 0..<width { values[i] += offset }
    case .decibels(let level): for i in 0..<width { values[i] = max(values[i], level.floor) }
    }
    // Whole vectors are faster than the numbers that they hold.
    let padded = (width + Self.margin - 1) / Self.margin * Self.margin
    VectorMath.log(
      UnsafeBufferPointer(start: energies, count: padded),
      into: UnsafeMutableBufferPointer(start: compressed, count: padded))
    if case .decibels(let level) = plan.options.compression {
      let scale = Float(10 / M_LN10)
      var reference: Float = 0
      if case .power(let power) = level.reference {
        reference = scale * log(max(level.floor, power))
      }
      for i in 0..<width { compressed[i] = scale * compressed[i] - reference }
    }
    return true
  }
}
