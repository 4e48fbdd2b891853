import ArgumentParser
internal import TencaAudio

/// `tenca features`: sound in, numbers or pictures out.
struct FeaturesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "features",
    abstract: "Compute spectrograms, cepstra, descriptors and pitch of sound files.",
    discussion: """
      The format follows from the extension of the output: .npy, .npz, .csv, .htk,
      .ark (Kaldi), and as pictures .png, .svg, .pdf.

        tenca features mfcc speech.wav -o speech.npy
        tenca features mfcc recordings/ -o features/ --format htk --convention htk
        tenca features mel bird.flac -o bird.png --convention librosa
        tenca features mfcc a.wav b.wav -o all.ark --deltas 2
        tenca features descriptors bird.flac --summary
        tenca features pitch speech.wav -o pitch.png
        sox in.mp3 -t wav - | tenca features mel - --format npy > out.npy

      Without -o, a table goes to standard output.
      """,
    subcommands: [
      MFCCCommand.self, MelCommand.self, SpectrogramCommand.self, EnergyCommand.self,
      DescriptorsCommand.self, PitchCommand.self,
    ])
}

/// A command that computes one kind of feature.
protocol FeatureCommand: ParsableCommand {
  static var kind: FeatureKind { get }
  var arguments: FeatureArguments { get }
  var work: WorkOptions { get }
  /// The options of the front end that this kind knows.
  var frontEnd: [any OptionChanges] { get }
}

extension FeatureCommand {
  private func options() throws -> FrontEndOptions {
    try FrontEndOptions(arguments.main.convention, kind: Self.kind).changed(by: frontEnd)
  }

  func validate() throws { _ = try options() }
  func run() throws { try arguments.run(try options(), work) }
}

/// `tenca features mfcc`.
struct MFCCCommand: FeatureCommand {
  static let kind = FeatureKind.mfcc
  static let configuration = CommandConfiguration(
    commandName: "mfcc", abstract: "Mel-frequency cepstral coefficients.",
    discussion: """
        tenca features mfcc speech.wav -o speech.npy
        tenca features mfcc recordings/ -o all.ark --deltas 2 --normalize utterance
        tenca features mfcc speech.wav --convention librosa --cepstra 13 > speech.csv

      Gammatone cepstra, and those of Teager's energies, for sounds that are not speech:

        tenca features mfcc bird.flac -o bird.npy --mel-scale erb \\
          --mel-rule gammatone
        tenca features mfcc bird.flac -o bird.npy --mel-scale erb \\
          --mel-rule gammatone --mels 40 --teager samples

      \(aboutDefaults)
      """)
  @OptionGroup var arguments: FeatureArguments
  @OptionGroup var stages: FrontEndArguments
  @OptionGroup var work: WorkOptions

  var frontEnd: [any OptionChanges] { stages.changes }
}

/// `tenca features mel`.
struct MelCommand: FeatureCommand {
  static let kind = FeatureKind.mel
  static let configuration = CommandConfiguration(
    commandName: "mel", abstract: "Energies of mel filters, logarithmic unless --log none.",
    discussion: """
        tenca features mel bird.flac -o bird.png
        tenca features mel speech.wav -o speech.npy --convention kaldi --mels 40

      \(aboutDefaults)
      """)
  @OptionGroup var arguments: FeatureArguments
  @OptionGroup(title: "Frames") var frames: FrameArguments
  @OptionGroup(title: "Mel filters") var mel: MelArguments
  @OptionGroup(title: "Logarithm") var logarithm: LogarithmArguments
  @OptionGroup(title: "Log energy") var energy: EnergyArguments
  @OptionGroup(title: "Derivatives, normalisation, silence") var dynamics: DynamicsArguments
  @OptionGroup var work: WorkOptions

  var frontEnd: [any OptionChanges] { [frames, mel, logarithm, energy, dynamics] }
}

/// `tenca features spectrogram`.
struct SpectrogramCommand: FeatureCommand {
  static let kind = FeatureKind.spectrogram
  static let configuration = CommandConfiguration(
    commandName: "spectrogram", abstract: "Power or magnitude of each Fourier bin.",
    discussion: """
        tenca features spectrogram bird.flac -o bird.png --convention librosa
        tenca features spectrogram speech.wav -o speech.npy --exponent 1 --log none

      \(aboutDefaults)
      """)
  @OptionGroup var arguments: FeatureArguments
  @OptionGroup(title: "Frames") var frames: FrameArguments
  @OptionGroup(title: "Logarithm") var logarithm: LogarithmArguments
  @OptionGroup(title: "Log energy") var energy: EnergyArguments
  @OptionGroup(title: "Derivatives, normalisation, silence") var dynamics: DynamicsArguments
  @OptionGroup var work: WorkOptions

  var frontEnd: [any OptionChanges] { [frames, logarithm, energy, dynamics] }
}

/// `tenca features energy`.
struct EnergyCommand: FeatureCommand {
  static let kind = FeatureKind.energy
  static let configuration = CommandConfiguration(
    commandName: "energy", abstract: "Log energy of each frame.",
    discussion: """
        tenca features energy speech.wav -o speech.png

      \(aboutDefaults)
      """)
  @OptionGroup var arguments: FeatureArguments
  @OptionGroup(title: "Frames") var frames: FrameArguments
  @OptionGroup(title: "Log energy") var energy: EnergyArguments
  @OptionGroup(title: "Derivatives, normalisation, silence") var dynamics: DynamicsArguments
  @OptionGroup var work: WorkOptions

  var frontEnd: [any OptionChanges] { [frames, energy, dynamics] }
}

private let aboutDefaults =
  "Options that are not given are as the toolkit of --convention has them."
