/// One channel of sound: samples, nominally in [-1, 1], and how many of them make a second.
public struct Waveform: Sendable, Equatable {
  /// The samples; full scale is ±1 whatever the file's own format.
  public var samples: [Float]
  /// Samples a second, in hertz.
  public var sampleRate: Int

  /// Makes a waveform of `samples` at `sampleRate` hertz.
  public init(samples: [Float], sampleRate: Int) {
    precondition(sampleRate > 0, "a sample rate of \(sampleRate) Hz")
    self.samples = samples
    self.sampleRate = sampleRate
  }

  /// The length in seconds.
  public var duration: Double { Double(samples.count) / Double(sampleRate) }

  /// Reads a whole sound file of any format that libsndfile knows.
  ///
  /// - Parameters:
  ///   - path: The file; `-` is standard input.
  ///   - channel: Which channel to keep; ``ChannelPolicy/each`` needs ``readChannels(path:)``.
  /// - Throws: ``AudioError``.
  public static func read(path: String, channel: ChannelPolicy = .mix) throws -> Waveform {
    precondition(channel != .each, "each channel is read by readChannels(path:)")
    let reader = try SoundReader(path: path, channel: channel)
    return Waveform(samples: try reader.readAll()[0], sampleRate: reader.sampleRate)
  }

  /// Reads a whole sound file and brings it to a rate.
  ///
  /// - Parameters:
  ///   - path: The file; `-` is standard input.
  ///   - channel: Which channel to keep; ``ChannelPolicy/each`` needs ``readChannels(path:)``.
  ///   - sampleRate: The rate wanted, in hertz; nil for the file's own.
  /// - Throws: ``AudioError``.
  public static func read(
    path: String, channel: ChannelPolicy = .mix, sampleRate: Int?
  ) throws -> Waveform {
    precondition(channel != .each, "each channel is read by readChannels(path:)")
    let stream = try SoundStream(path: path, channel: channel, sampleRate: sampleRate)
    var samples: [Float] = []
    while let block = try stream.next() { samples += block[0] }
    return Waveform(samples: samples, sampleRate: stream.sampleRate)
  }

  /// Reads every channel of a sound file, in file order.
  public static func readChannels(path: String) throws -> [Waveform] {
    let reader = try SoundReader(path: path, channel: .each)
    return try reader.readAll().map { Waveform(samples: $0, sampleRate: reader.sampleRate) }
  }
}

/// Which of a file's channels become waveforms.
public enum ChannelPolicy: String, Sendable, Codable, CaseIterable {
  /// The mean of all channels. The default: no channel is lost, and mono files are untouched.
  case mix
  /// The first channel, whatever it is called.
  case first
  /// The left channel of a stereo file (the only one of a mono file).
  case left
  /// The right channel; an error in a mono file.
  case right
  /// Every channel on its own.
  case each
}
