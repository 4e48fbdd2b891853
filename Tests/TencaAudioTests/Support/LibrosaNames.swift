import TencaAudio

// librosa's options, by its own names, as ours.

extension FrontEndOptions {
  init(librosa options: inout PeerOptions, kind: FeatureKind) {
    self.init(.librosa, kind: kind)
    let fft = options.integer("n_fft") ?? 2048
    frames.fftLength = .samples(fft)
    frames.windowLength = .samples(options.integer("win_length") ?? fft)
    // stft steps by a quarter of the window, the features by 512 samples.
    let step = kind == .spectrogram ? frames.windowLength.samples(at: 1) / 4 : 512
    frames.hopLength = .samples(options.integer("hop_length") ?? step)
    let windows: [String: WindowFunction] = [
      "hann": .hann, "hamming": .hamming, "blackman": .blackman,
    ]
    set(&frames.window, options.text("window").map { windows[$0]! })
    let padding: [String: FrameEdges] = [
      "constant": .centerZero, "reflect": .centerReflect, "edge": .centerEdge,
    ]
    set(&frames.edges, options.text("pad_mode").map { padding[$0]! })
    if options.flag("center") == false { frames.edges = .snip }
    spectrum.exponent = Float(options.number("power") ?? (kind == .spectrogram ? 1 : 2))
    if kind != .spectrogram {
      mel.read(librosa: &options, norm: kind == .mfcc ? "mel_norm" : "norm")
      compression = Compression(librosa: &options, kind: kind)
    }
    if kind == .mfcc { cepstrum.read(librosa: &options) }
  }
}

extension MelOptions {
  /// - Parameter norm: What the option of the bank's norm is called.
  mutating func read(librosa options: inout PeerOptions, norm: String) {
    set(&count, options.integer("n_mels"))
    set(&lowFrequency, options.number("fmin"))
    // A frequency of null is half the rate, as ours of 0 is.
    set(&highFrequency, options.number("fmax"))
    if options.flag("htk") == true { scale = .logarithmic2595 }
    switch options.value(norm) {
    case .null: normalization = .none
    case .text(let name): normalization = Normalization(name)!
    case .number(let p): normalization = .unit(p: p)
    case nil, .flag, .numbers: break
    }
  }
}

extension Compression {
  fileprivate init(librosa options: inout PeerOptions, kind: FeatureKind) {
    var level = Decibels()
    set(&level.floor, options.number("amin").map { Float($0) })
    switch options.value("top_db") {
    case .null: level.topDB = nil
    case .number(let limit): level.topDB = Float(limit)
    case nil, .flag, .text, .numbers: break
    }
    switch options.value("ref") {
    case .text("max"): level.reference = .peak
    case .number(let power): level.reference = .power(Float(power))
    case nil, .null, .flag, .text, .numbers: break
    }
    let isLogarithmic = options.flag("power_to_db") ?? (kind == .mfcc)
    self = isLogarithmic ? .decibels(level) : .none
  }
}

extension CepstrumOptions {
  fileprivate mutating func read(librosa options: inout PeerOptions) {
    set(&count, options.integer("n_mfcc"))
    set(&lifter, options.number("lifter"))
    set(&transformType, options.integer("dct_type"))
    if options.value("norm") == .null { scaling = .none }
  }
}

extension DeltaOptions {
  init(librosa options: inout PeerOptions) {
    let order = options.integer("order") ?? 1
    let width = options.integer("width") ?? 9
    self.init(order: order, window: (width - 1) / 2, method: .savitzkyGolay)
    let modes: [String: Edges] = [
      "interp": .polynomial, "nearest": .hold, "mirror": .mirror, "constant": .zero, "wrap": .wrap,
    ]
    edges = modes[options.text("mode") ?? "interp"]!
  }
}
