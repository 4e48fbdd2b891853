import CSndfile
import TencaAudio
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A format of sound files.
struct SoundFormat: Sendable, CustomTestStringConvertible {
  let name: String
  let code: Int
  /// The largest error of a sample; nil for formats that only sound alike.
  let tolerance: Float?

  var testDescription: String { name }

  init(
    _ name: String, _ container: some BinaryInteger, _ encoding: some BinaryInteger,
    _ tolerance: Float?
  ) {
    self.name = name
    code = Int(container) | Int(encoding)
    self.tolerance = tolerance
  }

  /// The samples are those of 16-bit integers, so deeper formats hold them exactly.
  static let all = [
    SoundFormat("WAV 8", SF_FORMAT_WAV, SF_FORMAT_PCM_U8, 1 / 128),
    SoundFormat("WAV 16", SF_FORMAT_WAV, SF_FORMAT_PCM_16, 1 / 32768),
    SoundFormat("WAV 24", SF_FORMAT_WAV, SF_FORMAT_PCM_24, 1 / 8_388_608),
    SoundFormat("WAV 32", SF_FORMAT_WAV, SF_FORMAT_PCM_32, 1e-7),
    SoundFormat("WAV float", SF_FORMAT_WAV, SF_FORMAT_FLOAT, 0),
    SoundFormat("WAV double", SF_FORMAT_WAV, SF_FORMAT_DOUBLE, 0),
    SoundFormat("WAV µ-law", SF_FORMAT_WAV, SF_FORMAT_ULAW, 0.04),
    SoundFormat("WAV ADPCM", SF_FORMAT_WAV, SF_FORMAT_IMA_ADPCM, nil),
    SoundFormat("RF64", SF_FORMAT_RF64, SF_FORMAT_PCM_16, 1 / 32768),
    SoundFormat("FLAC", SF_FORMAT_FLAC, SF_FORMAT_PCM_16, 1 / 32768),
    SoundFormat("AIFF", SF_FORMAT_AIFF, SF_FORMAT_PCM_16, 1 / 32768),
    SoundFormat("AU", SF_FORMAT_AU, SF_FORMAT_PCM_16, 1 / 32768),
    SoundFormat("CAF", SF_FORMAT_CAF, SF_FORMAT_PCM_16, 1 / 32768),
    SoundFormat("Ogg Vorbis", SF_FORMAT_OGG, SF_FORMAT_VORBIS, nil),
    SoundFormat("MP3", SF_FORMAT_MPEG, SF_FORMAT_MPEG_LAYER_III, nil),
  ].filter { canEncode($0.code) }
}

