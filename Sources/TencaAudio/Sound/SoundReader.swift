internal import CSndfile
import FoundationEssentials

#if canImport(Glibc)
  internal import Glibc
#endif

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
  /// Frames (samples a channel) that the file holds by its header.
  public let frameCount: Int
  /// Which channels come out.
  public let channel: ChannelPolicy

  private let file: OpaquePointer
  /// Frames read so far.
  public private(set) var framesRead = 0
  private var interleaved: [Float] = []

  /// Opens a sound file.
  ///
  /// - Parameters:
  ///   - path: The file; `-` reads all of standard input first (into an unnamed temporary file, as
  ///     most formats are not readable from a pipe).
  ///   - channel: What to make of several channels.
  /// - Throws: ``AudioError/unreadable(path:reason:)``, ``AudioError/emptyFile(path:)``,
  ///   ``AudioError/truncated(path:expected:found:)`` for a WAV whose header promises more bytes
  ///   than the file has, ``AudioError/missingChannel(path:wanted:channels:)``.
  public init(path: String, channel: ChannelPolicy = .mix) throws {
    let descriptor = try Self.open(path)
    var info = SF_INFO()
    guard let file = sf_open_fd(descriptor, Int32(SFM_READ), &info, 1) else {
      let reason = String(cString: sf_strerror(nil))
      throw AudioError.unreadable(
        path: path, reason: "\(reason) Supported are WAV, FLAC, Ogg, AIFF, AU, CAF and MP3.")
    }
    self.path = path
    self.file = file
    self.channel = channel
    sampleRate = Int(info.samplerate)
    channels = Int(info.channels)
    frameCount = Int(info.frames)
    if channel == .right && channels < 2 {
      throw AudioError.missingChannel(path: path, wanted: "right", channels: channels)
    }
    if sampleRate <= 0 || channels <= 0 {
      throw AudioError.unreadable(
        path: path, reason: "its header gives \(channels) channels at \(sampleRate) Hz.")
    }
  }

  deinit { sf_close(file) }

  /// Reads up to `maximum` frames.
  ///
  /// - Returns: One array of samples a kept channel, all equally long; empty arrays at the end.
  /// - Throws: ``AudioError/nonFiniteSample(path:frame:channel:)``, and
  ///   ``AudioError/truncated(path:expected:found:)`` when the data end early.
  public func read(maximum: Int) throws -> [[Float]] {
    if interleaved.count < maximum * channels {
      interleaved = [Float](repeating: 0, count: maximum * channels)
    }
    let count = interleaved.withUnsafeMutableBufferPointer {
      Int(sf_readf_float(file, $0.baseAddress!, sf_count_t(maximum)))
    }
    if count < maximum && framesRead + count < frameCount && frameCount < Int(Int32.max) << 16 {
      throw AudioError.truncated(path: path, expected: frameCount, found: framesRead + count)
    }
    let result = try interleaved.withUnsafeBufferPointer { buffer in
      try checkFinite(UnsafeBufferPointer(rebasing: buffer[..<(count * channels)]))
      return split(buffer, count: count)
    }
    framesRead += count
    return result
  }

  /// Reads all that is left.
  ///
  /// - Throws: As ``read(maximum:)``, and ``AudioError/noSamples(path:)`` when there is nothing.
  public func readAll() throws -> [[Float]] {
    let known = frameCount - framesRead
    // A header may promise absurd sizes: believe it only as far as memory is cheap.
    let block = min(max(known, 1), 1 << 22)
    var result = try read(maximum: block)
    while true {
      let more = framesRead < frameCount ? try read(maximum: block) : []
      if more.isEmpty || more[0].isEmpty { break }
      for i in result.indices { result[i] += more[i] }
    }
    if result[0].isEmpty { throw AudioError.noSamples(path: path) }
    return result
  }

  private func checkFinite(_ samples: UnsafeBufferPointer<Float>) throws {
    // The sum of x·0 is 0 exactly when all are finite; the search runs only when it is not.
    var probe: Float = 0
    for sample in samples { probe += sample * 0 }
    if probe == 0 { return }
    let bad = samples.firstIndex { !$0.isFinite } ?? 0
    throw AudioError.nonFiniteSample(
      path: path, frame: framesRead + bad / channels, channel: bad % channels)
  }

  private func split(_ buffer: UnsafeBufferPointer<Float>, count: Int) -> [[Float]] {
    func keep(_ index: Int) -> [Float] {
      [Float](unsafeUninitializedCapacity: count) { target, filled in
        for frame in 0..<count { target[frame] = buffer[frame * channels + index] }
        filled = count
      }
    }
    switch channel {
    case .first, .left: return [keep(0)]
    case .right: return [keep(1)]
    case .each: return (0..<channels).map(keep)
    case .mix where channels == 1: return [keep(0)]
    case .mix:
      let scale = 1 / Float(channels)
      return [
        [Float](unsafeUninitializedCapacity: count) { target, filled in
          for frame in 0..<count {
            var sum: Float = 0
            for index in 0..<channels { sum += buffer[frame * channels + index] }
            target[frame] = sum * scale
          }
          filled = count
        }
      ]
    }
  }
}

extension SoundReader {
  /// Opens `path` for reading and checks what libsndfile would not explain well.
  private static func open(_ path: String) throws -> Int32 {
    if path == "-" { return try spoolStandardInput() }
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw AudioError.unreadable(
        path: path,
        reason: "\(String(cString: strerror(errno))). Check the path and its permissions.")
    }
    var status = stat()
    fstat(descriptor, &status)
    do {
      if status.st_mode & S_IFMT == S_IFDIR {
        throw AudioError.unreadable(path: path, reason: "it is a folder. Name a sound file.")
      }
      if status.st_mode & S_IFMT == S_IFREG {
        if status.st_size == 0 { throw AudioError.emptyFile(path: path) }
        try WAVHeader.checkLength(descriptor, fileSize: Int(status.st_size), path: path)
      }
    } catch {
      close(descriptor)
      throw error
    }
    return descriptor
  }

  /// Copies standard input to a temporary file without a name, which vanishes when it is closed.
  private static func spoolStandardInput() throws -> Int32 {
    let spool = tmpfile().map { dup(fileno($0)) } ?? -1
    guard spool >= 0 else {
      throw AudioError.unreadable(path: "-", reason: "no temporary file can be made.")
    }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var total = 0
    while true {
      let count = Glibc.read(0, &buffer, buffer.count)
      if count <= 0 { break }
      var written = 0
      while written < count {
        let step = buffer.withUnsafeBytes {
          Glibc.write(spool, $0.baseAddress! + written, count - written)
        }
        guard step > 0 else {
          close(spool)
          throw AudioError.unreadable(
            path: "-", reason: "temporary file: \(String(cString: strerror(errno))).")
        }
        written += step
      }
      total += count
    }
    guard total > 0 else {
      close(spool)
      throw AudioError.emptyFile(path: "-")
    }
    lseek(spool, 0, SEEK_SET)
    return spool
  }
}
