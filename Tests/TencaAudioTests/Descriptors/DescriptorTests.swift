import TencaAudio
import TencaNumerics
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Descriptors of sounds whose figures are known without a peer.
@Suite struct DescriptorTests {
  private static let rate = 16000

  private func figures(
    _ samples: [Float], _ descriptors: [Descriptor],
    _ change: (inout DescriptorOptions) -> Void = { _ in }
  ) throws -> FeatureMatrix {
    var options = DescriptorOptions()
    options.descriptors = descriptors
    // Whole frames, of which none hears a beginning or an end.
    options.edges = .snip
    change(&options)
    return try DescriptorExtractor(options, sampleRate: Self.rate)
      .extract(Waveform(samples: samples, sampleRate: Self.rate))
  }

  private func means(_ features: FeatureMatrix) -> [Double] {
    (0..<features.values.columns).map { column in
      let values = features.values.column(column).elements
      return values.reduce(0) { $0 + Double($1) } / Double(values.count)
    }
  }

  @Test(arguments: [200.0, 1000, 3210, 7000]) func sineIsItsOwnCentre(hertz: Double) throws {
    let tone = Sounds.tone(hertz, 8000, rate: Self.rate)
    let figures = means(
      try figures(tone, [.centroid, .rolloff, .flatness, .zeroCrossingRate, .rms]))
    #expect(abs(figures[0] - hertz) < 8)
    // The bin that a sine lies in, or the next.
    #expect(abs(figures[1] - hertz) < 1.5 * Double(Self.rate) / 2048)
    #expect(figures[2] < 1e-3)
    #expect(abs(figures[3] - 2 * hertz / Double(Self.rate)) < 2e-3)
    #expect(abs(figures[4] - 0.5 * 0.5.squareRoot()) < 1e-3)
  }

  @Test func twoSinesSpread() throws {
    let low = Sounds.tone(1000, 8000, rate: Self.rate, level: 0.3)
    let high = Sounds.tone(3000, 8000, rate: Self.rate, level: 0.3)
    let both = zip(low, high).map { $0 + $1 }
    let figures = means(try figures(both, [.centroid, .bandwidth]))
    #expect(abs(figures[0] - 2000) < 10)
    #expect(abs(figures[1] - 1000) < 10)
  }

  @Test func noiseIsFlat() throws {
    let figures = means(
      try figures(Sounds.noise(32000), [.centroid, .bandwidth, .rolloff, .flatness, .rms]))
    #expect(abs(figures[0] - 4000) < 100)
    #expect(abs(figures[1] - 8000 / 12.squareRoot()) < 100)
    #expect(abs(figures[2] - 0.85 * 8000) < 100)
    // The geometric mean of exponential variables is exp(-γ) of the arithmetic.
    #expect(abs(figures[3] - 0.5615) < 0.02)
    #expect(abs(figures[4] - 0.1) < 2e-3)
  }

  @Test func contrastIsHighWhereATonePeaks() throws {
    let noise = Sounds.noise(16000, level: 0.001)
    let tone = Sounds.tone(1200, 16000, rate: Self.rate)
    let features = try figures(zip(noise, tone).map { $0 + $1 }, [.contrast])
    #expect(features.columnNames.count == 7)
    #expect(features.columnNames[3] == "contrast 800-1600 Hz")
    #expect(features.columnNames[6] == "contrast 6400-8000 Hz")
    let figures = means(features)
    #expect(figures[3] == figures.max())
    #expect(figures[3] > 30)
  }

  @Test func chromaOfAnA() throws {
    for (hertz, name) in [(440.0, "chroma A"), (261.6256, "chroma C"), (1479.978, "chroma F#")] {
      let features = try figures(Sounds.tone(hertz, 16000, rate: Self.rate), [.chroma])
      let figures = means(features)
      let loudest = try #require(figures.max())
      #expect(features.columnNames[try #require(figures.firstIndex(of: loudest))] == name)
      #expect(abs(loudest - 1) < 1e-6)
    }
    // Half a semitone sharp is no class, unless the sound is known to be tuned so.
    let sharp = Sounds.tone(440 * exp2(0.4 / 12), 16000, rate: Self.rate)
    let untold = means(try figures(sharp, [.chroma]) { $0.tuning = 0 })
    let told = means(try figures(sharp, [.chroma]) { $0.tuning = 0.4 })
    let estimated = means(try figures(sharp, [.chroma]))
    #expect(told[10] < untold[10])
    #expect(abs(estimated[10] - told[10]) < 0.02)
  }

  @Test func tonnetzOfAFifthLiesOnItsCircle() throws {
    // A and E, neighbours on the circle of fifths.
    let low = Sounds.tone(440, 16000, rate: Self.rate, level: 0.3)
    let high = Sounds.tone(659.2551, 16000, rate: Self.rate, level: 0.3)
    let figures = means(try figures(zip(low, high).map { $0 + $1 }, [.tonnetz]))
    #expect(hypot(figures[0], figures[1]) > 0.4)
    #expect(hypot(figures[0], figures[1]) > hypot(figures[4], figures[5]))
  }

