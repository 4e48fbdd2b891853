/// A length of time, given in milliseconds (Kaldi, HTK) or in samples (librosa, torchaudio).
public enum SampleExtent: Sendable, Codable, Equatable, CustomStringConvertible {
  /// Milliseconds, turned into `int(rate · 0.001 · ms)` samples as Kaldi does.
  case milliseconds(Double)
  /// Samples at the sound's own rate.
  case samples(Int)

  /// The number of samples at `sampleRate` hertz.
  public func samples(at sampleRate: Int) -> Int {
    switch self {
    case .samples(let count): count
    case .milliseconds(let time): Int(Double(sampleRate) * 0.001 * time)
    }
  }

  /// Reads `25ms`, `0.025s` or `400` (samples).
  public init?(_ text: String) {
    if text.hasSuffix("ms"), let value = Double(text.dropLast(2)), value > 0, value < 1e9 {
      self = .milliseconds(value)
    } else if text.hasSuffix("s"), let value = Double(text.dropLast()), value > 0, value < 1e6 {
      self = .milliseconds(value * 1000)
    } else if let value = Int(text), value > 0 {
      self = .samples(value)
    } else {
      return nil
    }
  }

  /// The text that ``init(_:)`` reads.
  public var description: String {
    switch self {
    case .samples(let count): "\(count)"
    case .milliseconds(let time): time == time.rounded() ? "\(Int(time))ms" : "\(time)ms"
    }
  }
}
