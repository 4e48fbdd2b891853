/// A toolkit whose numbers the front end gives, to the tolerances that its tests state.
public enum Convention: String, Sendable, Codable, CaseIterable {
  /// Kaldi's compute-mfcc-feats, compute-fbank-feats and compute-spectrogram-feats, dither 0.
  case kaldi
  /// librosa 0.11's feature.mfcc, power_to_db(feature.melspectrogram) and |stft|².
  case librosa
  /// HTK's MFCC_0, FBANK and their kin.
  case htk
  /// torchaudio 2's MFCC, AmplitudeToDB(MelSpectrogram) and Spectrogram.
  case torchaudio

  /// Sets all of `options` but its kind to this toolkit's defaults.
  func apply(to options: inout FrontEndOptions) {
    switch self {
    case .kaldi: applyKaldi(&options)
    case .librosa: applyLibrosa(&options)
    case .htk: applyHTK(&options)
    case .torchaudio: applyTorchaudio(&options)
    }
  }

  private func applyKaldi(_ options: inout FrontEndOptions) {
    // The options structs' own defaults are Kaldi's. Filter banks come without energy.
    if options.kind == .mel { options.cepstrum.energy = .absent }
  }

  private func applyHTK(_ options: inout FrontEndOptions) {
    options.frames.window = .hamming
    options.frames.removesMean = false
    options.spectrum.exponent = 1
    options.mel.count = 20
    options.mel.lowFrequency = 0
    options.mel.rule = .htk
    options.compression = .naturalLog(floor: 1)
    options.cepstrum.scaling = .htk
    options.cepstrum.zeroth = .last
    options.cepstrum.energy = .absent
    options.deltas.method = .htk
  }

  /// What librosa and torchaudio have in common: floats of ±1, plain centred frames.
  private func applyPlainFrames(_ options: inout FrontEndOptions) {
    options.frames.window = .hann
    options.frames.periodicWindow = true
    options.frames.centersWindow = true
    options.frames.inputScale = 1
    options.frames.removesMean = false
    options.frames.preEmphasis = 0
    options.mel.lowFrequency = 0
    options.mel.count = 128
    options.mel.rule = .linearInHertz
    options.cepstrum.lifter = 0
    options.cepstrum.energy = .absent
    options.compression =
      options.kind == .spectrogram ? .none : .decibels(Compression.Decibels())
  }

  private func applyLibrosa(_ options: inout FrontEndOptions) {
    applyPlainFrames(&options)
    options.frames.windowLength = .samples(2048)
    options.frames.hopLength = .samples(512)
    options.frames.fftLength = .samples(2048)
    options.frames.edges = .centerZero
    options.mel.scale = .slaney
    options.mel.normalization = .slaney
    options.cepstrum.count = 20
    options.cepstrum.liftersZeroth = true
    options.deltas.method = .savitzkyGolay
    options.deltas.window = 4
  }

  private func applyTorchaudio(_ options: inout FrontEndOptions) {
    applyPlainFrames(&options)
    options.frames.windowLength = .samples(400)
    options.frames.hopLength = .samples(200)
    options.frames.fftLength = .samples(400)
    options.frames.edges = .centerReflect
    options.mel.scale = .logarithmic2595
    options.cepstrum.count = 40
    options.deltas.method = .htk
  }
}
