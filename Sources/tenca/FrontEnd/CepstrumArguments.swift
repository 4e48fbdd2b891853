import ArgumentParser
internal import TencaAudio

/// Options of the cosine transform.
struct CepstrumArguments: OptionChanges {
  @Option(help: ArgumentHelp(CepstrumOptions.Help.count))
  var cepstra: Int?
  @Option(help: ArgumentHelp(CepstrumOptions.Help.zeroth))
  var zeroth: CepstrumOptions.Zeroth?
  @Option(help: ArgumentHelp(CepstrumOptions.Help.lifter))
  var lifter: Double?
  @Flag(
    inversion: .prefixedNo, help: ArgumentHelp(CepstrumOptions.Help.liftersZeroth))
  var lifterZeroth: Bool?
  @Option(help: ArgumentHelp(CepstrumOptions.Help.transformType))
  var dctType: Int?
  @Option(help: ArgumentHelp(CepstrumOptions.Help.scaling))
  var dctScaling: CepstrumOptions.Scaling?

  func apply(to options: inout FrontEndOptions) {
    override(&options.cepstrum.count, cepstra)
    override(&options.cepstrum.zeroth, zeroth)
    override(&options.cepstrum.lifter, lifter)
    override(&options.cepstrum.liftersZeroth, lifterZeroth)
    override(&options.cepstrum.transformType, dctType)
    override(&options.cepstrum.scaling, dctScaling)
  }
}
