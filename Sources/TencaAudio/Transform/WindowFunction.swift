#if canImport(Glibc)
  internal import Glibc
#endif

/// The shape that a frame of samples is multiplied by before its Fourier transform.
public enum WindowFunction: String, Sendable, Codable, CaseIterable {
  /// Kaldi's: a Hann window to the power 0.85, which does not quite reach zero's neighbourhood.
  case povey
  /// 0.5 - 0.5 cos.
  case hann
  /// 0.54 - 0.46 cos.
  case hamming
  /// 0.42 - 0.5 cos + 0.08 cos 2 (Kaldi's coefficient 0.42 can be changed there and here).
  case blackman
  /// Half a period of a sine.
  case sine
  /// No shape at all.
  case rectangular

  /// The window's values.
  ///
  /// - Parameters:
  ///   - length: The number of samples.
  ///   - periodic: Whether the window is one period of an endless one, as spectral analysis wants
  ///     it (librosa, torchaudio), or symmetric with equal ends (Kaldi, HTK).
  ///   - blackmanCoefficient: The constant term of ``blackman``.
  public func values(length: Int, periodic: Bool, blackmanCoefficient: Double = 0.42) -> [Float] {
    if length == 1 { return [1] }
    let step = 2 * Double.pi / Double(periodic ? length : length - 1)
    return (0..<length).map { index in
      let angle = step * Double(index)
      let value: Double =
        switch self {
        case .povey: pow(0.5 - 0.5 * cos(angle), 0.85)
        case .hann: 0.5 - 0.5 * cos(angle)
        case .hamming: 0.54 - 0.46 * cos(angle)
        case .blackman:
          blackmanCoefficient - 0.5 * cos(angle) + (0.5 - blackmanCoefficient) * cos(2 * angle)
        case .sine: sin(0.5 * angle)
        case .rectangular: 1
        }
      return Float(value)
    }
  }

  /// The same values in the middle of `span` samples, with zeros around them.
  func values(
    length: Int, periodic: Bool, blackmanCoefficient: Double = 0.42, centredIn span: Int
  ) -> [Float] {
    let shape = values(
      length: length, periodic: periodic, blackmanCoefficient: blackmanCoefficient)
    let lead = (span - length) / 2
    return [Float](repeating: 0, count: lead) + shape
      + [Float](repeating: 0, count: span - length - lead)
  }
}
