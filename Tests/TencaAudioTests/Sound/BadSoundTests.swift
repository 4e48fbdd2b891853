import CSndfile
import FoundationEssentials
import TencaAudio
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Files that cannot be used, and what is said about each: what, where, and what to do.
@Suite struct BadSoundTests {
  /// Reads a file of these bytes, which must fail, and returns the error.
  private func error(
    of contents: [UInt8], name: String = "bad.wav",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> AudioError {
    try withTemporaryFolder { folder in
      let path = "\(folder)/\(name)"
      try write(contents, to: path)
      let error = try #require(throws: AudioError.self, sourceLocation: sourceLocation) {
        try Waveform.read(path: path)
      }
      #expect(error.description.hasPrefix(path), sourceLocation: sourceLocation)
      return error
    }
  }

  @Test func missing() throws {
    let error = try #require(throws: AudioError.self) {
      try Waveform.read(path: "/nowhere/a.wav")
    }
    #expect(
      error.description
        == "/nowhere/a.wav: cannot be read as sound: No such file or directory. Check the path and its permissions."
    )
  }

  @Test func folder() throws {
    try withTemporaryFolder { folder in
      let error = try #require(throws: AudioError.self) { try Waveform.read(path: folder) }
      #expect(error.description.contains("it is a folder. Name a sound file."))
    }
  }

  @Test func device() throws {
    let error = try #require(throws: AudioError.self) { try Waveform.read(path: "/dev/zero") }
    #expect(error.description.contains("it is a device. Name a sound file."))
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func forbidden() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/secret.wav"
      try write(WAVBytes(samples: [0, 0.5]).bytes, to: path)
      chmod(path, 0)
      let error = try #require(throws: AudioError.self) { try Waveform.read(path: path) }
      #expect(error.description.contains("Permission denied"))
    }
  }

  @Test func empty() throws {
    let error = try error(of: [])
    #expect(error.description.hasSuffix("the file is empty (0 bytes). Copy or record it again."))
  }

  @Test(arguments: [
    Array("A shopping list: milk, bread, and a dozen eggs. Nothing here is sound.".utf8),
    Array("RIFF".utf8), [UInt8](repeating: 0, count: 5000),
    Array("RIFF\0\0\0\0WAVEgarbage instead of chunks, and quite some of it, too".utf8),
  ])
  func noSound(contents: [UInt8]) throws {
    let text = try error(of: contents).description
    #expect(text.contains("cannot be read as sound: "))
    #expect(text.contains("Supported are WAV, FLAC, Ogg, AIFF, AU, CAF and MP3."))
  }

  @Test func noSamples() throws {
    for last in [[], WAVBytes.chunk("LIST", Array("INFO".utf8))] {
      var wav = WAVBytes(data: [])
      wav.last = last
      let error = try error(of: wav.bytes)
      #expect(error.description.contains("the sound holds no samples. Record it again"))
    }
  }

  @Test func oneSampleIsSoundAndTooShort() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/click.wav"
      try write(WAVBytes(samples: [0.5]).bytes, to: path)
      let sound = try Waveform.read(path: path)
      #expect(sound.samples == [0.5])
      let extractor = try FeatureExtractor(FrontEndOptions(.kaldi), sampleRate: 16000)
      let error = try #require(throws: AudioError.self) {
        try extractor.extract(sound, name: path)
      }
      #expect(error == .tooShort(place: path, found: 1, needed: 400, unit: "samples"))
      #expect(
        error.description.hasSuffix(
          "too short: 1 sample, at least 400 needed. Leave it out, or take shorter frames."))
    }
  }

  @Test func truncatedWAV() throws {
    for promised in [250, 300, 0x7000_0000, 0xF000_0000] {
      var wav = WAVBytes(samples: Sounds.quantizedNoise(100))
      wav.dataLength = promised
      let error = try error(of: wav.bytes)
      #expect(
        error.description.contains(
          "truncated: its header promises \(promised / 2) frames and 100 are there. Copy the file"))
    }
  }

  @Test(arguments: [
    ("AIFF", Int(SF_FORMAT_AIFF)), ("AU", Int(SF_FORMAT_AU)), ("RF64", Int(SF_FORMAT_RF64)),
    ("FLAC", Int(SF_FORMAT_FLAC)),
  ])
  func truncated(name: String, container: Int) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/whole"
      try encode(Sounds.noise(20000), to: path, format: container | Int(SF_FORMAT_PCM_16))
      let whole = try bytes(of: path)
      let error = try error(of: Array(whole[..<(whole.count / 2)]), name: "half")
      #expect(error.description.contains("its header promises 20000 frames and"))
    }
  }

  @Test func truncatedHeaders() throws {
    let whole = WAVBytes(samples: Sounds.quantizedNoise(100)).bytes
    // Cut anywhere, a file is an error or a sound, never a crash; from byte 44 on samples miss.
    for length in 1..<whole.count { _ = try error(of: Array(whole[..<length])) }
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity], [3, 32])
  func samplesThatAreNoNumbers(value: Float, bits: Int) throws {
    var samples = Sounds.noise(1000)
    samples[500 + bits] = value
    var wav = WAVBytes(data: samples.flatMap { littleEndian(Int($0.bitPattern), bytes: 4) })
    wav.formatTag = 3
    wav.bits = 32
    wav.channels = 2
    let error = try error(of: wav.bytes)
    let frame = (500 + bits) / 2
    let channel = (500 + bits) % 2 + 1
    #expect(
      error.description.contains("sample \(frame) of channel \(channel) is NaN or infinite. Repair")
    )
  }

  @Test func absurdHeaders() throws {
    func absurd(_ change: (inout WAVBytes) -> Void) throws -> String {
      var wav = WAVBytes(samples: Sounds.quantizedNoise(100))
      change(&wav)
      return try error(of: wav.bytes).description
    }
    for rate in [0, 0xFFFF_FFFF] {
      #expect(try absurd { $0.sampleRate = rate }.contains("cannot be read as sound"))
    }
    #expect(try absurd { $0.channels = 0 }.contains("Channel count is zero"))
    #expect(try absurd { $0.channels = 65535 }.contains("Too many channels"))
    #expect(try absurd { $0.bits = 0 }.contains("cannot be read as sound"))
    #expect(try absurd { $0.formatTag = 0x4242 }.contains("cannot be read as sound"))
  }

  @Test func anotherRateThanAllowed() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.wav"
      try write(WAVBytes(samples: [0, 0.5]).bytes, to: path)
      let error = try #require(throws: AudioError.self) {
        try SoundStream(path: path, sampleRate: 8000, strictRate: true)
      }
      #expect(
        error.description
          == "\(path): its rate is 16000 Hz, 8000 Hz is needed. "
          + "Drop --strict-rate, or convert the file first.")
    }
  }
}
