import TencaAudio

// torchaudio's options, by its own names, as ours.

extension FrontEndOptions {
  init(torchaudio options: inout PeerOptions, kind: FeatureKind) {
    self.init(.torchaudio, kind: kind)
    frames.read(torchaudio: &options)
    set(&spectrum.exponent, options.number("power").map { Float($0) })
    switch options.value("normalized") {
    case .flag(true), .text("window"): spectrum.normalization = .window
    case .text("frame_length"): spectrum.normalization = .frameLength
    default: break
    }
    if kind != .spectrogram {
      mel.read(torchaudio: &options, norm: kind == .mfcc ? "mel_norm" : "norm")
    }
    if kind == .mel {
      var level = Compression.Decibels(topDB: nil)
      set(&level.topDB, options.number("top_db").map { Float($0) })
      if case .null = options.value("top_db") { level.topDB = nil }
      compression = options.flag("amplitude_to_db") == true ? .decibels(level) : .none
    }
    if kind == .mfcc {
      set(&cepstrum.count, options.integer("n_mfcc"))
      if options.value("norm") == .null { cepstrum.scaling = .none }
      if options.flag("log_mels") == true { compression = .offsetLog(offset: 1e-6) }
    }
  }
}

extension FrameOptions {
  fileprivate mutating func read(torchaudio options: inout PeerOptions) {
    let fft = options.integer("n_fft") ?? 400
    let window = options.integer("win_length") ?? fft
    fftLength = .samples(fft)
    windowLength = .samples(window)
    hopLength = .samples(options.integer("hop_length") ?? window / 2)
    set(&paddingSamples, options.integer("pad"))
    let windows: [String: WindowFunction] = ["hann_window": .hann, "hamming_window": .hamming]
    set(&self.window, options.text("window_fn").map { windows[$0]! })
    let padding: [String: FrameEdges] = ["constant": .centerZero, "reflect": .centerReflect]
    set(&edges, options.text("pad_mode").map { padding[$0]! })
    if options.flag("center") == false { edges = .snip }
  }
}

extension MelOptions {
  /// - Parameter norm: What the option of the bank's norm is called.
  mutating func read(torchaudio options: inout PeerOptions, norm: String) {
    set(&count, options.integer("n_mels"))
    set(&lowFrequency, options.number("f_min"))
    // A frequency of null is half the rate, as ours of 0 is.
    set(&highFrequency, options.number("f_max"))
    if options.text("mel_scale") == "slaney" { scale = .slaney }
    if options.text(norm) == "slaney" { normalization = .slaney }
  }
}

extension DeltaOptions {
  init(torchaudio options: inout PeerOptions) {
    let length = options.integer("win_length") ?? 5
    self.init(order: 1, window: (length - 1) / 2, method: .htk)
    let modes: [String: Edges] = [
      "replicate": .hold, "constant": .zero, "reflect": .mirror, "circular": .wrap,
    ]
    edges = modes[options.text("mode") ?? "replicate"]!
  }
}
