internal import CSndfile
internal import TencaNumerics

/// Writes sound in blocks, as WAV or FLAC by the path's extension.
public final class SoundWriter {
  /// How a sample is stored.
  public enum SampleFormat: String, Sendable, CaseIterable {
    /// 16-bit integers: what every program reads. The default.
    case int16
    /// 24-bit integers.
    case int24
    /// 32-bit floats (WAV only): nothing is rounded and nothing clips.
    case float32
  }

  private let file: OpaquePointer
  private let path: String
  private let channels: Int
  /// How many samples so far lay outside [-1, 1] and were clipped.
  public private(set) var clippedSamples = 0
  private let clips: Bool

  /// Writes a whole sound: all channels equally long, renamed into place when complete.
  ///
  /// - Returns: The number of samples that lay outside [-1, 1] and were clipped.
  /// - Throws: ``AudioError/unwritable(path:reason:)``, ``AudioError/invalidOption(name:value:rule:)``,
  ///   `ReplacingFileError`.
  @discardableResult
  public static func write(
    _ channels: [Waveform], to path: String, format: SampleFormat = .int16
  ) throws -> Int {
    guard let first = channels.first else { throw AudioError.noSamples(path: path) }
    precondition(
      channels.allSatisfy {
        $0.samples.count == first.samples.count && $0.sampleRate == first.sampleRate
      }, "channels of unequal length or rate")
    return try write(
      to: path, sampleRate: first.sampleRate, channels: channels.count, format: format
    ) { writer in try writer.append(channels.map(\.samples)) }
  }

  /// Writes a sound block by block: `body` appends, and the file is renamed into place at the end.
  @discardableResult
  public static func write(
    to path: String, sampleRate: Int, channels: Int, format: SampleFormat = .int16,
    _ body: (SoundWriter) throws -> Void
  ) throws -> Int {
    let container = try container(of: path, format: format)
    return try ReplacingFile.write(to: path) { temporary in
      let writer = try SoundWriter(
        path: path, temporary: temporary, sampleRate: sampleRate, channels: channels,
        container: container, clips: format != .float32)
      try body(writer)
      try writer.finish()
      return writer.clippedSamples
    }
  }

  private static func container(of path: String, format: SampleFormat) throws -> Int32 {
    let encoding: Int =
      switch format {
      case .int16: Int(SF_FORMAT_PCM_16)
      case .int24: Int(SF_FORMAT_PCM_24)
      case .float32: Int(SF_FORMAT_FLOAT)
      }
    let lowered = path.lowercased()
    if lowered.hasSuffix(".wav") { return Int32(Int(SF_FORMAT_WAV) | encoding) }
    if lowered.hasSuffix(".flac") {
      guard format != .float32 else {
        throw AudioError.invalidOption(
          name: "format", value: "float32", rule: "FLAC stores integers: use int16 or int24.")
      }
      return Int32(Int(SF_FORMAT_FLAC) | encoding)
    }
    throw AudioError.unwritable(path: path, reason: "the extension must be .wav or .flac.")
  }

  private init(
    path: String, temporary: String, sampleRate: Int, channels: Int, container: Int32, clips: Bool
  ) throws {
    var info = SF_INFO()
    info.samplerate = Int32(sampleRate)
    info.channels = Int32(channels)
    info.format = container
    guard let file = sf_open(temporary, Int32(SFM_WRITE), &info) else {
      throw AudioError.unwritable(path: path, reason: String(cString: sf_strerror(nil)))
    }
    self.file = file
    self.path = path
    self.channels = channels
    self.clips = clips
    // Without this an overshoot wraps around to the opposite extreme: a loud click.
    sf_command(file, Int32(SFC_SET_CLIPPING), nil, Int32(SF_TRUE))
  }

  deinit { sf_close(file) }

  /// Appends one block: an array of samples a channel, all equally long.
  public func append(_ block: [[Float]]) throws {
    precondition(block.count == channels, "\(block.count) channels, the file has \(channels)")
    let count = block[0].count
    var interleaved = [Float](repeating: 0, count: count * channels)
    for (index, samples) in block.enumerated() {
      for frame in 0..<count {
        let sample = samples[frame]
        guard sample.isFinite else {
          throw AudioError.nonFiniteSample(path: path, frame: frame, channel: index)
        }
        if clips && abs(sample) > 1 { clippedSamples += 1 }
        interleaved[frame * channels + index] = sample
      }
    }
    guard sf_writef_float(file, interleaved, sf_count_t(count)) == sf_count_t(count) else {
      throw AudioError.unwritable(path: path, reason: String(cString: sf_strerror(file)))
    }
  }

  private func finish() throws {
    sf_write_sync(file)
    guard sf_error(file) == 0 else {
      throw AudioError.unwritable(path: path, reason: String(cString: sf_strerror(file)))
    }
  }
}
