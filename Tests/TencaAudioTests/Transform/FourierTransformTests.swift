import TencaAudio
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct FourierTransformTests {
  @Test(arguments: [1, 2, 3, 5, 8, 30, 64, 101, 400, 511])
  func isTheSumOfTheDefinition(length: Int) {
    let samples = Sounds.noise(length)
    let transform = FourierTransform.of(length: length)
    let workspace = FourierTransform.Workspace(length: length)
    workspace.samples.update(from: samples, count: length)
    transform.forward(workspace)
    #expect(transform.bins == length / 2 + 1)
    for bin in 0..<transform.bins {
      var (real, imaginary) = (0.0, 0.0)
      for (index, sample) in samples.enumerated() {
        let angle = -2 * Double.pi * Double(bin * index % length) / Double(length)
        real += Double(sample) * cos(angle)
        imaginary += Double(sample) * sin(angle)
      }
      #expect(abs(Double(workspace.spectrum[2 * bin]) - real) < 1e-5)
      #expect(abs(Double(workspace.spectrum[2 * bin + 1]) - imaginary) < 1e-5)
    }
    transform.inverse(workspace)
    for (index, sample) in samples.enumerated() {
      #expect(abs(workspace.samples[index] / Float(length) - sample) < 1e-6)
    }
  }

  @Test func lengthsAreShared() {
    #expect(FourierTransform.of(length: 48) === FourierTransform.of(length: 48))
  }
}
