import TencaAudio
import TencaNumerics
import Testing

@Suite struct VoiceActivityTests {
  /// Half a second of silence, half a second of sound, and silence again.
  private static let sound = Waveform(
    samples: [Float](repeating: 0, count: 8000) + Sounds.noise(8000)
      + [Float](repeating: 0, count: 8000), sampleRate: 16000)

  @Test(arguments: Convention.allCases) func keepsTheSound(_ convention: Convention) throws {
    var options = FrontEndOptions(convention)
    options.frames.windowLength = .samples(400)
    options.frames.hopLength = .samples(160)
    options.frames.fftLength = .samples(512)
    options.frames.edges = .snip
    let all = try FeatureExtractor(options, sampleRate: 16000).extract(Self.sound).values
    options.voiceActivity = VoiceActivityOptions()
    let kept = try FeatureExtractor(options, sampleRate: 16000).extract(Self.sound).values
    // Frames that hold more than a few of the samples: the scale of samples is not the thresholds',
    // and that makes no difference.
    #expect(abs(kept.rows - 52) <= 1)
    // Beside the sound, rows may be as low as those of silence: look for one amid it.
    let first = try #require((0..<all.rows).first { all.row($0) == kept.row(9) }) - 9
    #expect(all.rows(first..<(first + kept.rows)) == kept)
    #expect(abs(first - 48) <= 1)
  }

  @Test func normalizedEnergiesAreNotJudged() throws {
    var options = FrontEndOptions(.htk)
    options.voiceActivity = VoiceActivityOptions()
    options.cepstrum.energy = .appended
    let plain = try FeatureExtractor(options, sampleRate: 16000).extract(Self.sound).frameCount
    options.cepstrum.energyNormalization = .init()
    let normalized = try FeatureExtractor(options, sampleRate: 16000).extract(Self.sound)
    #expect(normalized.frameCount == plain)
  }

  @Test func silenceHasNoRows() throws {
    var options = FrontEndOptions(.kaldi)
    options.voiceActivity = VoiceActivityOptions()
    let silence = Waveform(samples: [Float](repeating: 0, count: 8000), sampleRate: 16000)
    let features = try FeatureExtractor(options, sampleRate: 16000).extract(silence)
    #expect(features.values.shape == [0, 13])
  }

  @Test func votes() {
    let energies: [Float] = [0, 20, 0, 0, 20, 20, 20, 0]
    func voiced(context: Int, proportion: Float) -> [Bool] {
      VoiceActivity.detect(
        logEnergies: energies,
        options: VoiceActivityOptions(framesContext: context, proportion: proportion))
    }
    let above = energies.map { $0 > 0 }
    #expect(voiced(context: 0, proportion: 0.6) == above)
    // At least two of three, or of two at the ends both.
    #expect(
      voiced(context: 1, proportion: 0.6)
        == [false, false, false, false, true, true, true, false])
    #expect(voiced(context: .max, proportion: 0.5) == [Bool](repeating: true, count: 8))
    #expect(voiced(context: .max, proportion: 0.51) == [Bool](repeating: false, count: 8))
    #expect(voiced(context: -3, proportion: 0.6) == above)
    #expect(VoiceActivity.detect(logEnergies: [], options: .init()) == [])
  }
}
