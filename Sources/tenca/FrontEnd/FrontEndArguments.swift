import ArgumentParser
internal import TencaAudio

/// Everything that decides about cepstra.
struct CepstralFrontEnd: OptionChanges {
  @OptionGroup(title: "Frames") var frames: FrameArguments
  @OptionGroup(title: "Mel filters") var mel: MelArguments
  @OptionGroup(title: "Logarithm") var logarithm: LogarithmArguments
  @OptionGroup(title: "Cepstra") var cepstra: CepstrumArguments
  @OptionGroup(title: "Log energy") var energy: EnergyArguments
  @OptionGroup(title: "Derivatives, normalisation, silence") var dynamics: DynamicsArguments

  func apply(to options: inout FrontEndOptions) throws {
    frames.apply(to: &options)
    mel.apply(to: &options)
    try logarithm.apply(to: &options)
    cepstra.apply(to: &options)
    try energy.apply(to: &options)
    try dynamics.apply(to: &options)
  }
}

/// Everything that decides about mel energies.
struct MelFrontEnd: OptionChanges {
  @OptionGroup(title: "Frames") var frames: FrameArguments
  @OptionGroup(title: "Mel filters") var mel: MelArguments
  @OptionGroup(title: "Logarithm") var logarithm: LogarithmArguments
  @OptionGroup(title: "Log energy") var energy: EnergyArguments
  @OptionGroup(title: "Derivatives, normalisation, silence") var dynamics: DynamicsArguments

  func apply(to options: inout FrontEndOptions) throws {
    frames.apply(to: &options)
    mel.apply(to: &options)
    try logarithm.apply(to: &options)
    try energy.apply(to: &options)
    try dynamics.apply(to: &options)
  }
}

/// Everything that decides about spectrograms.
struct SpectralFrontEnd: OptionChanges {
  @OptionGroup(title: "Frames") var frames: FrameArguments
  @OptionGroup(title: "Logarithm") var logarithm: LogarithmArguments
  @OptionGroup(title: "Log energy") var energy: EnergyArguments
  @OptionGroup(title: "Derivatives, normalisation, silence") var dynamics: DynamicsArguments

  func apply(to options: inout FrontEndOptions) throws {
    frames.apply(to: &options)
    try logarithm.apply(to: &options)
    try energy.apply(to: &options)
    try dynamics.apply(to: &options)
  }
}

/// Everything that decides about log energy.
struct EnergyFrontEnd: OptionChanges {
  @OptionGroup(title: "Frames") var frames: FrameArguments
  @OptionGroup(title: "Log energy") var energy: EnergyArguments
  @OptionGroup(title: "Derivatives, normalisation, silence") var dynamics: DynamicsArguments

  func apply(to options: inout FrontEndOptions) throws {
    frames.apply(to: &options)
    try energy.apply(to: &options)
    try dynamics.apply(to: &options)
  }
}
