import ArgumentParser
internal import TencaAudio

/// Options of the log energy.
struct EnergyArguments: OptionChanges {
  @Option(help: ArgumentHelp(CepstrumOptions.Help.energy))
  var energy: CepstrumOptions.Energy?
  @Flag(inversion: .prefixedNo, help: ArgumentHelp(FrameOptions.Help.usesRawEnergy))
  var rawEnergy: Bool?
  @Option(help: ArgumentHelp(FrameOptions.Help.energyFloor))
  var energyFloor: Float?
  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(CepstrumOptions.Help.energyNormalization))
  var normalizeEnergy: Bool?
  @Option(
    parsing: .unconditional, help: ArgumentHelp(CepstrumOptions.Help.energyScale))
  var energyScale: Float?
  @Option(help: ArgumentHelp(CepstrumOptions.Help.silenceFloor))
  var silenceFloor: Float?

  func apply(to options: inout FrontEndOptions) throws {
    override(&options.cepstrum.energy, energy)
    override(&options.frames.usesRawEnergy, rawEnergy)
    override(&options.frames.energyFloor, energyFloor)
    if let normalizeEnergy {
      options.cepstrum.energyNormalization =
        normalizeEnergy ? CepstrumOptions.EnergyNormalization() : nil
    }
    guard var normalization = options.cepstrum.energyNormalization else {
      return try refuse(
        [("--energy-scale", energyScale != nil), ("--silence-floor", silenceFloor != nil)],
        without: "--normalize-energy")
    }
    override(&normalization.scale, energyScale)
    override(&normalization.silenceFloor, silenceFloor)
    options.cepstrum.energyNormalization = normalization
  }
}
