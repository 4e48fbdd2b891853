import TencaNumerics
import Testing

@testable import TencaAudio

@Suite struct SpectrogramInverterTests {
  private static let sound = Waveform(
    samples: zip(Sounds.tone(440, 4000, rate: 8000), Sounds.noise(4000, level: 0.05))
      .map { $0 + $1 }, sampleRate: 8000)

  @Test(
    "Every convention's spectrogram goes back to magnitudes",
    arguments: Convention.allCases, [FeatureKind.spectrogram, .mel])
  func roundTrip(_ convention: Convention, _ kind: FeatureKind) throws {
    var options = FrontEndOptions(convention, kind: kind)
    options.frames.windowLength = .samples(256)
    options.frames.fftLength = .samples(256)
    options.frames.hopLength = .samples(64)
    options.mel.count = 40
    let rows = try FeatureExtractor(options, sampleRate: 8000).extract(Self.sound).values
    let result = try SpectrogramInverter(
      options, sampleRate: 8000, recovery: .init(iterations: 16)
    ).sound(of: rows, length: 4000)
    #expect(result.waveform.samples.count == 4000)
    let transform = try ShortTimeFourierTransform(fftLength: 256, hopLength: 64)
    let heard = transform.magnitudes(of: result.waveform.samples.map { $0 / result.gain })
    let wanted = transform.magnitudes(of: Self.sound.samples)
    let figure = ReconstructionFigures.spectralConvergence(of: heard, to: wanted)
    #expect(figure < (kind == .mel ? 0.7 : 0.35))
  }

  @Test func neverClipsAndNeverSilent() throws {
    var options = FrontEndOptions(.librosa, kind: .spectrogram)
    options.frames.windowLength = .samples(64)
    options.frames.fftLength = .samples(64)
    options.frames.hopLength = .samples(16)
    let inverter = try SpectrogramInverter(options, sampleRate: 8000)
    let loud = try inverter.sound(of: NDArray(repeating: 1e6, shape: [20, 33]))
    let peak = loud.waveform.samples.map { abs($0) }.max()!
    #expect(peak <= 0.99 && peak > 0.98 && loud.gain < 1)
    #expect(throws: AudioError.silence(place: "spectrogram")) {
      try inverter.sound(of: NDArray(repeating: 1e-20, shape: [20, 33]))
    }
  }

  @Test func whatCannotBeUndoneIsRefused() {
    var options = FrontEndOptions(.librosa, kind: .mel)
    options.deltas.order = 1
    #expect(throws: AudioError.self) { try SpectrogramInverter(options, sampleRate: 8000) }
    #expect(throws: AudioError.self) {
      try SpectrogramInverter(FrontEndOptions(.kaldi, kind: .mfcc), sampleRate: 8000)
    }
  }
}
