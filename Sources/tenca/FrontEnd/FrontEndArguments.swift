import ArgumentParser
internal import TencaAudio

/// Every option of the front end. What is not given stays as the convention has it.
struct FrontEndArguments: ParsableArguments {
  @Option(help: "Whose numbers: the defaults of a toolkit.")
  var convention = Convention.kaldi

  @OptionGroup var frames: FrameArguments
  @OptionGroup var mel: MelArguments
  @OptionGroup var cepstra: CepstrumArguments
  @OptionGroup var dynamics: DynamicsArguments

  /// The convention's options for `kind`, changed as was asked.
  func options(kind: FeatureKind) -> FrontEndOptions {
    changed(FrontEndOptions(convention, kind: kind))
  }

  /// `base`, changed as was asked.
  func changed(_ base: FrontEndOptions) -> FrontEndOptions {
    var options = base
    frames.apply(to: &options)
    mel.apply(to: &options)
    cepstra.apply(to: &options)
    dynamics.apply(to: &options)
    return options
  }
}

/// Replaces a value where another one was given.
func override<Value>(_ target: inout Value, _ value: Value?) {
  if let value { target = value }
}

/// Options of frames and spectra.
struct FrameArguments: ParsableArguments {
  @Option(help: ArgumentHelp(stringLiteral: FrameOptions.Help.windowLength))
  var frameLength: SampleExtent?
  @Option(help: ArgumentHelp(stringLiteral: FrameOptions.Help.hopLength))
  var hop: SampleExtent?
  @Option(help: ArgumentHelp(stringLiteral: FrameOptions.Help.fftLength))
  var fftLength: Int?
  @Option(help: ArgumentHelp(stringLiteral: FrameOptions.Help.window))
  var windowShape: WindowFunction?
  @Option(help: ArgumentHelp(stringLiteral: FrameOptions.Help.edges))
  var edges: FrameEdges?
  @Option(help: ArgumentHelp(stringLiteral: FrameOptions.Help.dither))
  var dither: Float?
  @Option(help: "Seed of the dither.")
  var ditherSeed: UInt64?
  @Flag(inversion: .prefixedNo, help: ArgumentHelp(stringLiteral: FrameOptions.Help.removesMean))
  var removeMean: Bool?
  @Option(help: ArgumentHelp(stringLiteral: FrameOptions.Help.preEmphasis))
  var preEmphasis: Float?
  @Flag(inversion: .prefixedNo, help: ArgumentHelp(stringLiteral: FrameOptions.Help.usesRawEnergy))
  var rawEnergy: Bool?
  @Option(help: ArgumentHelp(stringLiteral: FrameOptions.Help.energyFloor))
  var energyFloor: Float?
  @Option(help: ArgumentHelp(stringLiteral: SpectrumOptions.Help.exponent))
  var exponent: Float?
  @Option(help: ArgumentHelp(stringLiteral: SpectrumOptions.Help.normalization))
  var spectrumNormalization: SpectrumOptions.Normalization?

  func apply(to options: inout FrontEndOptions) {
    override(&options.frames.windowLength, frameLength)
    override(&options.frames.hopLength, hop)
    override(&options.frames.fftLength, fftLength.map { .samples($0) })
    override(&options.frames.window, windowShape)
    override(&options.frames.edges, edges)
    override(&options.frames.dither, dither)
    override(&options.frames.ditherSeed, ditherSeed)
    override(&options.frames.removesMean, removeMean)
    override(&options.frames.preEmphasis, preEmphasis)
    override(&options.frames.usesRawEnergy, rawEnergy)
    override(&options.frames.energyFloor, energyFloor)
    override(&options.spectrum.exponent, exponent)
    override(&options.spectrum.normalization, spectrumNormalization)
  }
}

/// Options of mel filters and the logarithm.
struct MelArguments: ParsableArguments {
  @Option(help: ArgumentHelp(stringLiteral: MelOptions.Help.count))
  var mels: Int?
  @Option(
    parsing: .unconditional, help: ArgumentHelp(stringLiteral: MelOptions.Help.lowFrequency))
  var lowFrequency: Double?
  @Option(
    parsing: .unconditional, help: ArgumentHelp(stringLiteral: MelOptions.Help.highFrequency))
  var highFrequency: Double?
  @Option(help: ArgumentHelp(stringLiteral: MelOptions.Help.scale))
  var melScale: MelScale?
  @Option(help: ArgumentHelp(stringLiteral: MelOptions.Help.rule))
  var melRule: MelOptions.Rule?
  @Option(help: ArgumentHelp(stringLiteral: MelOptions.Help.normalization))
  var melNorm: MelOptions.Normalization?
  @Option(help: ArgumentHelp(stringLiteral: MelOptions.Help.warp))
  var warp: Double?
  @Option(name: .customLong("log"), help: "Logarithm of energies.")
  var logarithm: LogarithmKind?
  @Option(help: "Least value before the logarithm, or what is added with --log offset.")
  var logFloor: Float?
  @Option(help: "Decibels below the loudest value that anything may lie, or none.")
  var topDB: DecibelLimit?

