import ArgumentParser
internal import TencaAudio

/// What the spectrogram of `tenca invert` was made with.
struct InversionArguments: ParsableArguments {
  @Option(
    help: "Rate of the sound, in hertz: needed with .npy. A sound file is resampled to it.")
  var rate: Int?

  @Flag(help: "Mel energies, as tenca features mel gives them, rather than Fourier bins.")
  var mel = false

  @Option(help: "Whose numbers: the defaults of a toolkit, as for tenca features.")
  var convention = Convention.kaldi

  @Option(
    help: """
      Length of the sound: 1.5s or 12000 (samples). Default: what the frames cover, or that of the \
      sound file.
      """)
  var length: SampleExtent?

  func validate() throws {
    if let rate, rate < 1 { throw ValidationError("--rate \(rate): a positive number of hertz.") }
  }

  /// The options of the front end, changed as was asked.
  ///
  /// - Throws: `ValidationError` for arguments without effect.
  func frontEnd(_ changes: [any OptionChanges]) throws -> FrontEndOptions {
    let usual = FrontEndOptions(convention, kind: mel ? .mel : .spectrogram)
    let options = try usual.changed(by: changes)
    if !mel && options.mel != usual.mel {
      throw ValidationError("options of mel filters have no effect without --mel.")
    }
    return options
  }
}

/// How phases are found.
struct PhaseArguments: ParsableArguments {
  @Option(help: ArgumentHelp(PhaseRecoveryOptions.Help.iterations))
  var iterations = PhaseRecoveryOptions().iterations
  @Option(help: ArgumentHelp(PhaseRecoveryOptions.Help.momentum))
  var momentum = PhaseRecoveryOptions().momentum
  @Option(help: ArgumentHelp(PhaseRecoveryOptions.Help.seed))
  var seed = PhaseRecoveryOptions().seed

  /// The options.
  var options: PhaseRecoveryOptions {
    PhaseRecoveryOptions(iterations: iterations, momentum: momentum, seed: seed)
  }
}
