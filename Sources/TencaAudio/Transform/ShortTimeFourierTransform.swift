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

  private let geometry: FrameGeometry
  private let window: [Float]
  private let transform: FourierTransform

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

  /// The transform of a sound.
  ///
  /// - Returns: frames × bins × (real, imaginary); no frames for a sound shorter than one.
  /// - Complexity: O(frames · fftLength · log fftLength).
  public func forward(_ samples: [Float]) -> NDArray<Float> {
    let frames = geometry.frameCount(length: samples.count)
    let workspace = FourierTransform.Workspace(length: fftLength)
    let rowLength = 2 * transform.bins
    var sound = SampleQueue(geometry)
    sound.append(samples)
    return NDArray(shape: [frames, transform.bins, 2]) { target in
      for frame in 0..<frames {
        sound.withFrame(frame) { samples in
          for index in 0..<fftLength { workspace.samples[index] = samples[index] * window[index] }
        }
        transform.forward(workspace)
        (target.baseAddress! + frame * rowLength).update(
          from: workspace.spectrum, count: rowLength)
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
    let covered = fftLength + (frames - 1) * hopLength + 2 * geometry.origin
    let length = length ?? max(frames == 0 ? 0 : covered, 0)
    var sound = [Float](repeating: 0, count: length)
    var weight = [Float](repeating: 0, count: length)
    let workspace = FourierTransform.Workspace(length: fftLength)
    let rowLength = 2 * transform.bins
    let scale = 1 / Float(fftLength)
    spectrogram.withUnsafeBuffer { values in
      for frame in 0..<frames {
        workspace.spectrum.update(
          from: values.baseAddress! + frame * rowLength, count: rowLength)
        transform.inverse(workspace)
        let start = geometry.start(of: frame)
        for index in max(0, -start)..<max(0, -start, min(fftLength, length - start)) {
          sound[start + index] += workspace.samples[index] * window[index] * scale
          weight[start + index] += window[index] * window[index]
        }
      }
    }
    for index in 0..<length where weight[index] > .leastNormalMagnitude {
      sound[index] /= weight[index]
    }
    return sound
  }
}