@Suite struct SoundReaderTests {
  @Test(arguments: SoundFormat.all, [1, 2])
  func readsEveryFormat(_ format: SoundFormat, channels: Int) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/sound"
      let tone = Sounds.tone(440, 16000, rate: 16000).map { ($0 * 32768).rounded() / 32768 }
      // The second channel is the first upside down.
      let interleaved = tone.flatMap { channels == 1 ? [$0] : [$0, -$0] }
      try encode(interleaved, to: path, format: format.code, channels: channels)
      let read = try Waveform.readChannels(path: path)
      #expect(read.count == channels)
      for (channel, sound) in read.enumerated() {
        #expect(sound.sampleRate == 16000)
        let expected = channel == 0 ? tone : tone.map { -$0 }
        if let tolerance = format.tolerance {
          #expect(sound.samples.count == 16000)
          let worst = zip(sound.samples, expected).map { abs($0 - $1) }.max()!
          #expect(worst <= tolerance)
        } else {
          // Lossy formats may pad the sound, so their likeness is that of energies.
          #expect(sound.samples.count >= 16000)
          let energy = sound.samples.reduce(0) { $0 + $1 * $1 }
          #expect(abs(energy / 2000 - 1) < 0.1)
        }
      }
    }
  }

  @Test(arguments: SoundFormat.all.filter { $0.name != "MP3" }, [1, 7, 1000, 100_000])
  func blocksAreThoseOfTheWhole(_ format: SoundFormat, size: Int) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/sound"
      try encode(Sounds.noise(6000), to: path, format: format.code, channels: 2)
      let whole = try SoundReader(path: path, channel: .each).readAll()
      let reader = try SoundReader(path: path, channel: .each)
      var joined: [[Float]] = [[], []]
      while true {
        let block = try reader.read(maximum: size)
        if block[0].isEmpty { break }
        #expect(block[0].count <= size)
        for channel in 0..<2 { joined[channel] += block[channel] }
      }
      #expect(joined == whole)
      #expect(reader.framesRead == whole[0].count)
      #expect(try reader.read(maximum: size) == [[], []])
    }
  }

  @Test func channelPolicies() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/three.wav"
      let left = Sounds.quantizedNoise(50, seed: 1)
      let right = Sounds.quantizedNoise(50, seed: 2)
      let third = Sounds.quantizedNoise(50, seed: 3)
      var wav = WAVBytes(samples: (0..<50).flatMap { [left[$0], right[$0], third[$0]] })
      wav.channels = 3
      try write(wav.bytes, to: path)
      func read(_ channel: ChannelPolicy) throws -> [Float] {
        try Waveform.read(path: path, channel: channel).samples
      }
      #expect(try read(.first) == left)
      #expect(try read(.left) == left)
      #expect(try read(.right) == right)
      #expect(try Waveform.readChannels(path: path).map(\.samples) == [left, right, third])
      for (index, mixed) in try read(.mix).enumerated() {
        #expect(abs(mixed - (left[index] + right[index] + third[index]) / 3) < 1e-7)
      }
    }
  }

  @Test func monoFilesHaveNoRightChannel() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/mono.wav"
      try write(WAVBytes(samples: [0.5, 0.25]).bytes, to: path)
      for channel in [ChannelPolicy.mix, .first, .left] {
        #expect(try Waveform.read(path: path, channel: channel).samples == [0.5, 0.25])
      }
      let error = try #require(throws: AudioError.self) {
        try Waveform.read(path: path, channel: .right)
      }
      #expect(error == .missingChannel(path: path, wanted: "right", channels: 1))
      #expect(error.description.contains("no right channel. Use --channel mix or first."))
    }
  }

  @Test func readsFromPipes() throws {
    let samples = Sounds.quantizedNoise(10_000)
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let contents = WAVBytes(samples: samples).bytes
    #expect(Glibc.write(ends[1], contents, contents.count) == contents.count)
    close(ends[1])
    let sound = try Waveform.read(path: "/proc/self/fd/\(ends[0])")
    #expect(sound.samples == samples)
    close(ends[0])
  }

  @Test func lengthsMayBeUnknown() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/stream.flac"
      let sound = Waveform(samples: Sounds.quantizedNoise(10_000), sampleRate: 16000)
      try SoundWriter.write([sound], to: path)
      // The lowest 36 bits of the eight bytes from 18 on are the number of samples; a writer to a pipe
      // leaves them 0 (RFC 9639, section 8.2).
      var contents = try bytes(of: path)
      contents[21] &= 0xF0
      contents.replaceSubrange(22...25, with: [0, 0, 0, 0])
      try write(contents, to: path)
      #expect(try Waveform.read(path: path) == sound)
      #expect(try SoundReader(path: path).frameCount == 0)
      #expect(try SoundStream(path: path).duration == 0)
    }
  }

  @Test func closesWhatItOpened() throws {
    try withTemporaryFolder { folder in
      let good = "\(folder)/good.wav"
      let bad = "\(folder)/bad.wav"
      try write(WAVBytes(samples: [0, 0.5]).bytes, to: good)
      try write(Array("RIFF????WAVEnothing of the kind in here at all".utf8), to: bad)
      let before = try names(in: "/proc/self/fd").count
      for _ in 0..<50 {
        _ = try Waveform.read(path: good)
        #expect(throws: AudioError.self) { try Waveform.read(path: bad) }
        #expect(throws: AudioError.self) { try Waveform.read(path: good, channel: .right) }
      }
      // Other tests open files meanwhile, though not by the dozen.
      #expect(try names(in: "/proc/self/fd").count < before + 50)
    }
  }
}
