import TencaAudio

// Kaldi's options, by the names of kaldi-native-fbank, as ours.

extension FrontEndOptions {
  init(kaldi options: inout PeerOptions, kind: FeatureKind) {
    self.init(.kaldi, kind: kind)
    frames.read(kaldi: &options)
    mel.read(kaldi: &options)
    let htk = options.flag("htk_compat") ?? false
    if kind == .mfcc {
      let usesEnergy = options.flag("use_energy") ?? true
      set(&cepstrum.count, options.integer("num_ceps"))
      set(&cepstrum.lifter, options.number("cepstral_lifter"))
      cepstrum.zeroth = htk ? .last : .first
      cepstrum.energy = usesEnergy ? .replacesZeroth : .absent
      // Kaldi multiplies C0 by √2 there, which is what HTK's scaling differs by.
      cepstrum.scaling = htk && !usesEnergy ? .htk : .orthonormal
    } else {
      let usesEnergy = options.flag("use_energy") ?? false
      cepstrum.energy = usesEnergy ? (htk ? .appended : .prepended) : .absent
      if options.flag("use_power") == false { spectrum.exponent = 1 }
      if options.flag("use_log_fbank") == false { compression = .none }
    }
  }
}

extension FrameOptions {
  fileprivate mutating func read(kaldi options: inout PeerOptions) {
    set(&windowLength, options.number("frame_length_ms").map { .milliseconds($0) })
    set(&hopLength, options.number("frame_shift_ms").map { .milliseconds($0) })
    let windows: [String: WindowFunction] = [
      "povey": .povey, "hamming": .hamming, "hanning": .hann, "blackman": .blackman,
      "rectangular": .rectangular,
    ]
    set(&window, options.text("window_type").map { windows[$0]! })
    set(&blackmanCoefficient, options.number("blackman_coeff"))
    if options.flag("round_to_power_of_two") == false { fftLength = .windowLength }
    if options.flag("snip_edges") == false { edges = .mirror }
    set(&removesMean, options.flag("remove_dc_offset"))
    set(&preEmphasis, options.number("preemph_coeff").map { Float($0) })
    set(&usesRawEnergy, options.flag("raw_energy"))
    set(&energyFloor, options.number("energy_floor").map { Float($0) })
  }
}

extension MelOptions {
  mutating func read(kaldi options: inout PeerOptions) {
    set(&count, options.integer("num_bins"))
    set(&lowFrequency, options.number("low_freq"))
    set(&highFrequency, options.number("high_freq"))
    set(&warp, options.number("vtln_warp_factor"))
    set(&warpLow, options.number("vtln_low"))
    set(&warpHigh, options.number("vtln_high"))
  }
}

extension DeltaOptions {
  init(kaldi options: inout PeerOptions) {
    self.init(order: options.integer("order") ?? 2, window: options.integer("window") ?? 2)
  }
}

extension NormalizationOptions {
  init(kaldi options: inout PeerOptions) {
    let slides = options.flag("sliding") ?? false
    self.init(
      scope: slides ? .sliding : .utterance, variance: options.flag("norm_vars") ?? false)
    set(&window, options.integer("cmn_window"))
    set(&minimumWindow, options.integer("min_cmn_window"))
    set(&centered, options.flag("center"))
  }
}

extension VoiceActivityOptions {
  init(kaldi options: inout PeerOptions) {
    self.init()
    set(&energyThreshold, options.number("vad_energy_threshold").map { Float($0) })
    set(&energyMeanScale, options.number("vad_energy_mean_scale").map { Float($0) })
    set(&framesContext, options.integer("vad_frames_context"))
    set(&proportion, options.number("vad_proportion_threshold").map { Float($0) })
  }
}