  func apply(to options: inout FrontEndOptions) {
    override(&options.mel.count, mels)
    override(&options.mel.lowFrequency, lowFrequency)
    override(&options.mel.highFrequency, highFrequency)
    override(&options.mel.scale, melScale)
    override(&options.mel.rule, melRule)
    override(&options.mel.normalization, melNorm)
    override(&options.mel.warp, warp)
    applyLogarithm(to: &options.compression)
  }

  private func applyLogarithm(to compression: inout Compression) {
    switch logarithm {
    case nil: break
    case .some(.none): compression = .none
    case .natural: compression = .naturalLog(floor: .ulpOfOne)
    case .offset: compression = .offsetLog(offset: 1e-6)
    case .decibels: compression = .decibels(Compression.Decibels())
    }
    switch compression {
    case .none: break
    case .naturalLog(let floor): compression = .naturalLog(floor: logFloor ?? floor)
    case .offsetLog(let offset): compression = .offsetLog(offset: logFloor ?? offset)
    case .decibels(var level):
      override(&level.floor, logFloor)
      if let topDB { level.topDB = topDB.value }
      compression = .decibels(level)
    }
  }
}

/// Options of the cosine transform.
struct CepstrumArguments: ParsableArguments {
  @Option(help: ArgumentHelp(stringLiteral: CepstrumOptions.Help.count))
  var cepstra: Int?
  @Option(help: ArgumentHelp(stringLiteral: CepstrumOptions.Help.transformType))
  var dctType: Int?
  @Option(help: ArgumentHelp(stringLiteral: CepstrumOptions.Help.scaling))
  var dctScaling: CepstrumOptions.Scaling?
  @Option(help: ArgumentHelp(stringLiteral: CepstrumOptions.Help.lifter))
  var lifter: Double?
  @Option(help: ArgumentHelp(stringLiteral: CepstrumOptions.Help.zeroth))
  var zeroth: CepstrumOptions.Zeroth?
  @Option(help: ArgumentHelp(stringLiteral: CepstrumOptions.Help.energy))
  var energy: CepstrumOptions.Energy?

  func apply(to options: inout FrontEndOptions) {
    override(&options.cepstrum.count, cepstra)
    override(&options.cepstrum.transformType, dctType)
    override(&options.cepstrum.scaling, dctScaling)
    override(&options.cepstrum.lifter, lifter)
    override(&options.cepstrum.zeroth, zeroth)
    override(&options.cepstrum.energy, energy)
  }
}

/// Options of derivatives, normalisation and voice activity.
struct DynamicsArguments: ParsableArguments {
  @Option(help: ArgumentHelp(stringLiteral: DeltaOptions.Help.order))
  var deltas: Int?
  @Option(help: ArgumentHelp(stringLiteral: DeltaOptions.Help.window))
  var deltaWindow: Int?
  @Option(help: ArgumentHelp(stringLiteral: DeltaOptions.Help.method))
  var deltaMethod: DeltaOptions.Method?
  @Option(help: ArgumentHelp(stringLiteral: NormalizationOptions.Help.scope))
  var normalize: NormalizationOptions.Scope?
  @Flag(
    inversion: .prefixedNo, help: ArgumentHelp(stringLiteral: NormalizationOptions.Help.variance))
  var variance: Bool?
  @Option(help: ArgumentHelp(stringLiteral: NormalizationOptions.Help.window))
  var normalizeWindow: Int?
  @Flag(
    inversion: .prefixedNo, help: ArgumentHelp(stringLiteral: NormalizationOptions.Help.centered))
  var centered: Bool?
  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(stringLiteral: VoiceActivityOptions.Help.voiceActivity))
  var vad: Bool?
  @Option(help: ArgumentHelp(stringLiteral: VoiceActivityOptions.Help.energyThreshold))
  var vadThreshold: Float?
  @Option(help: ArgumentHelp(stringLiteral: VoiceActivityOptions.Help.energyMeanScale))
  var vadMeanScale: Float?

  func apply(to options: inout FrontEndOptions) {
    override(&options.deltas.order, deltas)
    override(&options.deltas.window, deltaWindow)
    override(&options.deltas.method, deltaMethod)
    override(&options.normalization.scope, normalize)
    override(&options.normalization.variance, variance)
    override(&options.normalization.window, normalizeWindow)
    override(&options.normalization.centered, centered)
    if let vad { options.voiceActivity = vad ? VoiceActivityOptions() : nil }
    if options.voiceActivity != nil {
      override(&options.voiceActivity!.energyThreshold, vadThreshold)
      override(&options.voiceActivity!.energyMeanScale, vadMeanScale)
    }
  }
}
