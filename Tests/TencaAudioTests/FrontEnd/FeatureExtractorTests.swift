import TencaAudio
import TencaNumerics
import Testing

/// What features say of themselves.
@Suite struct FeatureExtractorTests {
  private func names(_ change: (inout FrontEndOptions) -> Void, kind: FeatureKind = .mfcc) throws
    -> [String]
  {
    var options = FrontEndOptions(.kaldi, kind: kind)
    options.cepstrum.count = 3
    options.mel.count = 4
    options.frames.fftLength = .samples(400)
    change(&options)
    let extractor = try FeatureExtractor(options, sampleRate: 16000)
    #expect(extractor.columnNames.count == extractor.columnCount)
    return extractor.columnNames
  }

  @Test func columnsHaveNames() throws {
    #expect(try names { _ in } == ["energy", "c1", "c2"])
    #expect(try names { $0.cepstrum.energy = .absent } == ["c0", "c1", "c2"])
    #expect(try names { $0.cepstrum.energy = .appended } == ["c0", "c1", "c2", "energy"])
    #expect(try names { $0.cepstrum.energy = .prepended } == ["energy", "c0", "c1", "c2"])
    #expect(try names { $0.cepstrum.zeroth = .last } == ["c1", "c2", "energy"])
    #expect(try names { $0.cepstrum.zeroth = .omitted } == ["c1", "c2", "c3"])
    #expect(
      try names {
        $0.cepstrum.count = 2
        $0.deltas.order = 2
      } == ["energy", "c1", "Δenergy", "Δc1", "ΔΔenergy", "ΔΔc1"])
    #expect(
      try names({ _ in }, kind: .mel)
        == ["mel 485 Hz", "mel 1251 Hz", "mel 2511 Hz", "mel 4585 Hz"])
    let bins = try names({ _ in }, kind: .spectrogram)
    #expect(bins.count == 201)
    #expect(bins.prefix(3) == ["energy", "40 Hz", "80 Hz"])
    #expect(try names({ $0.compression = .none }, kind: .spectrogram)[0] == "0 Hz")
    #expect(try names({ _ in }, kind: .energy) == ["energy"])
  }

  @Test func framesHaveTimes() throws {
    let kaldi = try FeatureExtractor(FrontEndOptions(.kaldi), sampleRate: 16000)
    let sound = Waveform(samples: Sounds.noise(16000), sampleRate: 16000)
    let features = try kaldi.extract(sound)
    #expect(features.hopSeconds == 0.01)
    #expect(features.firstFrameTime == 0.0125)
    #expect(features.frameCount == 98)
    let librosa = try FeatureExtractor(FrontEndOptions(.librosa), sampleRate: 16000)
    #expect(try librosa.extract(sound).firstFrameTime == 0)
    #expect(try librosa.extract(sound).frameCount == 32)
  }

  @Test func columnsHaveFrequencies() throws {
    func frequencies(_ kind: FeatureKind, deltas: Int = 0) throws -> [Double]? {
      var options = FrontEndOptions(.librosa, kind: kind)
      options.deltas.order = deltas
      return try FeatureExtractor(options, sampleRate: 16000).frequencies
    }
    let bins = try #require(try frequencies(.spectrogram))
    #expect(bins.count == 1025)
    #expect(bins[1] == 7.8125)
    #expect(bins.last == 8000)
    #expect(try frequencies(.mel)?.count == 128)
    #expect(try frequencies(.mel, deltas: 1) == nil)
    #expect(try frequencies(.mfcc) == nil)
  }

  @Test func filtersLieInTheirOrder() throws {
    for convention in Convention.allCases {
      let options = FrontEndOptions(convention).mel
      let bank = try MelFilterBank(options, sampleRate: 16000, fftLength: 2048)
      #expect(bank.count == options.count)
      #expect(bank.weights.shape == [options.count, 1025])
      #expect(zip(bank.centerFrequencies, bank.centerFrequencies.dropFirst()).allSatisfy(<))
      #expect(bank.weights.elements.allSatisfy { $0 >= 0 && $0 <= 1 })
    }
  }

  @Test(arguments: OptionRow.all) func theLeastSoundIsTheLeast(_ row: OptionRow) throws {
    var options = row.options
    // Derivatives by polynomials ask for more frames than one.
    options.deltas.order = 0
    let extractor = try FeatureExtractor(options, sampleRate: row.sampleRate)
    func extract(_ count: Int) throws -> FeatureMatrix {
      try extractor.extract(
        Waveform(samples: Sounds.noise(count), sampleRate: row.sampleRate), name: "a.wav")
    }
    let least = extractor.minimumSamples
    #expect(
      try extract(least).frameCount == 1 || options.voiceActivity != nil
        || options.frames.paddingSamples > 0)
    #expect(
      throws: AudioError.tooShort(
        place: "a.wav", found: least - 1, needed: least, unit: "samples")
    ) { try extract(least - 1) }
  }

  @Test func anotherRateIsRefused() throws {
    let extractor = try FeatureExtractor(FrontEndOptions(.kaldi), sampleRate: 8000)
    #expect(throws: AudioError.rateMismatch(path: "a", found: 16000, expected: 8000)) {
      try extractor.extract(Waveform(samples: [0], sampleRate: 16000), name: "a")
    }
  }

  @Test func polynomialsNeedTheirFrames() throws {
    var options = FrontEndOptions(.librosa)
    options.deltas.order = 1
    let extractor = try FeatureExtractor(options, sampleRate: 16000)
    let error = AudioError.tooShort(place: "deltas", found: 8, needed: 9, unit: "frames")
    #expect(throws: error) {
      try extractor.extract(Waveform(samples: Sounds.noise(7 * 512), sampleRate: 16000))
    }
    let enough = Waveform(samples: Sounds.noise(8 * 512), sampleRate: 16000)
    #expect(try extractor.extract(enough).values.shape == [9, 40])
  }
}
