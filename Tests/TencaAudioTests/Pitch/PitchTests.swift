import TencaAudio
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Pitch of sounds whose pitch is known.
@Suite struct PitchTests {
  private static let rate = 16000

  private func track(
    _ samples: [Float], _ method: PitchMethod, _ change: (inout PitchOptions) -> Void = { _ in }
  ) throws -> PitchTrack {
    var options = PitchOptions()
    options.edges = .snip
    change(&options)
    return try PitchTracker(options, sampleRate: Self.rate)
      .track(Waveform(samples: samples, sampleRate: Self.rate), by: method)
  }

  /// A voice of five harmonics whose pitch follows a formula of the time in seconds.
  private func voice(_ count: Int, _ hertz: (Double) -> Double) -> [Float] {
    var phase = 0.0
    return (0..<count).map { index in
      phase += 2 * Double.pi * hertz(Double(index) / Double(Self.rate)) / Double(Self.rate)
      return Float((1...5).reduce(0.0) { $0 + 0.3 / Double($1) * sin(Double($1) * phase) })
    }
  }

  @Test(arguments: PitchMethod.allCases, [82.4, 220, 440, 1234.5])
  func sinesHaveTheirFrequency(method: PitchMethod, hertz: Double) throws {
    let track = try track(Sounds.tone(hertz, 8000, rate: Self.rate), method)
    if hertz > 200 {
      #expect(track.isVoiced.allSatisfy { $0 })
      #expect(track.voicedProbabilities.allSatisfy { $0 > 0.8 })
    }
    // The zeros after a frame, as librosa has them, make a period of a fifth of the frame 0.9% too
    // short; a path goes through steps of a tenth of a semitone.
    let limit = hertz < 200 ? 0.01 : method == .yin ? 0.004 : 0.0065
    for frequency in track.frequencies { #expect(abs(frequency / hertz - 1) < limit) }
  }

  @Test(arguments: PitchMethod.allCases) func glidesAreFollowed(method: PitchMethod) throws {
    let glide = voice(16000) { 150 * exp2($0) }
    let track = try track(glide, method)
    for (time, frequency) in zip(track.times, track.frequencies) {
      #expect(abs(12 * log2(frequency / (150 * exp2(time)))) < 0.3, "at \(time) s")
    }
  }

  @Test func noiseDoesNotHideAVoice() throws {
    let clean = voice(16000) { 200 + 20 * sin(2 * .pi * 5 * $0) }
    let noisy = zip(clean, Sounds.noise(16000, level: 0.1)).map { $0 + $1 }
    let track = try track(noisy, .probabilisticYin)
    let found = zip(track.times, track.frequencies).filter {
      abs(12 * log2($0.1 / (200 + 20 * sin(2 * .pi * 5 * $0.0)))) < 0.5
    }
    #expect(found.count > track.frameCount * 9 / 10)
    #expect(track.isVoiced.count { $0 } > track.frameCount * 9 / 10)
  }

  @Test func voiceBetweenNoise() throws {
    let noise = Sounds.noise(8000)
    let track = try track(noise + voice(8000) { _ in 180 } + noise, .probabilisticYin)
    for (frame, time) in track.times.enumerated() {
      if abs(time - 0.75) < 0.15 {
        #expect(track.isVoiced[frame], "at \(time) s")
        #expect(track.voicedProbabilities[frame] > 0.7, "at \(time) s")
      }
      // A path may go through noise as if it were voiced, as librosa's does; its probability tells.
      if abs(time - 0.75) > 0.3 {
        #expect(track.voicedProbabilities[frame] < 0.3, "at \(time) s")
      }
    }
  }

  @Test(arguments: PitchMethod.allCases) func silenceHasNone(method: PitchMethod) throws {
    for value: Float in [0, 0.25] {
      // A constant counts as sound only at its ends, and there it has no period.
      let track = try track([Float](repeating: value, count: 4000), method)
      #expect(track.frequencies.allSatisfy { $0.isFinite && $0 > 0 })
      if value == 0 {
        #expect(track.isVoiced.allSatisfy { !$0 })
        #expect(track.voicedProbabilities.allSatisfy { $0 == 0 })
      }
    }
  }

  @Test func longSoundsAreOnePath() throws {
    // Longer than what is scored at once on the way back.
    let long = voice(60 * 1024) { 200 + 100 * sin(2 * .pi * 0.7 * $0) }
    let track = try track(long, .probabilisticYin) {
      $0.hopLength = .samples(64)
      $0.lowFrequency = 90
      $0.highFrequency = 400
    }
    #expect(track.frameCount > 900)
    for (time, frequency) in zip(track.times, track.frequencies) {
      #expect(abs(12 * log2(frequency / (200 + 100 * sin(2 * .pi * 0.7 * time)))) < 0.5)
    }
  }

  @Test func frameLengthFollowsTheRange() throws {
    for (rate, length) in [(8000, 512), (16000, 1024), (22050, 2048), (44100, 4096)] {
      let tracker = try PitchTracker(PitchOptions(), sampleRate: rate)
      #expect(tracker.frameLength == length)
      #expect(tracker.hopLength == length / 4)
    }
  }

  @Test func badSoundsAreErrors() throws {
    #expect(throws: AudioError.self) { try track([], .yin) { $0.edges = .centerZero } }
    #expect(
      throws: AudioError.tooShort(place: "sound", found: 1000, needed: 1024, unit: "samples")
    ) { try track(Sounds.noise(1000), .yin) }
    for value in [Float.nan, .infinity, 1e30] {
      var sound = Sounds.noise(6000)
      sound[3000] = value
      #expect(throws: AudioError.self) { try track(sound, .probabilisticYin) }
    }
  }

  @Test func wrongOptionsAreNamed() throws {
    let range = "low-frequency and high-frequency"
    let wrong: [(name: String, change: (inout PitchOptions) -> Void)] = [
      (range, { $0.lowFrequency = 0 }), (range, { $0.lowFrequency = 3000 }),
      (range, { $0.highFrequency = 8001 }), (range, { $0.lowFrequency = .nan }),
      ("frame-length", { $0.frameLength = .samples(200) }),
      ("frame-length", { $0.lowFrequency = 1e-9 }), ("hop", { $0.hopLength = .samples(0) }),
      ("edges", { $0.edges = .mirror }), ("trough-threshold", { $0.troughThreshold = -1 }),
      ("thresholds", { $0.thresholdCount = 0 }), ("threshold-alpha", { $0.thresholdAlpha = 0 }),
      ("threshold-beta", { $0.thresholdBeta = .nan }), ("boltzmann", { $0.boltzmann = 0 }),
      ("resolution", { $0.resolution = 0 }), ("greatest-rate", { $0.greatestRate = -1 }),
      ("switch-probability", { $0.switchProbability = 2 }),
      ("no-trough-probability", { $0.noTroughProbability = .nan }),
    ]
    for (name, change) in wrong {
      var options = PitchOptions()
      change(&options)
      let error = try #require(throws: AudioError.self) {
        try PitchTracker(options, sampleRate: 16000)
      }
      guard case .invalidOption(name, _, let rule) = error else {
        Issue.record("\(error)")
        continue
      }
      #expect(rule.hasSuffix("."))
    }
  }
}
