internal import CSoxr

/// Changes the sample rate, by libsoxr at high quality (20-bit, linear phase).
///
/// A stream: results do not depend on how the input is cut into blocks. The delay of the filter is
/// removed, so that sample 0 stays at time 0.
public final class Resampler {
  /// Samples a second that go in.
  public let inputRate: Int
  /// Samples a second that come out.
  public let outputRate: Int
  private let state: soxr_t
  private var buffer: [Float]

  /// Makes a resampler for one channel.
  ///
  /// - Throws: ``AudioError/invalidOption(name:value:rule:)`` for a rate that is not positive,
  ///   ``AudioError/library(name:reason:)``.
  public init(from inputRate: Int, to outputRate: Int) throws {
    for rate in [inputRate, outputRate] where !(1...10_000_000).contains(rate) {
      throw AudioError.invalidOption(
        name: "rate", value: "\(rate)", rule: "between 1 and 10000000 Hz.")
    }
    self.inputRate = inputRate
    self.outputRate = outputRate
    var error: soxr_error_t?
    guard
      let state = soxr_create(
        Double(inputRate), Double(outputRate), 1, &error, nil, nil, nil)
    else {
      throw AudioError.library(name: "soxr", reason: error.map { String(cString: $0) } ?? "unknown")
    }
    self.state = state
    buffer = [Float](repeating: 0, count: 1 << 14)
  }

  deinit { soxr_delete(state) }

  /// Takes a block of samples and returns those that are ready.
  ///
  /// - Throws: ``AudioError/library(name:reason:)``.
  public func append(_ samples: [Float]) throws -> [Float] {
    var result: [Float] = []
    var position = 0
    try samples.withUnsafeBufferPointer { input in
      while position < input.count {
        position += try process(
          input.baseAddress! + position, input.count - position, into: &result)
      }
    }
    return result
  }

  /// Returns the samples still in the filter. Nothing may be appended afterwards.
  ///
  /// - Throws: ``AudioError/library(name:reason:)``.
  public func finish() throws -> [Float] {
    var result: [Float] = []
    var before = -1
    while result.count > before {
      before = result.count
      _ = try process(nil, 0, into: &result)
    }
    return result
  }

  private func process(
    _ input: UnsafePointer<Float>?, _ count: Int, into result: inout [Float]
  ) throws -> Int {
    var consumed = 0
    var produced = 0
    let error = buffer.withUnsafeMutableBufferPointer {
      soxr_process(state, input, count, &consumed, $0.baseAddress!, $0.count, &produced)
    }
    if let error { throw AudioError.library(name: "soxr", reason: String(cString: error)) }
    result += buffer[..<produced]
    return consumed
  }
}

extension Waveform {
  /// The same sound at another rate; itself where the rate is already right.
  ///
  /// - Throws: As ``Resampler/init(from:to:)``.
  public func resampled(to rate: Int) throws -> Waveform {
    if rate == sampleRate { return self }
    let resampler = try Resampler(from: sampleRate, to: rate)
    let head = try resampler.append(samples)
    return Waveform(samples: head + (try resampler.finish()), sampleRate: rate)
  }
}
