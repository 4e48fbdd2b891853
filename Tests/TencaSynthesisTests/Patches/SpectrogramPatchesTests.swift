import TencaAudio
import TencaNumerics
import Testing

@testable import TencaSynthesis

#if canImport(Glibc)
  import Glibc
#endif

@Suite("Spectrogram patches")
struct SpectrogramPatchesTests {
  private static func tone(_ hertz: Double, rate: Int, count: Int) -> Waveform {
    Waveform(
      samples: (0..<count).map { Float(0.4 * sin(2 * .pi * hertz * Double($0) / Double(rate))) },
      sampleRate: rate)
  }

  @Test("SpecGAN's patches have its size, and come back with its length")
  func specGAN() throws {
    let options = try PatchOptions.specGAN
    let sounds = [300.0, 900].map { Self.tone($0, rate: 16_000, count: 16_384) }
    let patches = try SpectrogramPatches(options, learningFrom: sounds)
    let patch = try patches.patch(of: sounds[0])
    #expect(patch.shape == [128, 128])
    #expect(patch.elements.allSatisfy { (0...1).contains($0) })
    let heard = try patches.sound(of: patch, recovery: .init(iterations: 2))
    #expect(heard.waveform.samples.count == 16_384 && heard.waveform.sampleRate == 16_000)
  }

  @Test("A size chooses a transform in which no filter is empty")
  func size() throws {
    let options = try PatchOptions(height: 128, width: 64, sampleRate: 8000)
    #expect(options.fftLength == 512 && options.hopLength == 120 && options.sampleCount == 7680)
    #expect {
      try PatchOptions(
        sampleRate: 16_000, fftLength: 128, hopLength: 64, representation: .mel, height: 60,
        width: 8)
    } throws: {
      "\($0)".contains("at most") && "\($0)".contains("transform of")
    }
  }

  @Test("Short sounds stand in silence, long ones give their middle")
  func fit() {
    #expect(SpectrogramPatches.fit([1, 2], to: 5) == [0, 1, 2, 0, 0])
    #expect(SpectrogramPatches.fit([1, 2, 3, 4, 5], to: 3) == [2, 3, 4])
  }

  @Test("Three standard deviations reach from 0 to 1, row by row")
  func deviations() {
    let values = NDArray<Float>([1, 3, 1, 3, 10, 10, 10, 10], shape: [2, 4])
    let statistics = PatchStatistics([values], scaling: .deviations)
    // Mean 2, deviation 1: from -1 to 5.
    #expect(statistics.low[0] == -1 && statistics.high[0] == 5)
    let scaled = statistics.scaled(values)
    #expect(abs(scaled[0, 0] - 1.0 / 3) < 1e-6 && abs(scaled[1, 2] - 0.5) < 1e-3)
    #expect(abs(statistics.unscaled(scaled)[0, 1] - 3) < 1e-5)
  }
}
