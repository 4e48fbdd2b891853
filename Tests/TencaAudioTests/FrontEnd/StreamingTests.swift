import TencaNumerics
import Testing

@testable import TencaAudio

/// Rows do not depend, to the last bit, on how a sound is cut, on threads, or on other channels.
@Suite struct StreamingTests {
  /// What comes out of a stream that is fed pieces of random lengths up to `greatest`.
  private func stream(
    _ extractor: FeatureExtractor, _ samples: [Float], greatest: Int, seed: Int
  ) throws -> (rows: NDArray<Float>, beforeTheEnd: Int) {
    var random = RandomStream(seed: UInt64(seed))
    let stream = FeatureStream(extractor)
    var parts: [NDArray<Float>] = []
    var rest = samples[...]
    while !rest.isEmpty {
      let count = Int(random.next() % UInt64(greatest + 1))
      parts.append(try stream.append(Array(rest.prefix(count))))
      rest = rest.dropFirst(count)
    }
    let early = parts.reduce(0) { $0 + $1.rows }
    parts.append(try stream.finish())
    return (NDArray.concatenated(parts), early)
  }

  /// Expects a stream to give what the whole sound gives: the same bits, or the same error.
  private func expectSame(
    _ extractor: FeatureExtractor, _ sound: Waveform, greatest: Int, seed: Int
  )
    throws
  {
    let whole = Result { try extractor.extract(sound) }
    let streamed = Result {
      try stream(extractor, sound.samples, greatest: greatest, seed: seed)
    }
    switch (whole, streamed) {
    case (.success(let whole), .success(let streamed)):
      #expect(streamed.rows.shape == whole.values.shape)
      #expect(
        streamed.rows.elements.map(\.bitPattern) == whole.values.elements.map(\.bitPattern))
      if !extractor.options.streams { #expect(streamed.beforeTheEnd == 0) }
    case (.failure(let whole as AudioError), .failure(let streamed as AudioError)):
      #expect(whole == streamed)
    default:
      Issue.record("the whole gives \(whole), its pieces \(streamed)")
    }
  }

  @Test(arguments: Goldens.cases.filter(\.isOfSound))
  func goldenOptions(_ golden: GoldenCase) throws {
    let sound = try Goldens.signal(try #require(golden.signal))
    let extractor = try FeatureExtractor(golden.frontEnd, sampleRate: sound.sampleRate)
    try expectSame(
      extractor, sound, greatest: 700, seed: golden.name.utf8.reduce(0) { $0 + Int($1) })
  }

  @Test(arguments: OptionRow.all) func randomOptions(_ row: OptionRow) throws {
    let extractor = try FeatureExtractor(row.options, sampleRate: row.sampleRate)
    let least = extractor.minimumSamples
    for (index, length) in [0, 1, least - 1, least, least + 1, 500, 2501].enumerated() {
      let sound = Waveform(
        samples: Sounds.noise(max(length, 0), seed: UInt64(row.number)), sampleRate: row.sampleRate)
      let greatest = [1, 50, 900, 3000][(row.number + index) % 4]
      try expectSame(
        extractor, sound, greatest: min(greatest, length + 1), seed: row.number + index)
    }
  }

  @Test(arguments: FrameEdges.allCases, [false, true])
  func longSoundsAreForgotten(edges: FrameEdges, centered: Bool) throws {
    // Long enough that samples and rows are dropped on the way many times.
    var options = FrontEndOptions(.kaldi)
    options.frames.edges = edges
    options.frames.hopLength = .samples(40)
    options.deltas.order = 2
    options.normalization.scope = .sliding
    options.normalization.window = 50
    options.normalization.variance = true
    options.normalization.centered = centered
    #expect(options.streams)
    let extractor = try FeatureExtractor(options, sampleRate: 8000)
    let samples = Sounds.noise(40_000)
    let whole = try extractor.extract(Waveform(samples: samples, sampleRate: 8000)).values
    let streamed = try stream(extractor, samples, greatest: 5000, seed: 1)
    #expect(streamed.rows == whole)
    #expect(streamed.beforeTheEnd > whole.rows - 100)
  }

  @Test(arguments: [1, 2, 4]) func threadsDoNotMatter(threads: Int) throws {
    let extractor = try FeatureExtractor(FrontEndOptions(.librosa), sampleRate: 16000)
    @Sendable func features(_ index: Int) throws -> NDArray<Float> {
      let sound = Waveform(samples: Sounds.noise(5000, seed: UInt64(index)), sampleRate: 16000)
      return try extractor.extract(sound).values
    }
    let expected = try (0..<16).map(features)
    #expect(try Execution(threads: threads).map(16) { try features($0) } == expected)
  }

  @Test(arguments: Convention.allCases) func channelsAreSoundsOfTheirOwn(_ convention: Convention)
    throws
  {
    var options = FrontEndOptions(convention)
    options.frames.dither = 0.001
    options.deltas.order = 1
    options.normalization.scope = .utterance
    let extractor = try FeatureExtractor(options, sampleRate: 16000)
    try withTemporaryFolder { folder in
      let channels = [1, 2, 3].map {
        Waveform(samples: Sounds.quantizedNoise(9000, seed: $0), sampleRate: 16000)
      }
      try SoundWriter.write(channels, to: "\(folder)/all.wav")
      func rows(_ path: String, _ channel: ChannelPolicy) throws -> [NDArray<Float>] {
        let sound = try SoundStream(path: path, channel: channel, blockFrames: 1234)
        var parts = [[NDArray<Float>]](repeating: [], count: sound.channelCount)
        try extractor.extract(sound) { parts[$0].append($1) }
        return parts.map { NDArray.concatenated($0) }
      }
      let each = try rows("\(folder)/all.wav", .each)
      #expect(each.count == 3)
      for (index, channel) in channels.enumerated() {
        try SoundWriter.write([channel], to: "\(folder)/\(index).wav")
        #expect(try rows("\(folder)/\(index).wav", .mix) == [each[index]])
        #expect(try extractor.extract(channel).values == each[index])
      }
    }
  }

  @Test func streamsAreHeldToTheirRate() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.wav"
      try write(WAVBytes(samples: Sounds.quantizedNoise(8000)).bytes, to: path)
      let extractor = try FeatureExtractor(FrontEndOptions(.kaldi), sampleRate: 8000)
      let sound = try SoundStream(path: path)
      #expect(throws: AudioError.rateMismatch(path: path, found: 16000, expected: 8000)) {
        try extractor.extract(sound) { _, _ in }
      }
    }
  }
}
