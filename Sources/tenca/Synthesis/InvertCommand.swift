import ArgumentParser
internal import Logging
internal import TencaAudio
internal import TencaFormats
internal import TencaNumerics

/// `tenca invert`: from spectrograms back to sound.
struct InvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "invert",
    abstract: "Turn spectrograms and mel energies back into sound.",
    usage: "tenca invert [<options>] <input> --output <output>",
    discussion: """
      A spectrogram has lost the phases of its sound. They are found again by the fast
      Griffin-Lim algorithm; mel filters are undone by non-negative least squares.
      Give the options that tenca features was given:

        tenca features spectrogram speech.wav -o speech.npy
        tenca invert speech.npy -o again.wav --rate 8000
        tenca features mel speech.wav -o mel.npy --convention librosa --mels 64
        tenca invert mel.npy -o again.wav --rate 8000 --mel --convention librosa \\
          --mels 64

      A sound file goes there and back: a way to hear what a spectrogram keeps, and to
      read how much that is.

        tenca invert speech.wav -o heard.wav --convention librosa --fft-length 512 \\
          --frame-length 512 --hop 128
        tenca invert speech.wav -o heard.wav --mel --iterations 100 --json
      """)

  @Argument(
    help: "A matrix of frames × columns (.npy), or a sound file; - is sound on standard input.",
    completion: .file())
  var input: String

  @Option(name: .shortAndLong, help: "The sound: .wav or .flac.", completion: .file())
  var output: String

  @OptionGroup(title: "Main options") var main: InversionArguments
  @OptionGroup(title: "Phases") var phases: PhaseArguments
  @OptionGroup(title: "Frames") var frames: FrameArguments
  @OptionGroup(title: "Mel filters") var mel: MelArguments
  @OptionGroup(title: "Logarithm") var logarithm: LogarithmArguments
  @OptionGroup(title: "Log energy") var energy: EnergyArguments

  @Flag(help: "Write the report as JSON, with the inconsistency of each iteration.")
  var json = false

  @OptionGroup var work: WorkOptions

  /// Whether the input is a matrix rather than a sound.
  private var isMatrix: Bool { input.lowercased().hasSuffix(".npy") }

  private func frontEnd() throws -> FrontEndOptions {
    try main.frontEnd([frames, mel, logarithm, energy])
  }

  func validate() throws {
    _ = try frontEnd()
    if isMatrix && main.rate == nil {
      throw ValidationError("--rate is needed: \(input) does not say how fast its sound was.")
    }
  }

  func run() throws {
    let options = try frontEnd()
    try OutputPath.check(output)
    let report = try work.run { execution in
      isMatrix
        ? try invertMatrix(options, execution)
        : try invertSound(options, execution)
    }
    if report.gain != 1 {
      work.logger.info(
        "\(output): scaled by \(report.gain.formatted(decimals: 4)) so as not to clip")
    }
    try Console.write(report, json: json)
  }

  private func invertMatrix(
    _ options: FrontEndOptions, _ execution: Execution
  ) throws -> InversionReport {
    let array = try NPY.read(path: input)
    guard array.shape.count == 2 else {
      throw FormatError.unsupported(
        path: input, problem: "an array of shape \(array.shape)",
        remedy: "Give a matrix of frames × columns, one sound a file")
    }
    let rate = main.rate ?? 0
    let inverter = try SpectrogramInverter(options, sampleRate: rate, recovery: phases.options)
    let sound = try inverter.sound(
      of: array.asFloat, length: main.length?.samples(at: rate), name: input, execution: execution)
    try SoundWriter.write([sound.waveform], to: output)
    return InversionReport(
      input: input, output: output, sound, frames: array.shape[0], columns: array.shape[1],
      phases: phases.options, against: nil)
  }

  private func invertSound(
    _ options: FrontEndOptions, _ execution: Execution
  ) throws -> InversionReport {
    let original = try Waveform.read(path: input, sampleRate: main.rate)
    let rate = original.sampleRate
    let extractor = try FeatureExtractor(options, sampleRate: rate)
    let inverter = try SpectrogramInverter(options, sampleRate: rate, recovery: phases.options)
    let features = try extractor.extract(original, name: input).values
    let sound = try inverter.sound(
      of: features, length: main.length?.samples(at: rate) ?? original.samples.count, name: input,
      execution: execution)
    try SoundWriter.write([sound.waveform], to: output)
    return InversionReport(
      input: input, output: output, sound, frames: features.rows, columns: features.columns,
      phases: phases.options,
      against: InversionReport.Comparison(sound, original, inverter.transform))
  }
}
