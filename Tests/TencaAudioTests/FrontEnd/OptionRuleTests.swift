import FoundationEssentials
import TencaAudio
import Testing

/// Option values that make no sense are errors that name the option, the value and the rule.
@Suite struct OptionRuleTests {
  typealias Change = @Sendable (inout FrontEndOptions) -> Void

  private static let wrong: [(option: String, change: Change)] = [
    ("frame-length", { $0.frames.windowLength = .samples(1) }),
    ("frame-length", { $0.frames.windowLength = .samples(.max) }),
    ("frame-length", { $0.frames.windowLength = .milliseconds(.nan) }),
    ("frame-length", { $0.frames.windowLength = .milliseconds(1e300) }),
    ("frame-length", { $0.frames.windowLength = .milliseconds(0.01) }),
    ("hop", { $0.frames.hopLength = .samples(0) }),
    ("hop", { $0.frames.hopLength = .samples(.max) }),
    ("hop", { $0.frames.hopLength = .milliseconds(-10) }),
    ("fft-length", { $0.frames.fftLength = .samples(399) }),
    ("fft-length", { $0.frames.fftLength = .samples(1 << 40) }),
    ("blackman-coefficient", { $0.frames.blackmanCoefficient = .nan }),
    ("padding", { $0.frames.paddingSamples = -1 }),
    ("input-scale", { $0.frames.inputScale = 0 }),
    ("input-scale", { $0.frames.inputScale = .infinity }),
    ("dither", { $0.frames.dither = -1 }),
    ("dither", { $0.frames.dither = .nan }),
    ("pre-emphasis", { $0.frames.preEmphasis = 1.1 }),
    ("pre-emphasis", { $0.frames.preEmphasis = -0.1 }),
    ("energy-floor", { $0.frames.energyFloor = -1 }),
    ("exponent", { $0.spectrum.exponent = 0 }),
    ("exponent", { $0.spectrum.exponent = .nan }),
    ("exponent", { $0.spectrum.exponent = 100 }),
    ("mels", { $0.mel.count = 0 }),
    ("mels", { $0.mel.count = .max }),
    ("low-frequency and high-frequency", { $0.mel.lowFrequency = -1 }),
    ("low-frequency and high-frequency", { $0.mel.lowFrequency = 8000 }),
    ("low-frequency and high-frequency", { $0.mel.highFrequency = 8001 }),
    ("low-frequency and high-frequency", { $0.mel.highFrequency = -8000 }),
    ("low-frequency and high-frequency", { $0.mel.highFrequency = .nan }),
    ("mel-norm", { $0.mel.normalization = .unit(p: 0) }),
    ("mel-norm", { $0.mel.normalization = .unit(p: .nan) }),
    ("warp", { $0.mel.warp = 0 }),
    ("warp", { $0.mel.warp = 100 }),
    ("warp", { ($0.mel.warp, $0.mel.warpLow) = (1.1, 10) }),
    ("warp", { ($0.mel.warp, $0.mel.warpHigh) = (1.1, 9000) }),
    ("log-floor", { $0.compression = .naturalLog(floor: 0) }),
    ("log-floor", { $0.compression = .offsetLog(offset: -1) }),
    ("log-floor", { $0.compression = .decibels(.init(floor: 0)) }),
    ("top-db", { $0.compression = .decibels(.init(topDB: -1)) }),
    ("db-reference", { $0.compression = .decibels(.init(reference: 0)) }),
    ("cepstra", { $0.cepstrum.count = 0 }),
    ("cepstra", { $0.cepstrum.count = 24 }),
    ("cepstra", { ($0.cepstrum.count, $0.cepstrum.zeroth) = (23, .omitted) }),
    ("cepstra", { ($0.cepstrum.count, $0.cepstrum.transformType) = (24, 1) }),
    ("dct-type", { $0.cepstrum.transformType = 4 }),
    ("dct-type", { ($0.cepstrum.transformType, $0.mel.count) = (1, 1) }),
    ("dct-type", { ($0.cepstrum.transformType, $0.cepstrum.scaling) = (3, .htk) }),
    ("lifter", { $0.cepstrum.lifter = -22 }),
    ("energy-scale", { $0.cepstrum.energyNormalization = .init(scale: .nan) }),
    ("silence-floor", { $0.cepstrum.energyNormalization = .init(silenceFloor: -1) }),
    ("deltas", { $0.deltas.order = -1 }),
    ("deltas", { $0.deltas.order = 9 }),
    ("deltas", { ($0.deltas.order, $0.deltas.window) = (1, 0) }),
    ("deltas", { ($0.deltas.order, $0.deltas.accelerationWindow) = (1, 1001) }),
    ("deltas", { $0.deltas = .init(order: 3, window: 1, method: .savitzkyGolay) }),
    ("delta-edges", { ($0.deltas.order, $0.deltas.edges) = (1, .polynomial) }),
    (
      "normalize-window",
      {
        $0.normalization.scope = .sliding; $0.normalization.window = 0
      }
    ),
    (
      "normalize-window",
      {
        $0.normalization.scope = .sliding; $0.normalization.window = .max
      }
    ),
    (
      "normalize-window",
      {
        $0.normalization.scope = .sliding; $0.normalization.minimumWindow = 0
      }
    ),
    ("vad-threshold", { $0.voiceActivity = .init(energyThreshold: .nan) }),
    ("vad-mean-scale", { $0.voiceActivity = .init(energyMeanScale: .infinity) }),
    ("vad-context", { $0.voiceActivity = .init(framesContext: -1) }),
    ("vad-proportion", { $0.voiceActivity = .init(proportion: 1.1) }),
  ]

  @Test(arguments: wrong.indices) func isRefused(_ index: Int) throws {
    var options = FrontEndOptions(.kaldi)
    _ = try FeatureExtractor(options, sampleRate: 16000)
    Self.wrong[index].change(&options)
    let error = try #require(throws: AudioError.self) {
      try FeatureExtractor(options, sampleRate: 16000)
    }
    guard case .invalidOption(let name, _, let rule) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(name == Self.wrong[index].option)
    #expect(rule.hasSuffix("."))
    #expect(error.description.hasPrefix("option \(name): "))
  }

  @Test(arguments: [0, -8000, .max]) func ratesThatAreNoneAreRefused(rate: Int) {
    #expect(throws: AudioError.self) { try FeatureExtractor(FrontEndOptions(), sampleRate: rate) }
  }

  @Test func transformsAreCheckedToo() {
    for (fft, hop, window) in [(1, 1, 1), (512, 0, 512), (512, 128, 0), (512, 128, 513)] {
      #expect(throws: AudioError.self) {
        try ShortTimeFourierTransform(fftLength: fft, hopLength: hop, windowLength: window)
      }
    }
  }

  @Test func optionsSurviveJSON() throws {
    for row in OptionRow.all {
      let text = try JSONEncoder().encode(row.options)
      #expect(try JSONDecoder().decode(FrontEndOptions.self, from: text) == row.options)
    }
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([MelOptions.Normalization].self, from: Data(#"["sloppy"]"#.utf8))
    }
  }
}
