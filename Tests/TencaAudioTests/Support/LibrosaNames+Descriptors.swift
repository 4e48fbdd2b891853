import TencaAudio

// The options of librosa's descriptors and pitch trackers, by its own names, as ours.

extension DescriptorOptions {
  init(librosa options: inout PeerOptions) {
    self.init()
    fftLength = .samples(options.integer("n_fft") ?? 2048)
    hopLength = .samples(options.integer("hop_length") ?? 512)
    if options.flag("center") == false { edges = .snip }
    set(&bandwidthOrder, options.number("p"))
    set(&rolloffShare, options.number("roll_percent"))
    set(&contrastLowFrequency, options.number("fmin"))
    contrastOctaves = options.integer("n_bands") ?? 6
    set(&contrastQuantile, options.number("quantile"))
    tuning = options.number("tuning")
  }
}

extension PitchOptions {
  init(librosa options: inout PeerOptions) {
    self.init()
    set(&lowFrequency, options.number("fmin"))
    set(&highFrequency, options.number("fmax"))
    frameLength = .samples(options.integer("frame_length") ?? 2048)
    hopLength = options.integer("hop_length").map { .samples($0) }
    if options.flag("center") == false { edges = .snip }
    set(&troughThreshold, options.number("trough_threshold"))
    set(&thresholdCount, options.integer("n_thresholds"))
    if case .numbers(let parameters) = options.value("beta_parameters") {
      (thresholdAlpha, thresholdBeta) = (parameters[0], parameters[1])
    }
    set(&boltzmann, options.number("boltzmann_parameter"))
    set(&resolution, options.number("resolution"))
    set(&greatestRate, options.number("max_transition_rate"))
    set(&switchProbability, options.number("switch_prob"))
    set(&noTroughProbability, options.number("no_trough_prob"))
  }
}
