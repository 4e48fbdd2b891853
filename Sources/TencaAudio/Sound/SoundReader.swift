internal import CSndfile

/// Reads sound in blocks, so that hours of it take constant memory.
///
/// Opens every format that libsndfile was built with: WAV of any depth, FLAC, Ogg Vorbis and Opus,
/// AIFF, AU, CAF, MP3 where the library has it. Samples come out as floats with full scale ±1.
public final class SoundReader {
  /// The file's path; `-` for standard input.
  public let path: String
  /// Samples a second of each channel.
  public let sampleRate: Int
  /// Channels in the file.
  public let channels: Int
  /// Frames (samples a channel) that the file holds by its header; 0 where that does not say.
  public let frameCount: Int
  /// Which channels come out.
  public let channel: ChannelPolicy

  private let file: OpaquePointer
  /// What ``file`` reads from.
  private let bytes: SoundBytes
  /// Whether a sample can be NaN or infinite; integers cannot.
  private let holdsFloats: Bool
  /// Frames read so far.
  public private(set) var framesRead = 0
  private var interleaved: [Float] = []

  /// The most samples that are read at once, whatever a header promises.
  private static let largestBlock = 1 << 22

  /// Opens a sound file.
  ///
  /// - Parameters:
  ///   - path: The file; `-` reads all of standard input first (into an unnamed temporary file, as
  ///     most formats are not readable from a pipe).
  ///   - channel: What to make of several channels.
  /// - Throws: ``AudioError/unreadable(path:reason:)``, ``AudioError/emptyFile(path:)``,
  ///   ``AudioError/truncated(path:expected:found:)`` for a WAV, AIFF or AU file whose header promises
  ///   more than there is, ``AudioError/missingChannel(path:wanted:channels:)``.
  public init(path: String, channel: ChannelPolicy = .mix) throws {
    let bytes = try SoundSource.open(path)
    var info = SF_INFO()
    guard let file = bytes.openSound(&info) else {
      let reason = String(cString: sf_strerror(nil))
      throw AudioError.unreadable(
        path: path, reason: "\(reason) Supported are WAV, FLAC, Ogg, AIFF, AU, CAF and MP3.")
    }
    self.path = path
    self.file = file
    self.bytes = bytes
    self.channel = channel
    sampleRate = Int(info.samplerate)
    channels = Int(info.channels)
    // Where a format does not say, libsndfile answers with the largest number.
    frameCount = info.frames == sf_count_t.max ? 0 : Int(info.frames)
    let encoding = Int(info.format) & Int(SF_FORMAT_SUBMASK)
    let integers = [
      SF_FORMAT_PCM_S8, SF_FORMAT_PCM_U8, SF_FORMAT_PCM_16, SF_FORMAT_PCM_24, SF_FORMAT_PCM_32,
      SF_FORMAT_ULAW, SF_FORMAT_ALAW,
    ]
    holdsFloats = !integers.contains { Int($0) == encoding }
    if channel == .right && channels < 2 {
      throw AudioError.missingChannel(path: path, wanted: "right", channels: channels)
    }
  }

  deinit { sf_close(file) }

  /// Reads up to `maximum` frames: as many as there are, or where channels are many as fit into some
  /// megabytes.
  ///
  /// - Returns: One array of samples a kept channel, all equally long; empty arrays at the end.
  /// - Throws: ``AudioError/nonFiniteSample(path:frame:channel:)``, and
  ///   ``AudioError/truncated(path:expected:found:)`` when the data end early.
  public func read(maximum: Int) throws -> [[Float]] {
    precondition(maximum > 0, "blocks of \(maximum) frames")
    var wanted = min(maximum, Self.largestBlock / channels)
    if frameCount > 0 { wanted = min(wanted, max(frameCount - framesRead, 1)) }
    var count = 0
    let result: [[Float]]
    if channels == 1 {
      result = try [
        [Float](unsafeUninitializedCapacity: wanted) { target, filled in
          count = try fill(target.baseAddress!, frames: wanted)
          filled = count
        }
      ]
    } else {
      if interleaved.count < wanted * channels {
        interleaved = [Float](repeating: 0, count: wanted * channels)
      }
      result = try interleaved.withUnsafeMutableBufferPointer {
        count = try fill($0.baseAddress!, frames: wanted)
        return channel.split(UnsafeBufferPointer($0), frames: count, channels: channels)
      }
    }
    framesRead += count
    return result
  }

  /// Reads all that is left.
  ///
  /// - Throws: As ``read(maximum:)``, and ``AudioError/noSamples(path:)`` when there is nothing.
  public func readAll() throws -> [[Float]] {
    var result = try read(maximum: Self.largestBlock)
    if result[0].isEmpty { throw AudioError.noSamples(path: path) }
    while framesRead != frameCount {
      let more = try read(maximum: Self.largestBlock)
      if more[0].isEmpty { break }
      for i in result.indices { result[i] += more[i] }
    }
    return result
  }

  /// Reads interleaved samples, and checks that they are all there and all finite.
  private func fill(_ target: UnsafeMutablePointer<Float>, frames: Int) throws -> Int {
    let count = Int(sf_readf_float(file, target, sf_count_t(frames)))
    if count < frames && framesRead + count < frameCount {
      throw AudioError.truncated(path: path, expected: frameCount, found: framesRead + count)
    }
    let samples = UnsafeBufferPointer(start: target, count: count * channels)
    if holdsFloats, let bad = samples.firstIndex(where: { !$0.isFinite }) {
      throw AudioError.nonFiniteSample(
        path: path, frame: framesRead + bad / channels, channel: bad % channels)
    }
    return count
  }
}

extension ChannelPolicy {
  /// The kept channels of interleaved samples.
  fileprivate func split(
    _ buffer: UnsafeBufferPointer<Float>, frames: Int, channels: Int
  ) -> [[Float]] {
    func keep(_ index: Int) -> [Float] {
      (0..<frames).map { buffer[$0 * channels + index] }
    }
    switch self {
    case .first, .left: return [keep(0)]
    case .right: return [keep(1)]
    case .each: return (0..<channels).map(keep)
    case .mix:
      let scale = 1 / Float(channels)
      return [
        (0..<frames).map { frame in
          var sum: Float = 0
          for index in 0..<channels { sum += buffer[frame * channels + index] }
          return sum * scale
        }
      ]
    }
  }
}