  @Test func onsetIsWhereTheToneBegins() throws {
    let silence = [Float](repeating: 0, count: 8000)
    let tone = Sounds.tone(700, 8000, rate: Self.rate)
    let features = try figures(silence + tone, [.onset]) { $0.edges = .centerZero }
    let values = features.values.column(0).elements
    let strongest = try #require(values.indices.max { values[$0] < values[$1] })
    let time = features.firstFrameTime + Double(strongest) * features.hopSeconds
    #expect(abs(time - 0.5) < 0.1)
  }

  @Test(arguments: FrameEdges.allCases.filter { $0 != .mirror })
  func nothingIsEverNaN(edges: FrameEdges) throws {
    let sounds: [[Float]] = [
      [Float](repeating: 0, count: 3000), [Float](repeating: 1, count: 3000),
      (0..<3000).map { $0 == 1500 ? 1 : 0 }, Sounds.noise(3000).map { $0 * 1e-25 },
      (0..<3000).map { $0 % 2 == 0 ? 1 : -1 },
    ]
    for sound in sounds {
      let features = try figures(sound, Descriptor.allCases) { $0.edges = edges }
      #expect(features.values.firstNonFinite() == nil)
      #expect(features.values.columns == features.columnNames.count)
    }
  }

  @Test func silenceHasTheseFigures() throws {
    let figures = means(try figures([Float](repeating: 0, count: 4096), Descriptor.allCases))
    #expect(abs(figures[3] - 1) < 1e-6)
    #expect(figures.enumerated().allSatisfy { $0.offset == 3 || $0.element == 0 })
  }

  @Test func badSoundsAreErrors() throws {
    #expect(throws: AudioError.self) { try figures([], [.rms]) { $0.edges = .centerZero } }
    #expect(
      throws: AudioError.tooShort(place: "sound", found: 2047, needed: 2048, unit: "samples")
    ) { try figures([Float](repeating: 0.1, count: 2047), [.rms]) }
    for value in [Float.nan, .infinity, 1e30] {
      var sound = Sounds.noise(6000)
      sound[3000] = value
      #expect(throws: AudioError.self) { try figures(sound, [.centroid]) }
      #expect(throws: AudioError.self) { try figures(sound, [.rms]) }
    }
    let extractor = try DescriptorExtractor(DescriptorOptions(), sampleRate: 16000)
    #expect(throws: AudioError.rateMismatch(path: "sound", found: 8000, expected: 16000)) {
      try extractor.extract(Waveform(samples: Sounds.noise(3000), sampleRate: 8000))
    }
  }

  @Test func wrongOptionsAreNamed() throws {
    let wrong: [(name: String, change: (inout DescriptorOptions) -> Void)] = [
      ("only", { $0.descriptors = [] }), ("only", { $0.descriptors = [.rms, .rms] }),
      ("edges", { $0.edges = .mirror }), ("fft-length", { $0.fftLength = .samples(1) }),
      ("bandwidth-order", { $0.bandwidthOrder = .nan }),
      ("rolloff-share", { $0.rolloffShare = 1 }), ("flatness-floor", { $0.flatnessFloor = 0 }),
      ("contrast-quantile", { $0.contrastQuantile = 0 }), ("tuning", { $0.tuning = .infinity }),
      ("contrast-low-frequency", { $0.contrastLowFrequency = 9000 }),
      ("contrast-octaves", { $0.contrastOctaves = 7 }),
    ]
    for (name, change) in wrong {
      var options = DescriptorOptions()
      change(&options)
      let error = try #require(throws: AudioError.self) {
        try DescriptorExtractor(options, sampleRate: 16000)
      }
      guard case .invalidOption(name, _, let rule) = error else {
        Issue.record("\(error)")
        continue
      }
      #expect(rule.hasSuffix("."))
    }
    // As many octaves as there is room for.
    #expect(try DescriptorExtractor(DescriptorOptions(), sampleRate: 8000).columnNames.count == 31)
  }

  @Test func namesAreRead() {
    #expect(Descriptor.list("centroid,zcr") == [.centroid, .zeroCrossingRate])
    for text in ["", "centroid,", "colour", "rms,rms"] { #expect(Descriptor.list(text) == nil) }
  }
}

@Suite struct ColumnSummaryTests {
  @Test func figuresAreThoseOfTheValues() {
    let even = ColumnSummary("x", NDArray<Float>([4, 1, 3, 2]))
    #expect(even.mean == 2.5 && even.median == 2.5 && even.minimum == 1 && even.maximum == 4)
    #expect(abs(even.deviation - 1.25.squareRoot()) < 1e-12)
    let one = ColumnSummary("x", NDArray<Float>([7]))
    #expect(one.mean == 7 && one.deviation == 0 && one.median == 7)
  }
}
