internal import CSndfile
internal import TencaNumerics

/// Writes sound in blocks, as WAV or FLAC by the path's extension.
///
/// Integers are rounded to nearest, so samples that were read from a file of as many bits are written
/// exactly as they were.
public final class SoundWriter {
  /// How a sample is stored.
  public enum SampleFormat: String, Sendable, CaseIterable {
    /// 16-bit integers: what every program reads. The default.
    case int16
    /// 24-bit integers.
    case int24
    /// 32-bit floats (WAV only): nothing is rounded and nothing clips.
    case float32

    /// The bits of integers; nil for floats.
    fileprivate var bits: Int? {
      switch self {
      case .int16: 16
      case .int24: 24
      case .float32: nil
      }
    }
  }

  /// How many samples so far lay outside [-1, 1] and were clipped.
  public private(set) var clippedSamples = 0

  private let path: String
  private let channels: Int
  private let format: SampleFormat
  private var file: OpaquePointer?
  private var framesWritten = 0

  /// Writes a whole sound: all channels equally long, renamed into place when complete.
  ///
  /// - Returns: The number of samples that lay outside [-1, 1] and were clipped.
  /// - Throws: As ``write(to:sampleRate:channels:format:_:)``.
  @discardableResult
  public static func write(
    _ channels: [Waveform], to path: String, format: SampleFormat = .int16
  ) throws -> Int {
    precondition(
      channels.allSatisfy {
        $0.samples.count == channels[0].samples.count && $0.sampleRate == channels[0].sampleRate
      }, "channels of unequal length or rate")
    return try write(
      to: path, sampleRate: channels.first?.sampleRate ?? 1, channels: channels.count,
      format: format
    ) { writer in try writer.append(channels.map(\.samples)) }
  }

  /// Writes a sound block by block: `body` appends, and the file is renamed into place at the end.
  /// When anything fails, an older file at `path` stays as it was.
  ///
  /// - Returns: The number of samples that lay outside [-1, 1] and were clipped.
  /// - Throws: ``AudioError/unwritable(path:reason:)``, ``AudioError/invalidOption(name:value:rule:)``,
  ///   ``AudioError/nonFiniteSample(path:frame:channel:)``, `ReplacingFileError`, and what `body`
  ///   throws.
  @discardableResult
  public static func write(
    to path: String, sampleRate: Int, channels: Int, format: SampleFormat = .int16,
    _ body: (SoundWriter) throws -> Void
  ) throws -> Int {
    let container = try container(of: path, format: format)
    try checkRate(sampleRate)
    guard (1...1024).contains(channels) else {
      throw AudioError.invalidOption(
        name: "channels", value: "\(channels)", rule: "between 1 and 1024 channels.")
    }
    var info = SF_INFO()
    info.samplerate = Int32(sampleRate)
    info.channels = Int32(channels)
    info.format = container
    return try ReplacingFile.write(to: path) { temporary in
      guard let file = sf_open(temporary, Int32(SFM_WRITE), &info) else {
        throw AudioError.unwritable(path: path, reason: String(cString: sf_strerror(nil)))
      }
      let writer = SoundWriter(path: path, file: file, channels: channels, format: format)
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

  private init(path: String, file: OpaquePointer, channels: Int, format: SampleFormat) {
    self.path = path
    self.file = file
    self.channels = channels
    self.format = format
    // The chunk holds the time of writing: the same sound would not give the same bytes.
    sf_command(file, Int32(SFC_SET_ADD_PEAK_CHUNK), nil, Int32(SF_FALSE))
  }

  deinit { if let file { sf_close(file) } }

  /// Appends one block: an array of samples a channel, all equally long.
  ///
  /// - Throws: ``AudioError/nonFiniteSample(path:frame:channel:)``,
  ///   ``AudioError/unwritable(path:reason:)`` when the disk is full.
  public func append(_ block: [[Float]]) throws {
    precondition(
      block.count == channels && block.allSatisfy { $0.count == block[0].count },
      "\(block.map(\.count)) samples for \(channels) channels")
    for (channel, samples) in block.enumerated() {
      guard let bad = samples.firstIndex(where: { !$0.isFinite }) else { continue }
      throw AudioError.nonFiniteSample(path: path, frame: framesWritten + bad, channel: channel)
    }
    let count = block[0].count
    let written =
      if let bits = format.bits {
        sf_writef_int(file, interleave(block) { quantize($0, bits: bits) }, sf_count_t(count))
      } else {
        sf_writef_float(file, interleave(block) { $0 }, sf_count_t(count))
      }
    guard written == sf_count_t(count) else {
      throw AudioError.unwritable(path: path, reason: String(cString: sf_strerror(file)))
    }
    framesWritten += count
  }

  private func interleave<Stored>(
    _ block: [[Float]], _ store: (Float) -> Stored
  ) -> [Stored] {
    var result: [Stored] = []
    result.reserveCapacity(block.count * block[0].count)
    for frame in block[0].indices { for samples in block { result.append(store(samples[frame])) } }
    return result
  }

  /// The nearest integer of `bits` bits, in the upper bits of 32.
  private func quantize(_ sample: Float, bits: Int) -> Int32 {
    if abs(sample) > 1 { clippedSamples += 1 }
    let limit = Float(1 << (bits - 1))
    // The greatest integer lies one step below +1.
    let value = max(-limit, min((sample * limit).rounded(), limit - 1))
    return Int32(value) << (32 - bits)
  }

  private func finish() throws {
    sf_write_sync(file)
    let failure = sf_error(file)
    let closing = sf_close(file)
    file = nil
    guard failure == 0, closing == 0 else {
      let reason = String(cString: sf_error_number(failure != 0 ? failure : closing))
      throw AudioError.unwritable(path: path, reason: reason)
    }
  }
}
