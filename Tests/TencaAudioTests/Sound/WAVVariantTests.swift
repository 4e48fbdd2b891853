import TencaAudio
import Testing

/// WAV files that are unusual and right: all hold the same samples.
@Suite struct WAVVariantTests {
  private static let samples = Sounds.quantizedNoise(101)

  private static let variants: [(String, @Sendable (inout WAVBytes) -> Void)] = [
    ("plain", { _ in }),
    ("an odd chunk before fmt", { $0.first = WAVBytes.chunk("LIST", Array("odd".utf8)) }),
    ("a long chunk before data", { $0.between = WAVBytes.chunk("LIST", longText) }),
    ("chunks after data", { $0.last = WAVBytes.chunk("LIST", Array("INFO".utf8)) }),
    ("extensible", extensible),
    (
      "streamed, length 0xFFFFFFFF", { ($0.dataLength, $0.riffLength) = (0xFFFF_FFFF, 0xFFFF_FFFF) }
    ),
    ("streamed by SoX", { ($0.dataLength, $0.riffLength) = (0x7FFF_F000, 0x7FFF_F024) }),
    ("streamed, length 0x80000000", { ($0.dataLength, $0.riffLength) = (1 << 31, 1 << 31) }),
    ("streamed, length 0", { ($0.dataLength, $0.riffLength) = (0, 0) }),
    ("streamed, data length 0", { $0.dataLength = 0 }),
  ]

  private static let longText = [UInt8](repeating: 65, count: 10_000)

  /// WAVE_FORMAT_EXTENSIBLE: valid bits, channel mask, and the identifier of PCM.
  @Sendable private static func extensible(_ wav: inout WAVBytes) {
    wav.formatTag = 0xFFFE
    let pcm: [UInt8] = [1, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]
    wav.formatExtension =
      littleEndian(22, bytes: 2) + littleEndian(16, bytes: 2) + littleEndian(4, bytes: 4) + pcm
  }

  @Test(arguments: variants.map(\.0)) func isRead(_ name: String) throws {
    let change = try #require(Self.variants.first { $0.0 == name }).1
    try withTemporaryFolder { folder in
      let path = "\(folder)/variant.wav"
      var wav = WAVBytes(samples: Self.samples)
      change(&wav)
      try write(wav.bytes, to: path)
      let sound = try Waveform.read(path: path)
      // What libsndfile makes of a last chunk's padding byte is its own affair.
      #expect(sound.samples.prefix(101) == Self.samples[...])
      #expect(sound.samples.count == 101)
      #expect(sound.sampleRate == 16000)
    }
  }

  @Test func oddNumbersOfBytes() throws {
    try withTemporaryFolder { folder in
      var wav = WAVBytes(data: [0, 64, 128, 192, 255])
      wav.bits = 8
      wav.last = WAVBytes.chunk("LIST", Array("INFO".utf8))
      try write(wav.bytes, to: "\(folder)/odd.wav")
      let sound = try Waveform.read(path: "\(folder)/odd.wav")
      #expect(sound.samples == [-1, -0.5, 0, 0.5, 0.9921875])
    }
  }
}
