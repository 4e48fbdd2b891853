import ArgumentParser
internal import TencaAudio
internal import TencaRecognition

/// `tenca features descriptors`: how sounds sound.
struct DescriptorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "descriptors",
    abstract: "Brightness, noisiness, loudness, harmony and beginnings of sounds.",
    usage: "tenca features descriptors [<options>] <inputs> ...",
    discussion: """
      A table with a row a frame, in librosa's numbers; or one with a row a sound:

        tenca features descriptors bird.flac > bird.csv
        tenca features descriptors recordings/ -o all.npz --only centroid,rms
        tenca features descriptors recordings/ --summary --csv > sounds.csv
        tenca features descriptors bird.flac --picture bird.png

      \(list)
      """)

  private static let list = """
      centroid   mean frequency of the spectrum, in hertz
      bandwidth  spread around the centroid, in hertz
      rolloff    frequency below which 85% of the magnitudes lie, in hertz
      flatness   near 1 for noise, near 0 for tones
      zcr        share of neighbouring samples of different sign
      rms        root of the mean square
      contrast   peaks over valleys of each octave, in decibels
      onset      mean rise of mel levels, in decibels
      chroma     strength of each pitch class
      tonnetz    place on the circles of fifths, minor and major thirds
    """

  @OptionGroup var arguments: FrameTableArguments
  @OptionGroup(title: "Descriptors") var descriptors: DescriptorArguments
  @OptionGroup var work: WorkOptions

  func validate() throws {
    let main = arguments.main
    if descriptors.summary && (main.files.output != nil || main.files.format != nil) {
      throw ValidationError(
        "--summary writes to standard output, as a table, --csv or --json: leave -o and --format "
          + "out.")
    }
    if descriptors.summary && main.picture != nil {
      throw ValidationError("--picture draws frames: leave --summary out.")
    }
  }

  func run() throws {
    let options = descriptors.options
    if descriptors.summary { return try summarize(options) }
    try arguments.run(work) { DescriptorSource(options: options, opening: $0) }
  }

  private func summarize(_ options: DescriptorOptions) throws {
    let sounds = try arguments.sounds()
    let failures = try work.run { execution in
      let source = DescriptorSource(
        options: options, opening: arguments.main.sound.opening(work, execution))
      let report = try SummaryReport(sounds.files, source, execution)
      try arguments.main.report.write(report)
      return report.failures
    }
    try BatchFailures.report(
      sounds.failures + failures, of: sounds.failures.count + sounds.files.count)
  }
}

/// Which descriptors, and how they are computed.
struct DescriptorArguments: ParsableArguments {
  @Flag(help: "Mean, deviation, minimum, median and maximum of each sound instead of its frames.")
  var summary = false

  @Option(help: ArgumentHelp(DescriptorOptions.Help.descriptors, valueName: "names"))
  var only: DescriptorList?
  @Option(help: ArgumentHelp(DescriptorOptions.Help.fftLength))
  var frameLength: SampleExtent?
  @Option(help: ArgumentHelp(DescriptorOptions.Help.hopLength))
  var hop: SampleExtent?
  @Option(help: ArgumentHelp(DescriptorOptions.Help.edges))
  var edges: FrameEdges?
  @Option(help: ArgumentHelp(DescriptorOptions.Help.bandwidthOrder))
  var bandwidthOrder: Double?
  @Option(help: ArgumentHelp(DescriptorOptions.Help.rolloffShare))
  var rolloffShare: Double?
  @Option(help: ArgumentHelp(DescriptorOptions.Help.contrastLowFrequency))
  var contrastLowFrequency: Double?
  @Option(help: ArgumentHelp(DescriptorOptions.Help.contrastOctaves))
  var contrastOctaves: Int?
  @Option(help: ArgumentHelp(DescriptorOptions.Help.contrastQuantile))
  var contrastQuantile: Double?
  @Option(parsing: .unconditional, help: ArgumentHelp(DescriptorOptions.Help.tuning))
  var tuning: Double?

  var options: DescriptorOptions {
    var options = DescriptorOptions()
    override(&options.descriptors, only?.descriptors)
    override(&options.fftLength, frameLength)
    override(&options.hopLength, hop)
    override(&options.edges, edges)
    override(&options.bandwidthOrder, bandwidthOrder)
    override(&options.rolloffShare, rolloffShare)
    override(&options.contrastLowFrequency, contrastLowFrequency)
    if let contrastOctaves { options.contrastOctaves = contrastOctaves }
    override(&options.contrastQuantile, contrastQuantile)
    if let tuning { options.tuning = tuning }
    return options
  }
}

/// Names of descriptors separated by commas.
struct DescriptorList: ExpressibleByArgument {
  let descriptors: [Descriptor]

  init?(argument: String) {
    guard let descriptors = Descriptor.list(argument) else { return nil }
    self.descriptors = descriptors
  }
}
