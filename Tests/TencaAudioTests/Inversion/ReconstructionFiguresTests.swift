import TencaNumerics
import Testing

@testable import TencaAudio

@Suite struct ReconstructionFiguresTests {
  private static let magnitudes = NDArray<Float>([3, 0, 0, 4], shape: [2, 2])

  @Test func spectralConvergenceIsTheShareOfTheDifference() {
    let half = NDArray<Float>([1.5, 0, 0, 2], shape: [2, 2])
    #expect(ReconstructionFigures.spectralConvergence(of: half, to: Self.magnitudes) == 0.5)
    #expect(
      ReconstructionFigures.spectralConvergence(of: Self.magnitudes, to: Self.magnitudes) == 0)
    let silence = NDArray<Float>(zeros: [2, 2])
    #expect(ReconstructionFigures.spectralConvergence(of: silence, to: Self.magnitudes) == 1)
  }

  @Test func levelsDifferByDecibelsAFrame() {
    let reference = NDArray<Float>([1, 1, 1, 1], shape: [2, 2])
    // The first frame is ten times too loud in both bins, the second right: the mean of 20 and 0 dB.
    let loud = NDArray<Float>([10, 10, 1, 1], shape: [2, 2])
    #expect(abs(ReconstructionFigures.logSpectralDistance(of: loud, to: reference) - 10) < 1e-9)
    // One bin of two: √(20² / 2) of that frame.
    let half = NDArray<Float>([10, 1, 1, 1], shape: [2, 2])
    let distance = ReconstructionFigures.logSpectralDistance(of: half, to: reference)
    #expect(abs(distance - (200.0).squareRoot() / 2) < 1e-9)
  }

  @Test func levelsEndFarBelowTheLoudest() {
    let reference = NDArray<Float>([1, 1e-3], shape: [1, 2])
    let silent = NDArray<Float>([1, 0], shape: [1, 2])
    // Silence counts as the end of the range: 40 dB below, where the reference is 60 dB below too.
    #expect(
      ReconstructionFigures.logSpectralDistance(of: silent, to: reference, range: 40) == 0)
    let distance = ReconstructionFigures.logSpectralDistance(of: silent, to: reference)
    #expect(abs(distance - 20 / (2.0).squareRoot()) < 1e-4)
  }

  @Test func noiseOfATenthIsTwentyDecibelsBelow() {
    let reference: [Float] = [1, -1, 1, -1]
    let estimate: [Float] = [1.1, -0.9, 0.9, -1.1]
    let figure = ReconstructionFigures.signalToNoise(of: estimate, to: reference)
    #expect(abs(figure - 20) < 1e-5)
    #expect(ReconstructionFigures.signalToNoise(of: reference, to: reference) == .infinity)
  }
}
