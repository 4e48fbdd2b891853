import TencaAudio
import TencaNumerics
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct DitherTests {
  private func options(_ dither: Float, seed: UInt64 = 0) -> FrontEndOptions {
    var options = FrontEndOptions(.kaldi, kind: .energy)
    options.frames.dither = dither
    options.frames.ditherSeed = seed
    options.frames.removesMean = false
    return options
  }

  private func rows(_ options: FrontEndOptions, _ samples: [Float]) throws -> [Float] {
    let extractor = try FeatureExtractor(options, sampleRate: 16000)
    return try extractor.extract(Waveform(samples: samples, sampleRate: 16000)).values.elements
  }

  @Test(arguments: [Float(0.1), 1, 30]) func hasTheDeviationAskedFor(deviation: Float) throws {
    let energies = try rows(options(deviation), [Float](repeating: 0, count: 160_000))
    let variance = energies.reduce(0) { $0 + exp($1) / 400 } / Float(energies.count)
    // 400,000 independent numbers: their variance is known to 0.22%, here with four deviations.
    #expect(abs(variance / (deviation * deviation) - 1) < 0.009)
    #expect(Set(energies).count == energies.count, "two frames with the same noise")
  }

  @Test func followsItsSeed() throws {
    let samples = Sounds.noise(4000)
    let first = try rows(options(1, seed: 7), samples)
    #expect(try rows(options(1, seed: 7), samples) == first)
    #expect(try rows(options(1, seed: 8), samples) != first)
    #expect(try rows(options(0, seed: 7), samples) == rows(options(0, seed: 8), samples))
  }

  @Test func meansAreTakenOutAfterwards() throws {
    var options = FrontEndOptions(.kaldi, kind: .spectrogram)
    options.frames.dither = 1
    options.frames.window = .rectangular
    options.frames.preEmphasis = 0
    options.frames.fftLength = .windowLength
    options.cepstrum.energy = .absent
    options.compression = .none
    let extractor = try FeatureExtractor(options, sampleRate: 16000)
    let sound = Waveform(samples: Sounds.noise(4000), sampleRate: 16000)
    let spectra = try extractor.extract(sound).values
    let loudest = try #require(spectra.range()).upperBound
    #expect(spectra.column(0).elements.allSatisfy { $0 < 1e-9 * loudest })
  }
}
