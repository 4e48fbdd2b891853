import TencaAudio
import TencaNumerics
import Testing

@Suite struct SoundWriterTests {
  @Test(arguments: ["a.wav", "a.flac", "A.WAV"], SoundWriter.SampleFormat.allCases)
  func whatIsReadIsWhatWasWritten(name: String, format: SoundWriter.SampleFormat) throws {
    if name == "a.flac" && format == .float32 { return }
    let levels: Float =
      switch format {
      case .int16: 32768
      case .int24: 8_388_608
      case .float32: 1
      }
    var sounds = [Sounds.noise(3000, seed: 1), Sounds.noise(3000, seed: 2)]
    if format != .float32 {
      sounds = sounds.map { $0.map { ($0 * levels).rounded() / levels } }
      // The ends of the scale, and the smallest steps beside zero.
      sounds[0][0...3] = [-1, 1 - 1 / levels, 1 / levels, -1 / levels]
    }
    let channels = sounds.map { Waveform(samples: $0, sampleRate: 22050) }
    try withTemporaryFolder { folder in
      let clipped = try SoundWriter.write(channels, to: "\(folder)/\(name)", format: format)
      #expect(clipped == 0)
      #expect(try Waveform.readChannels(path: "\(folder)/\(name)") == channels)
      #expect(try names(in: folder) == [name])
    }
  }

  @Test func roundsToNearest() throws {
    try withTemporaryFolder { folder in
      let steps: [Float] = [0.4, 0.6, -0.4, -0.6, 99.9, -99.9]
      let sound = Waveform(samples: steps.map { $0 / 32768 }, sampleRate: 8000)
      try SoundWriter.write([sound], to: "\(folder)/a.wav")
      let read = try Waveform.read(path: "\(folder)/a.wav").samples
      #expect(read.map { $0 * 32768 } == [0, 1, 0, -1, 100, -100])
    }
  }

  @Test func blocksMakeTheSameFileAsTheWhole() throws {
    try withTemporaryFolder { folder in
      let samples = Sounds.noise(5000)
      try SoundWriter.write(
        [Waveform(samples: samples, sampleRate: 8000)], to: "\(folder)/whole.wav",
        format: .float32)
      try SoundWriter.write(
        to: "\(folder)/blocks.wav", sampleRate: 8000, channels: 1, format: .float32
      ) { writer in
        try writer.append([Array(samples[..<10])])
        try writer.append([[]])
        try writer.append([Array(samples[10...])])
      }
      #expect(try bytes(of: "\(folder)/blocks.wav") == bytes(of: "\(folder)/whole.wav"))
    }
  }

  @Test func countsWhatItClips() throws {
    try withTemporaryFolder { folder in
      let sound = Waveform(samples: [0.5, 1, 1.5, -1, -1.01, 40], sampleRate: 8000)
      let clipped = try SoundWriter.write([sound], to: "\(folder)/a.wav")
      #expect(clipped == 3)
      let top: Float = 32767 / 32768
      #expect(try Waveform.read(path: "\(folder)/a.wav").samples == [0.5, top, top, -1, -1, top])
      #expect(try SoundWriter.write([sound], to: "\(folder)/b.wav", format: .float32) == 0)
      #expect(try Waveform.read(path: "\(folder)/b.wav") == sound)
    }
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func refusesWhatIsNoNumber(value: Float) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.wav"
      let error = try #require(throws: AudioError.self) {
        try SoundWriter.write(to: path, sampleRate: 8000, channels: 2) { writer in
          try writer.append([[0, 0, 0], [0, 0, 0]])
          try writer.append([[0, 0], [0, value]])
        }
      }
      #expect(error == .nonFiniteSample(path: path, frame: 4, channel: 1))
      #expect(try names(in: folder) == [])
    }
  }

  @Test func leavesTheOldFileWhenItFails() throws {
    struct Stop: Error {}
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.flac"
      let sound = Waveform(samples: Sounds.quantizedNoise(100), sampleRate: 8000)
      try SoundWriter.write([sound], to: path)
      #expect(throws: Stop.self) {
        try SoundWriter.write(to: path, sampleRate: 8000, channels: 1) { writer in
          try writer.append([[0.5]])
          throw Stop()
        }
      }
      #expect(try Waveform.read(path: path) == sound)
      #expect(try names(in: folder) == ["a.flac"])
    }
  }

  @Test func refusesWhatNoFileCanHold() throws {
    let sound = Waveform(samples: [0], sampleRate: 8000)
    func message(_ path: String, _ format: SoundWriter.SampleFormat = .int16) throws -> String {
      try #require(throws: AudioError.self) {
        try SoundWriter.write([sound], to: path, format: format)
      }.description
    }
    #expect(try message("a.mp3").contains("the extension must be .wav or .flac"))
    #expect(try message("a.flac", .float32).contains("FLAC stores integers"))
    #expect(throws: ReplacingFileError.self) {
      try SoundWriter.write([sound], to: "/proc/nowhere/a.wav")
    }
    try withTemporaryFolder { folder in
      for (rate, channels) in [(0, 1), (-5, 1), (1 << 40, 1), (8000, 0), (8000, 2000)] {
        let error = try #require(throws: AudioError.self) {
          try SoundWriter.write(to: "\(folder)/a.wav", sampleRate: rate, channels: channels) { _ in
          }
        }
        #expect(error.description.contains("is not possible: between 1 and"))
      }
      let error = try #require(throws: AudioError.self) {
        try SoundWriter.write(to: "\(folder)/a.flac", sampleRate: 8000, channels: 9) { _ in }
      }
      #expect(error.description.contains("a.flac: cannot be written"))
      #expect(try names(in: folder) == [])
    }
  }
}
