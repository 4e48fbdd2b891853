internal import CFFTW
internal import CKernels
import Synchronization

#if canImport(Glibc)
  internal import Glibc
#endif

/// A real discrete Fourier transform of one length, by FFTW.
///
/// Even lengths go through the complex transform of half the length, which with FFTW's estimated plans
/// takes half the time of its real transforms.
///
/// Plans are made once a length and shared by all threads: FFTW's planner is not thread-safe, so it
/// runs under a lock, while executing a plan is re-entrant. Plans are estimated, not measured:
/// measured ones differ from run to run, and with them the last bits of every result.
public final class FourierTransform: @unchecked Sendable {
  /// The number of real samples.
  public let length: Int
  /// The number of complex bins, `length / 2 + 1`.
  public var bins: Int { length / 2 + 1 }

  private let forwardPlan: fftwf_plan
  private let inversePlan: fftwf_plan
  /// What turns a transform of half the length into the whole one; none for odd lengths.
  private let twiddles: Twiddles?

  /// The factors of `tenca_untangle`.
  private struct Twiddles {
    var real: [Float] = []
    var imaginary: [Float] = []

    init(half: Int) {
      for k in 0...(half / 2) {
        let angle = Double.pi * Double(k) / Double(half)
        let real = Float(-sin(angle) / 2)
        let imaginary = Float(-cos(angle) / 2)
        self.real += [real, real]
        self.imaginary += [-imaginary, imaginary]
      }
    }
  }

  private static let shared = Mutex<[Int: FourierTransform]>([:])

  /// The transform of `length` samples, made at its first use and kept.
  public static func of(length: Int) -> FourierTransform {
    precondition(length > 0, "a Fourier transform of \(length) samples")
    return shared.withLock { known in
      if let transform = known[length] { return transform }
      let transform = FourierTransform(length: length)
      known[length] = transform
      return transform
    }
  }

  private init(length: Int) {
    self.length = length
    let workspace = Workspace(length: length)
    let spectrum = UnsafeMutableRawPointer(workspace.spectrum)
      .assumingMemoryBound(to: fftwf_complex.self)
    if length % 2 == 0 {
      let pairs = UnsafeMutableRawPointer(workspace.samples)
        .assumingMemoryBound(to: fftwf_complex.self)
      forwardPlan = fftwf_plan_dft_1d(
        Int32(length / 2), pairs, spectrum, FFTW_FORWARD, UInt32(FFTW_ESTIMATE))
      twiddles = Twiddles(half: length / 2)
    } else {
      forwardPlan = fftwf_plan_dft_r2c_1d(
        Int32(length), workspace.samples, spectrum, UInt32(FFTW_ESTIMATE))
      twiddles = nil
    }
    inversePlan = fftwf_plan_dft_c2r_1d(
      Int32(length), spectrum, workspace.samples, UInt32(FFTW_ESTIMATE | FFTW_DESTROY_INPUT))
  }

  /// Memory for one transform, aligned as the plans demand (unaligned plans measured 2.5 times
  /// slower). Each thread needs its own.
  public final class Workspace {
    /// `length` real samples.
    public let samples: UnsafeMutablePointer<Float>
    /// Room for ``FourierTransform/bins`` pairs (real, imaginary), padded with zeros to whole
    /// vectors.
    public let spectrum: UnsafeMutablePointer<Float>

    /// Makes zeroed memory for transforms of `length` samples.
    public init(length: Int) {
      samples = Self.zeros(length)
      spectrum = Self.zeros(length + 2)
    }

    private static func zeros(_ count: Int) -> UnsafeMutablePointer<Float> {
      let padded = (count + 63) / 32 * 32
      let raw = UnsafeMutableRawPointer.allocate(
        byteCount: padded * MemoryLayout<Float>.stride, alignment: 64)
      let pointer = raw.bindMemory(to: Float.self, capacity: padded)
      pointer.initialize(repeating: 0, count: padded)
      return pointer
    }

    deinit {
      samples.deallocate()
      spectrum.deallocate()
    }
  }

  /// Transforms the workspace's samples into ``bins`` pairs (real, imaginary).
  ///
  /// - Complexity: O(length · log length).
  public func forward(_ workspace: Workspace) {
    let spectrum = UnsafeMutableRawPointer(workspace.spectrum)
      .assumingMemoryBound(to: fftwf_complex.self)
    guard let twiddles else {
      fftwf_execute_dft_r2c(forwardPlan, workspace.samples, spectrum)
      return
    }
    let pairs = UnsafeMutableRawPointer(workspace.samples)
      .assumingMemoryBound(to: fftwf_complex.self)
    fftwf_execute_dft(forwardPlan, pairs, spectrum)
    tenca_untangle(workspace.spectrum, twiddles.real, twiddles.imaginary, length / 2)
  }

  /// Transforms the workspace's pairs back into samples, multiplied by ``length``; the pairs are
  /// overwritten.
  public func inverse(_ workspace: Workspace) {
    workspace.spectrum.withMemoryRebound(to: fftwf_complex.self, capacity: bins) {
      fftwf_execute_dft_c2r(inversePlan, $0, workspace.samples)
    }
  }
}
