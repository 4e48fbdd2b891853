import ArgumentParser
internal import TencaAudio

/// `tenca features pitch`: the fundamental frequency of a voice.
struct PitchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pitch",
    abstract: "Pitch of a voice or an instrument that sounds alone.",
    usage: "tenca features pitch [<options>] <inputs> ...",
    discussion: """
      A table with the time of each frame, its fundamental frequency in hertz (f0; 0
      where there is none) and the probability that there is one:

        tenca features pitch speech.wav > pitch.csv
        tenca features pitch recordings/ -o pitches/ --format csv
        tenca features pitch speech.wav --picture pitch.png
        tenca features pitch speech.wav --low-frequency 60 --high-frequency 500 --json

      Probabilistic YIN weighs many thresholds and takes the likeliest path; YIN looks
      at each frame by itself, and is faster:

        tenca features pitch speech.wav --method yin > pitch.csv
      """)

  @OptionGroup var arguments: FrameTableArguments
  @OptionGroup(title: "Pitch") var pitch: PitchArguments
  @OptionGroup var work: WorkOptions

  func run() throws {
    let (method, options) = (pitch.method, pitch.options)
    try arguments.run(work) { PitchSource(method: method, options: options, opening: $0) }
  }
}

/// How pitch is tracked.
struct PitchArguments: ParsableArguments {
  @Option(help: "pyin: the likeliest path; yin: each frame by itself.")
  var method = PitchMethod.probabilisticYin
  @Option(help: ArgumentHelp(PitchOptions.Help.lowFrequency))
  var lowFrequency: Double?
  @Option(help: ArgumentHelp(PitchOptions.Help.highFrequency))
  var highFrequency: Double?
  @Option(help: ArgumentHelp(PitchOptions.Help.frameLength))
  var frameLength: SampleExtent?
  @Option(help: ArgumentHelp(PitchOptions.Help.hopLength))
  var hop: SampleExtent?
  @Option(help: ArgumentHelp(PitchOptions.Help.edges))
  var edges: FrameEdges?
  @Option(help: ArgumentHelp(PitchOptions.Help.troughThreshold))
  var troughThreshold: Double?
  @Option(help: ArgumentHelp(PitchOptions.Help.resolution))
  var resolution: Double?
  @Option(help: ArgumentHelp(PitchOptions.Help.greatestRate))
  var greatestRate: Double?
  @Option(help: ArgumentHelp(PitchOptions.Help.switchProbability))
  var switchProbability: Double?
  @Option(help: ArgumentHelp(PitchOptions.Help.noTroughProbability))
  var noTroughProbability: Double?

  func validate() throws {
    let ofPath = [
      ("--resolution", resolution), ("--greatest-rate", greatestRate),
      ("--switch-probability", switchProbability),
      ("--no-trough-probability", noTroughProbability),
    ]
    switch method {
    case .yin: try refuse(ofPath.map { ($0.0, $0.1 != nil) }, without: "--method pyin")
    case .probabilisticYin:
      try refuse([("--trough-threshold", troughThreshold != nil)], without: "--method yin")
    }
  }

  var options: PitchOptions {
    var options = PitchOptions()
    override(&options.lowFrequency, lowFrequency)
    override(&options.highFrequency, highFrequency)
    if let frameLength { options.frameLength = frameLength }
    if let hop { options.hopLength = hop }
    override(&options.edges, edges)
    override(&options.troughThreshold, troughThreshold)
    override(&options.resolution, resolution)
    override(&options.greatestRate, greatestRate)
    override(&options.switchProbability, switchProbability)
    override(&options.noTroughProbability, noTroughProbability)
    return options
  }
}
