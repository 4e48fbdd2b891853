internal import CKernels
internal import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// The iterations of ``PhaseRecovery`` over one spectrogram.
///
/// A frame of a new sound depends on that frame of the sound before and on nothing else, so one pass
/// over the frames transforms, puts magnitudes back, transforms back and adds up: no complex
/// spectrogram is kept but the one that momentum looks back to.
final class PhaseSteps: @unchecked Sendable {
  private let transform: ShortTimeFourierTransform
  private let sum: OverlapAdd
  private let magnitudes: NDArray<Float>
  private let options: PhaseRecoveryOptions
  private let execution: Execution
  private let frames: Int
  /// The window, divided by what FFTW multiplies by.
  private let synthesis: [Float]
  /// ‖S‖², two-sided.
  private let total: Double

  /// The sound and what lies beyond its ends; read by all threads, written between passes.
  private var samples: [Float]
  /// The transform before the last, where there is momentum. Each thread has its own frames.
  private let previous: UnsafeMutablePointer<Float>?

  /// Frames are taken in blocks that depend on the transform alone, so that sums have one order
  /// whatever the threads; each is half a millisecond of work.
  private var blockLength: Int { max(16, (1 << 17) / transform.fftLength) }

  init(
    transform: ShortTimeFourierTransform, sum: OverlapAdd, magnitudes: NDArray<Float>,
    options: PhaseRecoveryOptions, execution: Execution
  ) {
    self.transform = transform
    self.sum = sum
    self.magnitudes = magnitudes
    self.options = options
    self.execution = execution
    frames = magnitudes.rows
    synthesis = transform.window.map { $0 / Float(transform.fftLength) }
    samples = [Float](repeating: 0, count: sum.reach)
    let bins = transform.bins
    let isEven = transform.fftLength % 2 == 0
    total = magnitudes.withUnsafeBuffer { values in
      var total = 0.0
      for (index, value) in values.enumerated() {
        let bin = index % bins
        let isAlone = bin == 0 || (isEven && bin == bins - 1)
        total += Double(value) * Double(value) * (isAlone ? 1 : 2)
      }
      return total
    }
    if options.momentum > 0 {
      previous = .allocate(capacity: 2 * bins * frames)
      previous?.initialize(repeating: 0, count: 2 * bins * frames)
    } else {
      previous = nil
    }
  }

  deinit { previous?.deallocate() }

  /// The sound so far.
  var sound: [Float] { Array(samples[sum.offset..<(sum.offset + sum.length)]) }

  /// Makes the sound of random phases.
  func start() throws {
    let bins = transform.bins
    try pass { frame, workspace, magnitudes in
      var random = RandomStream(seed: self.options.seed, stream: UInt64(frame))
      for bin in 0..<bins {
        let angle = Float(random.uniform() * 2 * .pi)
        workspace.spectrum[2 * bin] = magnitudes[bin] * cos(angle)
        workspace.spectrum[2 * bin + 1] = magnitudes[bin] * sin(angle)
      }
      return 0
    }
  }

  /// Measures the sound, and unless it is the last one makes the next.
  ///
  /// - Returns: The sound's ``PhaseRecovery/Iteration/inconsistency``.
  func step(isLast: Bool) throws -> Double {
    let bins = transform.bins
    let isEven = transform.fftLength % 2 == 0
    let mismatch = try pass(isLast: isLast) { frame, workspace, magnitudes in
      self.analyze(frame, workspace)
      // The bins at the ends are there once in the two-sided transform, all others twice.
      let low = abs(workspace.spectrum[0]) - magnitudes[0]
      let high = isEven ? abs(workspace.spectrum[2 * bins - 2]) - magnitudes[bins - 1] : 0
      let both = tenca_rephase(
        workspace.spectrum, self.previous.map { $0 + 2 * bins * frame }, magnitudes,
        self.options.momentum, bins)
      return Double(both) - Double(low * low) - Double(high * high)
    }
    return (max(mismatch, 0) / total).squareRoot()
  }

  /// Transforms a frame of the sound.
  private func analyze(_ frame: Int, _ workspace: FourierTransform.Workspace) {
    let place = sum.place(of: frame)
    samples.withUnsafeBufferPointer { samples in
      transform.window.withUnsafeBufferPointer { window in
        for index in 0..<window.count {
          workspace.samples[index] = samples[place + index] * window[index]
        }
      }
    }
    for index in synthesis.count..<transform.fftLength { workspace.samples[index] = 0 }
    transform.transform.forward(workspace)
  }

  /// Lets `spectrum` leave the spectrum of each frame in its workspace, and makes the sound of
  /// these unless it is the last pass.
  ///
  /// - Returns: The sum of what `spectrum` returned.
  @discardableResult
  private func pass(
    isLast: Bool = false,
    _ spectrum:
      @Sendable (Int, FourierTransform.Workspace, UnsafePointer<Float>) throws -> Double
  ) throws -> Double {
    let length = blockLength
    let hop = transform.hopLength
    let parts = try execution.map((frames + length - 1) / length) { block in
      let range = (block * length)..<min((block + 1) * length, self.frames)
      let workspace = FourierTransform.Workspace(length: self.transform.fftLength)
      let reach = isLast ? 0 : (range.count - 1) * hop + self.synthesis.count
      var part = [Float](repeating: 0, count: reach)
      var total = 0.0
      for frame in range {
        total += try self.magnitudes.withUnsafeBuffer { magnitudes in
          try spectrum(
            frame, workspace, magnitudes.baseAddress! + frame * self.transform.bins)
        }
        if isLast { continue }
        self.transform.transform.inverse(workspace)
        self.add(workspace, to: &part, at: (frame - range.lowerBound) * hop)
      }
      return (total: total, part: part)
    }
    if !isLast { assemble(parts.map(\.part)) }
    return parts.reduce(0) { $0 + $1.total }
  }

  private func add(
    _ workspace: FourierTransform.Workspace, to part: inout [Float], at place: Int
  ) {
    part.withUnsafeMutableBufferPointer { part in
      synthesis.withUnsafeBufferPointer { window in
        for index in 0..<window.count {
          part[place + index] += workspace.samples[index] * window[index]
        }
      }
    }
  }

  /// Puts the sounds of all blocks together, in their order.
  private func assemble(_ parts: [[Float]]) {
    samples.withUnsafeMutableBufferPointer { samples in
      samples.update(repeating: 0)
      for (block, part) in parts.enumerated() {
        let place = sum.place(of: block * blockLength)
        for (index, value) in part.enumerated() { samples[place + index] += value }
      }
      sum.finish(samples.baseAddress!)
    }
  }
}
