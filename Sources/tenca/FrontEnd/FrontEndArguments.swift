import ArgumentParser

/// Options of all that a front end does up to cepstra.
struct FrontEndArguments: ParsableArguments {
  @OptionGroup(title: "Frames") var frames: FrameArguments
  @OptionGroup(title: "Mel filters") var mel: MelArguments
  @OptionGroup(title: "Logarithm") var logarithm: LogarithmArguments
  @OptionGroup(title: "Cepstra") var cepstra: CepstrumArguments
  @OptionGroup(title: "Log energy") var energy: EnergyArguments
  @OptionGroup(title: "Derivatives, normalisation, silence") var dynamics: DynamicsArguments

  /// What these options change.
  var changes: [any OptionChanges] { [frames, mel, logarithm, cepstra, energy, dynamics] }
}
