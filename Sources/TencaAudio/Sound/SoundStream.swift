/// A sound file as blocks of samples at the rate that is wanted: read, mixed and resampled as it
/// goes, in constant memory.
public final class SoundStream {
  /// The file's path; `-` for standard input.
  public let path: String
  /// The rate of the samples that come out, in hertz.
  public let sampleRate: Int
  /// The rate of the file, in hertz.
  public let sourceRate: Int
  /// How many channels come out: 1, except under ``ChannelPolicy/each``.
  public let channelCount: Int
  /// The file's length in seconds by its header; 0 where that does not say.
  public let duration: Double

  private let reader: SoundReader
  private let resamplers: [Resampler]
  private let blockFrames: Int
  private var isFinished = false

  /// Opens a sound file.
  ///
  /// - Parameters:
  ///   - path: The file; `-` for standard input.
  ///   - channel: What to make of several channels.
  ///   - sampleRate: The rate wanted, in hertz; nil for the file's own.
  ///   - strictRate: Whether another rate is an error instead of being resampled.
  ///   - blockFrames: Frames read at a time.
  /// - Throws: ``AudioError``.
  public init(
    path: String, channel: ChannelPolicy = .mix, sampleRate: Int? = nil, strictRate: Bool = false,
    blockFrames: Int = 1 << 16
  ) throws {
    precondition(blockFrames > 0, "blocks of \(blockFrames) frames")
    reader = try SoundReader(path: path, channel: channel)
    self.path = path
    self.blockFrames = blockFrames
    sourceRate = reader.sampleRate
    let wanted = sampleRate ?? reader.sampleRate
    self.sampleRate = wanted
    duration = Double(reader.frameCount) / Double(reader.sampleRate)
    channelCount = channel == .each ? reader.channels : 1
    if wanted == reader.sampleRate {
      resamplers = []
    } else if strictRate {
      throw AudioError.rateMismatch(path: path, found: reader.sampleRate, expected: wanted)
    } else {
      let sourceRate = reader.sampleRate
      resamplers = try (0..<channelCount).map { _ in try Resampler(from: sourceRate, to: wanted) }
    }
  }

  /// The next block: an array of samples a channel, all equally long; nil at the end.
  ///
  /// - Throws: As ``SoundReader/read(maximum:)``, and ``AudioError/noSamples(path:)`` for a sound
  ///   without any.
  public func next() throws -> [[Float]]? {
    if isFinished { return nil }
    let block = try reader.read(maximum: blockFrames)
    if block[0].isEmpty {
      isFinished = true
      if reader.framesRead == 0 { throw AudioError.noSamples(path: path) }
      return resamplers.isEmpty ? nil : try resamplers.map { try $0.finish() }
    }
    if resamplers.isEmpty { return block }
    return try zip(resamplers, block).map { try $0.append($1) }
  }
}
