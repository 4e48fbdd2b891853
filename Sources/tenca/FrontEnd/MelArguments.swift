import ArgumentParser
internal import TencaAudio

/// Options of the mel filters.
struct MelArguments: OptionChanges {
  @Option(help: ArgumentHelp(MelOptions.Help.count))
  var mels: Int?
  @Option(parsing: .unconditional, help: ArgumentHelp(MelOptions.Help.lowFrequency))
  var lowFrequency: Double?
  @Option(parsing: .unconditional, help: ArgumentHelp(MelOptions.Help.highFrequency))
  var highFrequency: Double?
  @Option(help: ArgumentHelp(MelOptions.Help.scale))
  var melScale: MelScale?
  @Option(help: ArgumentHelp(MelOptions.Help.rule))
  var melRule: MelOptions.Rule?
  @Option(help: ArgumentHelp(MelOptions.Help.normalization))
  var melNorm: MelOptions.Normalization?
  @Option(help: ArgumentHelp(MelOptions.Help.warp))
  var warp: Double?
  @Option(help: ArgumentHelp(MelOptions.Help.warpLow))
  var warpLow: Double?
  @Option(parsing: .unconditional, help: ArgumentHelp(MelOptions.Help.warpHigh))
  var warpHigh: Double?

  func apply(to options: inout FrontEndOptions) {
    override(&options.mel.count, mels)
    override(&options.mel.lowFrequency, lowFrequency)
    override(&options.mel.highFrequency, highFrequency)
    override(&options.mel.scale, melScale)
    override(&options.mel.rule, melRule)
    override(&options.mel.normalization, melNorm)
    override(&options.mel.warp, warp)
    override(&options.mel.warpLow, warpLow)
    override(&options.mel.warpHigh, warpHigh)
  }
}
