import ArgumentParser
internal import TencaAudio

/// Options of frames and their spectra.
struct FrameArguments: OptionChanges {
  @Option(help: ArgumentHelp(FrameOptions.Help.windowLength))
  var frameLength: SampleExtent?
  @Option(help: ArgumentHelp(FrameOptions.Help.hopLength))
  var hop: SampleExtent?
  @Option(help: ArgumentHelp(FrameOptions.Help.edges))
  var edges: FrameEdges?
  @Option(help: ArgumentHelp(FrameOptions.Help.paddingSamples))
  var padding: Int?
  @Option(help: ArgumentHelp(FrameOptions.Help.inputScale))
  var inputScale: Float?
  @Option(help: ArgumentHelp(FrameOptions.Help.dither))
  var dither: Float?
  @Option(help: ArgumentHelp(FrameOptions.Help.ditherSeed))
  var ditherSeed: UInt64?
  @Flag(inversion: .prefixedNo, help: ArgumentHelp(FrameOptions.Help.removesMean))
  var removeMean: Bool?
  @Option(help: ArgumentHelp(FrameOptions.Help.preEmphasis))
  var preEmphasis: Float?
  @Option(help: ArgumentHelp(FrameOptions.Help.window))
  var windowShape: WindowFunction?
  @Option(help: ArgumentHelp(FrameOptions.Help.blackmanCoefficient))
  var blackmanCoefficient: Double?
  @Flag(inversion: .prefixedNo, help: ArgumentHelp(FrameOptions.Help.periodicWindow))
  var periodicWindow: Bool?
  @Flag(inversion: .prefixedNo, help: ArgumentHelp(FrameOptions.Help.centersWindow))
  var centerWindow: Bool?
  @Option(help: ArgumentHelp(FrameOptions.Help.fftLength))
  var fftLength: FrameOptions.FFTLength?
  @Option(help: ArgumentHelp(SpectrumOptions.Help.exponent))
  var exponent: Float?
  @Option(help: ArgumentHelp(SpectrumOptions.Help.normalization))
  var spectrumNorm: SpectrumOptions.Normalization?
  @Option(help: ArgumentHelp(TeagerOperator.Help.kind))
  var teager: TeagerOperator?

  func apply(to options: inout FrontEndOptions) {
    override(&options.frames.windowLength, frameLength)
    override(&options.frames.hopLength, hop)
    override(&options.frames.edges, edges)
    override(&options.frames.paddingSamples, padding)
    override(&options.frames.inputScale, inputScale)
    override(&options.frames.dither, dither)
    override(&options.frames.ditherSeed, ditherSeed)
    override(&options.frames.removesMean, removeMean)
    override(&options.frames.preEmphasis, preEmphasis)
    override(&options.frames.window, windowShape)
    override(&options.frames.blackmanCoefficient, blackmanCoefficient)
    override(&options.frames.periodicWindow, periodicWindow)
    override(&options.frames.centersWindow, centerWindow)
    override(&options.frames.fftLength, fftLength)
    override(&options.spectrum.exponent, exponent)
    override(&options.spectrum.normalization, spectrumNorm)
    if let teager { options.teager = teager }
  }
}
