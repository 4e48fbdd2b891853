import ArgumentParser
internal import Logging
internal import TencaAudio
internal import TencaNumerics

/// How sound files are read.
struct SoundOptions: ParsableArguments {
  @Option(help: "Resample to this rate, in hertz. Default: each file's own.")
  var rate: Int?

  @Flag(help: "Refuse files of another rate than --rate instead of resampling them.")
  var strictRate = false

  @Option(help: "What is made of several channels.")
  var channel = ChannelPolicy.mix

  func validate() throws {
    if let rate, rate < 1 { throw ValidationError("--rate \(rate): a positive number of hertz.") }
    if strictRate && rate == nil { throw ValidationError("--strict-rate needs --rate.") }
  }

  /// These options at work.
  func opening(_ work: WorkOptions, _ execution: Execution) -> SoundOpening {
    SoundOpening(
      rate: rate, strictRate: strictRate, channel: channel, logger: work.logger,
      cancellation: execution.cancellation)
  }
}

/// Opens sound files, and says what is resampled.
struct SoundOpening: Sendable {
  /// The rate to bring sounds to, in hertz; nil for each file's own.
  let rate: Int?
  let strictRate: Bool
  let channel: ChannelPolicy
  let logger: Logger
  let cancellation: Cancellation

  /// A sound, to be read block by block.
  func stream(_ path: String) throws -> SoundStream {
    let sound = try SoundStream(
      path: path, channel: channel, sampleRate: rate, strictRate: strictRate)
    if sound.sourceRate != sound.sampleRate {
      logger.info("\(path): resampled from \(sound.sourceRate) to \(sound.sampleRate) Hz")
    }
    return sound
  }

  /// The channels of a sound that come out, whole.
  func waveforms(_ path: String) throws -> [Waveform] {
    let sound = try stream(path)
    var channels = [[Float]](repeating: [], count: sound.channelCount)
    while let block = try sound.next() {
      try cancellation.check()
      for channel in channels.indices { channels[channel] += block[channel] }
    }
    return channels.map { Waveform(samples: $0, sampleRate: sound.sampleRate) }
  }
}
