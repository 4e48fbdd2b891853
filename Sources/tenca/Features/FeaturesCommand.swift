import ArgumentParser
internal import TencaAudio

/// `tenca features`: sound in, numbers or pictures out.
struct FeaturesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "features",
    abstract: "Compute spectrograms, mel energies and cepstra of sound files.",
    discussion: """
      The format follows from the extension of the output: .npy, .npz, .csv, .htk,
      .ark (Kaldi), and as pictures .png, .svg, .pdf.

        tenca features mfcc speech.wav -o speech.npy
        tenca features mfcc recordings/ -o features/ --format htk --convention htk
        tenca features mel bird.flac -o bird.png --convention librosa
        tenca features mfcc a.wav b.wav -o all.ark --deltas 2
        sox in.mp3 -t wav - | tenca features mel - --format npy > out.npy

      Without -o, a table goes to standard output.
      """,
    subcommands: [
      MFCCCommand.self, MelCommand.self, SpectrogramCommand.self, EnergyCommand.self,
    ])
}

/// `tenca features mfcc`.
struct MFCCCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mfcc", abstract: "Mel-frequency cepstral coefficients.")
  @OptionGroup var arguments: FeatureArguments
  func run() throws { try arguments.run(kind: .mfcc) }
}

/// `tenca features mel`.
struct MelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mel", abstract: "Energies of mel filters, logarithmic unless --log none.")
  @OptionGroup var arguments: FeatureArguments
  func run() throws { try arguments.run(kind: .mel) }
}

/// `tenca features spectrogram`.
struct SpectrogramCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spectrogram", abstract: "Power or magnitude of each Fourier bin.")
  @OptionGroup var arguments: FeatureArguments
  func run() throws { try arguments.run(kind: .spectrogram) }
}

/// `tenca features energy`.
struct EnergyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "energy", abstract: "Log energy of each frame.")
  @OptionGroup var arguments: FeatureArguments
  func run() throws { try arguments.run(kind: .energy) }
}

/// What all kinds of features are asked with.
struct FeatureArguments: ParsableArguments {
  @Argument(help: "Sound files or folders; - is standard input.", completion: .file())
  var inputs: [String]

  @Option(
    name: .shortAndLong,
    help: "Output file, or folder for many inputs; - is standard output.", completion: .file())
  var output: String?

  @Option(
    help: "Format of the output. Default: by its extension; csv on a screen, npy in a folder.")
  var format: FeatureFormat?

  @Option(help: "Resample to this rate, in hertz. Default: each file's own.")
  var rate: Int?

  @Flag(help: "Refuse files of another rate instead of resampling them to --rate.")
  var strictRate = false

  @Option(help: "What is made of several channels.")
  var channel = ChannelPolicy.mix

  @OptionGroup(title: "Front end") var frontEnd: FrontEndArguments
  @OptionGroup(title: "Work") var work: WorkOptions

  func run(kind: FeatureKind) throws {
    let source = FeatureSource(
      options: frontEnd.options(kind: kind), rate: rate, strictRate: strictRate, channel: channel)
    try work.run { execution in
      let inputs = try SoundInput.expand(inputs)
      let destination = try FeatureDestination(
        output: output, format: format, arguments: self.inputs, inputs: inputs.count)
      let job = FeatureJob(
        source: source, destination: destination, logger: work.logger, execution: execution)
      try job.run(inputs)
    }
  }
}
