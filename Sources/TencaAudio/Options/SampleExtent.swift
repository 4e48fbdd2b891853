/// A length of time, given in milliseconds (Kaldi, HTK) or in samples (librosa, torchaudio).
public enum SampleExtent: Sendable, Codable, Equatable, CustomStringConvertible {
  /// Milliseconds, turned into `int(rate · 0.001 · ms)` samples as Kaldi does.
  case milliseconds(Double)
  /// Samples at the sound's own rate.
  case samples(Int)

  /// The number of samples at `sampleRate` hertz; 0 for times that are no number, and at most 2⁵³.
  public func samples(at sampleRate: Int) -> Int {
    switch self {
    case .samples(let count): return count
    case .milliseconds(let time):
      let count = Double(sampleRate) * 0.001 * time
      return count.isNaN ? 0 : Int(max(-0x1p53, min(count, 0x1p53)))
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
    case .milliseconds(let time):
      Int(exactly: time).map { "\($0)ms" } ?? "\(time)ms"
    }
  }
}
