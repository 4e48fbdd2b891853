internal import CKernels
public import TencaNumerics

/// The short-time Fourier transform and its inverse by weighted overlap-add.
///
/// Follows librosa's `stft` and `istft`: a periodic window, centred in the transform where it is
/// shorter. Analysis and synthesis use the same window, and the sum of its squares is divided out,
/// so the inverse of a transform is the sound itself to rounding (Griffin and Lim 1984).
public struct ShortTimeFourierTransform: Sendable {
  /// The length of each Fourier transform.
  public let fftLength: Int
  /// The step between frames, in samples.
  public let hopLength: Int
  /// What happens at the sound's ends.
  public let edges: FrameEdges

  let geometry: FrameGeometry
  /// The window, as long as a frame: what lies behind it in the transform is zero.
  let window: [Float]
  let transform: FourierTransform

  /// Makes a transform.
  ///
  /// - Parameters:
  ///   - fftLength: The length of each Fourier transform, in samples.
  ///   - hopLength: The step between frames, in samples.
  ///   - windowLength: The window's length; by default that of the transform.
  ///   - window: The window's shape; it is periodic.
  ///   - edges: By default frames are centred, over zeros beyond the ends.
  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  public init(
    fftLength: Int = 2048, hopLength: Int = 512, windowLength: Int? = nil,
    window: WindowFunction = .hann, edges: FrameEdges = .centerZero
  ) throws {
    let windowLength = windowLength ?? fftLength
    let longest = FrameAnalysis.longestFrame
    guard (2...longest).contains(fftLength), (1...fftLength).contains(windowLength),
      (1...longest).contains(hopLength)
    else {
      throw AudioError.invalidOption(
        name: "fft-length", value: "\(fftLength), window \(windowLength), hop \(hopLength)",
        rule: "1 ≤ window ≤ transform, 1 ≤ hop, none above \(longest).")
    }
    self.fftLength = fftLength
    self.hopLength = hopLength
    self.edges = edges
    geometry = FrameGeometry(edges: edges, span: fftLength, hop: hopLength)
    self.window = window.values(length: windowLength, periodic: true, centredIn: fftLength)
    transform = FourierTransform.of(length: fftLength)
  }

  /// The transform that a front end makes of each frame.
  init(_ analysis: FrameAnalysis) {
    fftLength = analysis.fftLength
    hopLength = analysis.geometry.hop
    edges = analysis.geometry.edges
    geometry = analysis.geometry
    window = analysis.window
    transform = analysis.transform
  }

  /// The number of bins, `fftLength / 2 + 1`.
  public var bins: Int { transform.bins }

  /// The number of frames of a sound of `length` samples.
  public func frameCount(length: Int) -> Int { geometry.frameCount(length: length) }

  /// The number of samples that `frames` frames cover, without what they reach over its ends.
  public func coveredLength(frames: Int) -> Int {
    if frames == 0 { return 0 }
    return max(geometry.span + (frames - 1) * hopLength + 2 * geometry.origin, 0)
  }

  /// The transform of a sound.
  ///
  /// - Returns: frames × bins × (real, imaginary); no frames for a sound shorter than one.
  /// - Complexity: O(frames · fftLength · log fftLength).
  public func forward(_ samples: [Float]) -> NDArray<Float> {
    let frames = geometry.frameCount(length: samples.count)
    let rowLength = 2 * transform.bins
    return NDArray(shape: [frames, transform.bins, 2]) { target in
      forEachFrame(of: samples) { frame, pairs in
        (target.baseAddress! + frame * rowLength).update(from: pairs, count: rowLength)
      }
    }
  }

  /// Calls `body` with the number of each frame of a sound and its transform: bins × (real,
  /// imaginary), in memory of one frame.
  func forEachFrame(
    of samples: [Float], _ body: (_ frame: Int, _ pairs: UnsafePointer<Float>) throws -> Void
  ) rethrows {
    let workspace = FourierTransform.Workspace(length: fftLength)
    var sound = SampleQueue(geometry)
    sound.append(samples)
    for frame in 0..<geometry.frameCount(length: samples.count) {
      sound.withFrame(frame) { samples in
        for index in window.indices { workspace.samples[index] = samples[index] * window[index] }
      }
      transform.forward(workspace)
      try body(frame, workspace.spectrum)
    }
  }

  /// The magnitudes of a sound's transform.
  ///
  /// - Returns: frames × bins; no frames for a sound shorter than one.
  /// - Complexity: As ``forward(_:)``.
  public func magnitudes(of samples: [Float]) -> NDArray<Float> {
    let spectra = forward(samples)
    return spectra.withUnsafeBuffer { pairs in
      NDArray(shape: Array(spectra.shape.dropLast())) { target in
        guard let power = target.baseAddress else { return }
        tenca_power(pairs.baseAddress, power, target.count)
        for index in target.indices { target[index] = target[index].squareRoot() }
      }
    }
  }

  /// The sound of a transform.
  ///
  /// - Parameters:
  ///   - spectrogram: frames × bins × (real, imaginary).
  ///   - length: The number of samples wanted; by default all that the frames cover.
  /// - Complexity: O(frames · fftLength · log fftLength).
  public func inverse(_ spectrogram: NDArray<Float>, length: Int? = nil) -> [Float] {
    precondition(
      spectrogram.rank == 3 && spectrogram.shape[1] == transform.bins && spectrogram.shape[2] == 2,
      "shape \(spectrogram.shape) is not frames × \(transform.bins) × 2")
    let frames = spectrogram.rows
    let length = length ?? coveredLength(frames: frames)
    let sum = OverlapAdd(
      geometry, window: window, frames: frames, length: length, mirrors: false, leastWeight: 0)
    var sound = [Float](repeating: 0, count: sum.reach)
    let workspace = FourierTransform.Workspace(length: fftLength)
    let rowLength = 2 * transform.bins
    let scale = 1 / Float(fftLength)
    spectrogram.withUnsafeBuffer { values in
      for frame in 0..<frames {
        workspace.spectrum.update(
          from: values.baseAddress! + frame * rowLength, count: rowLength)
        transform.inverse(workspace)
        let place = sum.place(of: frame)
        for index in window.indices {
          sound[place + index] += workspace.samples[index] * window[index] * scale
        }
      }
    }
    sound.withUnsafeMutableBufferPointer { if length > 0 { sum.finish($0.baseAddress!) } }
    return Array(sound[sum.offset..<(sum.offset + length)])
  }
}
