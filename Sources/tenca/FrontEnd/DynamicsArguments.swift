import ArgumentParser
internal import TencaAudio

/// Options of derivatives, normalisation and voice activity.
struct DynamicsArguments: OptionChanges {
  @Option(help: ArgumentHelp(DeltaOptions.Help.order))
  var deltas: Int?
  @Option(help: ArgumentHelp(DeltaOptions.Help.window))
  var deltaWindow: Int?
  @Option(help: ArgumentHelp(DeltaOptions.Help.accelerationWindow))
  var accelerationWindow: Int?
  @Option(help: ArgumentHelp(DeltaOptions.Help.method))
  var deltaMethod: DeltaOptions.Method?
  @Option(help: ArgumentHelp(DeltaOptions.Help.edges))
  var deltaEdges: DeltaOptions.Edges?
  @Option(help: ArgumentHelp(NormalizationOptions.Help.scope))
  var normalize: NormalizationOptions.Scope?
  @Flag(
    inversion: .prefixedNo, help: ArgumentHelp(NormalizationOptions.Help.variance))
  var variance: Bool?
  @Option(help: ArgumentHelp(NormalizationOptions.Help.window))
  var normalizeWindow: Int?
  @Option(help: ArgumentHelp(NormalizationOptions.Help.minimumWindow))
  var normalizeMinimumWindow: Int?
  @Flag(
    inversion: .prefixedNo, help: ArgumentHelp(NormalizationOptions.Help.centered))
  var centered: Bool?
  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(VoiceActivityOptions.Help.voiceActivity))
  var vad: Bool?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(VoiceActivityOptions.Help.energyThreshold))
  var vadThreshold: Float?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(VoiceActivityOptions.Help.energyMeanScale))
  var vadMeanScale: Float?
  @Option(help: ArgumentHelp(VoiceActivityOptions.Help.framesContext))
  var vadContext: Int?
  @Option(help: ArgumentHelp(VoiceActivityOptions.Help.proportion))
  var vadProportion: Float?

  func apply(to options: inout FrontEndOptions) throws {
    override(&options.deltas.order, deltas)
    override(&options.deltas.window, deltaWindow)
    if let accelerationWindow { options.deltas.accelerationWindow = accelerationWindow }
    override(&options.deltas.method, deltaMethod)
    if let deltaEdges { options.deltas.edges = deltaEdges }
    override(&options.normalization.scope, normalize)
    override(&options.normalization.variance, variance)
    override(&options.normalization.window, normalizeWindow)
    override(&options.normalization.minimumWindow, normalizeMinimumWindow)
    override(&options.normalization.centered, centered)
    try applyVoiceActivity(to: &options)
  }

  private func applyVoiceActivity(to options: inout FrontEndOptions) throws {
    if let vad { options.voiceActivity = vad ? VoiceActivityOptions() : nil }
    guard var voice = options.voiceActivity else {
      return try refuse(
        [
          ("--vad-threshold", vadThreshold != nil), ("--vad-mean-scale", vadMeanScale != nil),
          ("--vad-context", vadContext != nil), ("--vad-proportion", vadProportion != nil),
        ], without: "--vad")
    }
    override(&voice.energyThreshold, vadThreshold)
    override(&voice.energyMeanScale, vadMeanScale)
    override(&voice.framesContext, vadContext)
    override(&voice.proportion, vadProportion)
    options.voiceActivity = voice
  }
}
