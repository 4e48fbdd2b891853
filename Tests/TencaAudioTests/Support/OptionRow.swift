import TencaAudio
import TencaNumerics
import Testing

/// A row of options drawn at random, the same every time: what property tests run over.
struct OptionRow: Sendable, CustomTestStringConvertible {
  let number: Int
  let options: FrontEndOptions
  let sampleRate: Int

  var testDescription: String {
    "row \(number): \(options.kind) \(options.frames.windowLength) \(options.frames.edges) "
      + "deltas \(options.deltas.order) \(options.deltas.method) "
      + "normalisation \(options.normalization.scope)"
  }

  static let all = (0..<120).map { OptionRow(number: $0) }

  init(number: Int) {
    var draw = Draw(random: RandomStream(seed: 2024, stream: UInt64(number)))
    self.number = number
    sampleRate = draw.one(of: [8000, 11025, 16000])
    // Every convention and kind of feature in turn, the rest at random.
    let conventions = Convention.allCases
    let kinds = FeatureKind.allCases
    var options = FrontEndOptions(
      conventions[number % conventions.count],
      kind: kinds[number / conventions.count % kinds.count])
    draw.frames(&options.frames)
    draw.spectrum(&options)
    draw.cepstrum(&options.cepstrum)
    draw.rows(&options)
    self.options = options
  }
}

/// Random choices among values that are possible together.
private struct Draw {
  var random: RandomStream

  mutating func one<Value>(of values: [Value]) -> Value {
    values[Int(random.next() % UInt64(values.count))]
  }

  mutating func frames(_ frames: inout FrameOptions) {
    frames.windowLength = one(of: [.milliseconds(25), .milliseconds(12.5), .samples(151)])
    frames.hopLength = one(of: [.milliseconds(10), .samples(64), .samples(301)])
    frames.fftLength = one(of: [.nextPowerOfTwo, .samples(512), .samples(401)])
    frames.window = one(of: WindowFunction.allCases)
    frames.periodicWindow = one(of: [true, false])
    frames.centersWindow = one(of: [true, false])
    frames.edges = one(of: FrameEdges.allCases)
    frames.paddingSamples = one(of: [0, 0, 100])
    frames.dither = one(of: [0, 0, 0.3])
    frames.removesMean = one(of: [true, false])
    frames.preEmphasis = one(of: [0, 0.97])
    frames.usesRawEnergy = one(of: [true, false])
  }

  mutating func spectrum(_ options: inout FrontEndOptions) {
    options.spectrum.exponent = one(of: [1, 2, 1.5])
    options.spectrum.normalization = one(of: SpectrumOptions.Normalization.allCases)
    options.mel.count = one(of: [20, 31])
    options.mel.scale = one(of: MelScale.allCases)
    options.mel.rule = one(of: MelOptions.Rule.allCases)
    options.mel.normalization = one(of: [.none, .slaney, .unit(p: .infinity)])
    options.mel.warp = options.mel.lowFrequency < 100 ? one(of: [1, 1, 0.9]) : 1
    options.mel.highFrequency = -100
    if options.mel.warp != 1 { options.mel.highFrequency = 0 }
    if options.kind != .spectrogram || options.compression != .none {
      options.compression = one(of: [
        options.compression, .none, .naturalLog(floor: 1e-6), .offsetLog(offset: 1e-6),
        .decibels(.init(reference: .peak, topDB: 60)), .decibels(.init(topDB: nil)),
      ])
    }
  }

  mutating func cepstrum(_ cepstrum: inout CepstrumOptions) {
    cepstrum.count = one(of: [5, 13])
    cepstrum.zeroth = one(of: CepstrumOptions.Zeroth.allCases)
    cepstrum.energy = one(of: CepstrumOptions.Energy.allCases)
    cepstrum.energyNormalization = one(of: [nil, nil, CepstrumOptions.EnergyNormalization()])
  }

  mutating func rows(_ options: inout FrontEndOptions) {
    options.deltas.order = one(of: [0, 1, 2])
    options.deltas.window = one(of: [1, 2, 4])
    options.deltas.accelerationWindow = one(of: [nil, 3])
    options.deltas.method = one(of: DeltaOptions.Method.allCases)
    options.deltas.edges = one(of: [nil, .hold, .zero, .mirror, .wrap])
    options.normalization.scope = one(of: NormalizationOptions.Scope.allCases)
    options.normalization.variance = one(of: [true, false])
    options.normalization.window = one(of: [600, 7, 20])
    options.normalization.minimumWindow = one(of: [100, 5, 1])
    options.normalization.centered = one(of: [true, false])
    options.teager = one(of: [nil, nil, .samples, .bands])
    options.voiceActivity = one(of: [nil, nil, nil, VoiceActivityOptions()])
  }
}
