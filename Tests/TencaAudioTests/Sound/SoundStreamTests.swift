import TencaAudio
import Testing

@Suite struct SoundStreamTests {
  /// All blocks of a file, joined.
  private func all(_ path: String, channel: ChannelPolicy = .mix, rate: Int? = nil, block: Int)
    throws -> [[Float]]
  {
    let stream = try SoundStream(
      path: path, channel: channel, sampleRate: rate, blockFrames: block)
    var result = [[Float]](repeating: [], count: stream.channelCount)
    while let block = try stream.next() {
      for (channel, samples) in block.enumerated() { result[channel] += samples }
    }
    #expect(try stream.next() == nil)
    return result
  }

  @Test(arguments: [1, 100, 4096, 100_000], [nil, 16000, 8000, 22050, 44100])
  func blocksAreThoseOfTheWhole(block: Int, rate: Int?) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/stereo.wav"
      var wav = WAVBytes(samples: Sounds.quantizedNoise(9000))
      wav.channels = 2
      try write(wav.bytes, to: path)
      let channels = try Waveform.readChannels(path: path)
      let expected = try channels.map { try $0.resampled(to: rate ?? 16000).samples }
      #expect(try all(path, channel: .each, rate: rate, block: block) == expected)
    }
  }

  @Test func knowsItsRates() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.wav"
      try write(WAVBytes(samples: Sounds.quantizedNoise(8000)).bytes, to: path)
      let stream = try SoundStream(path: path, sampleRate: 8000)
      #expect(stream.sampleRate == 8000)
      #expect(stream.sourceRate == 16000)
      #expect(stream.duration == 0.5)
      #expect(stream.channelCount == 1)
    }
  }

  @Test func noSamples() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.wav"
      try write(WAVBytes(data: []).bytes, to: path)
      #expect(throws: AudioError.noSamples(path: path)) { try SoundStream(path: path).next() }
    }
  }
}
