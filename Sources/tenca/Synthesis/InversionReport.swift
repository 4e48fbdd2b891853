internal import TencaAudio
internal import TencaFormats

/// What `tenca invert` says.
struct InversionReport: Report {
  let input: String
  let output: String
  let sampleRate: Int
  let samples: Int
  let frames: Int
  let columns: Int
  let momentum: Float
  let seed: UInt64
  /// ‖|STFT(x)| - S‖ / ‖S‖ of random phases and after each iteration.
  let inconsistencies: [Double]
  /// What the sound was multiplied by.
  let gain: Double
  /// How near it came to the sound that the spectrogram was made of.
  let original: Comparison?

  /// A sound beside the one that it should be.
  struct Comparison: Encodable {
    let spectralConvergence: Double
    let logSpectralDistance: Double
    let signalToNoise: Double

    /// Compares before anything was scaled, as far as both sounds go.
    init(_ sound: InvertedSound, _ original: Waveform, _ transform: ShortTimeFourierTransform) {
      let count = min(sound.waveform.samples.count, original.samples.count)
      let reference = Array(original.samples.prefix(count))
      let estimate = sound.waveform.samples.prefix(count).map { $0 / sound.gain }
      let magnitudes = transform.magnitudes(of: estimate)
      let wanted = transform.magnitudes(of: reference)
      spectralConvergence = ReconstructionFigures.spectralConvergence(of: magnitudes, to: wanted)
      logSpectralDistance = ReconstructionFigures.logSpectralDistance(of: magnitudes, to: wanted)
      signalToNoise = ReconstructionFigures.signalToNoise(of: estimate, to: reference)
    }
  }

  init(
    input: String, output: String, _ sound: InvertedSound, frames: Int, columns: Int,
    phases: PhaseRecoveryOptions, against original: Comparison?
  ) {
    self.input = input
    self.output = output
    sampleRate = sound.waveform.sampleRate
    samples = sound.waveform.samples.count
    self.frames = frames
    self.columns = columns
    momentum = phases.momentum
    seed = phases.seed
    inconsistencies = sound.inconsistencies
    gain = Double(sound.gain)
    self.original = original
  }

  var text: String {
    let seconds = (Double(samples) / Double(sampleRate)).formatted(decimals: 3)
    let first = inconsistencies[0].formatted(decimals: 4)
    let last = inconsistencies[inconsistencies.count - 1].formatted(decimals: 4)
    var lines = [
      "\(output): \(samples) samples at \(sampleRate) Hz, \(seconds) s, "
        + "of \(frames) frames × \(columns) columns",
      "inconsistency of the magnitudes: \(first) with random phases, \(last) after "
        + counted(inconsistencies.count - 1, "iteration", "iterations"),
    ]
    if let original {
      lines.append(
        "beside \(input): spectral convergence "
          + "\(original.spectralConvergence.formatted(decimals: 4)), log-spectral distance "
          + "\(original.logSpectralDistance.formatted(decimals: 2)) dB, signal-to-noise ratio "
          + "\(original.signalToNoise.formatted(decimals: 2)) dB")
    }
    return lines.joined(separator: "\n")
  }
}
