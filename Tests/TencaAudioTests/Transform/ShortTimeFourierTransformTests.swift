import TencaNumerics
import Testing

@testable import TencaAudio

@Suite struct ShortTimeFourierTransformTests {
  /// Options of a transform and a sound.
  struct Case: Sendable, CustomTestStringConvertible {
    var fft: Int
    var hop: Int
    var window: Int
    var shape: WindowFunction
    var edges: FrameEdges
    var length: Int

    var testDescription: String { "\(fft)/\(hop)/\(window) \(shape) \(edges), \(length) samples" }

    static let all = [
      (2048, 512, 2048), (512, 128, 512), (512, 128, 400), (400, 100, 400), (511, 100, 301),
      (64, 16, 64), (64, 32, 64), (32, 8, 31),
    ].flatMap { fft, hop, window in
      [WindowFunction.hann, .hamming, .blackman, .sine].flatMap { shape in
        FrameEdges.allCases.flatMap { edges in
          [4096, 2500].map {
            Case(fft: fft, hop: hop, window: window, shape: shape, edges: edges, length: $0)
          }
        }
      }
    }
  }

  @Test(arguments: Case.all) func inverseGivesTheSoundBack(_ test: Case) throws {
    let transform = try ShortTimeFourierTransform(
      fftLength: test.fft, hopLength: test.hop, windowLength: test.window, window: test.shape,
      edges: test.edges)
    let samples = Sounds.noise(test.length, level: 0.3)
    let sound = transform.inverse(transform.forward(samples), length: test.length)
    // Where windows fade out at the ends of the sound, rounding is all that is left of it.
    let window = test.shape.values(length: test.window, periodic: true, centredIn: test.fft)
    var weight = [Float](repeating: 0, count: test.length)
    let geometry = FrameGeometry(edges: test.edges, span: test.fft, hop: test.hop)
    for frame in 0..<geometry.frameCount(length: test.length) {
      for (index, value) in window.enumerated() {
        let place = geometry.start(of: frame) + index
        if weight.indices.contains(place) { weight[place] += value * value }
      }
    }
    let covered = weight.indices.filter { weight[$0] > 0.01 }
    let isCentered = test.edges != .snip && test.edges != .mirror
    #expect(covered.count >= test.length - (isCentered ? 0 : 2 * test.fft))
    let worst = covered.map { abs(sound[$0] - samples[$0]) }.max() ?? 0
    #expect(worst < 1e-5)
  }

  @Test(arguments: Goldens.cases.filter { $0.convention == .librosa && $0.feature == .spectrogram })
  func magnitudesAreThoseOfLibrosa(_ golden: GoldenCase) throws {
    let options = golden.frontEnd
    guard case .samples(let fft) = options.frames.fftLength else { return }
    let transform = try ShortTimeFourierTransform(
      fftLength: fft, hopLength: options.frames.hopLength.samples(at: 1),
      windowLength: options.frames.windowLength.samples(at: 1), window: options.frames.window,
      edges: options.frames.edges)
    let expected = try golden.expected
    let spectra = transform.forward(
      try Goldens.signal(try #require(golden.signal)).samples
    ).elements
    let magnitudes = stride(from: 0, to: spectra.count, by: 2).map { index in
      let power = Double(
        spectra[index] * spectra[index] + spectra[index + 1] * spectra[index + 1])
      return options.spectrum.exponent == 2 ? power : power.squareRoot()
    }
    let largest = try #require(expected.range()).upperBound
    expectClose(NDArray(magnitudes, shape: expected.shape), expected, 1e-5 * largest)
  }

  @Test func shortSoundsAndNone() throws {
    let snipping = try ShortTimeFourierTransform(fftLength: 64, hopLength: 16, edges: .snip)
    #expect(snipping.forward(Sounds.noise(63)).shape == [0, 33, 2])
    #expect(snipping.inverse(NDArray(zeros: [0, 33, 2])) == [])
    let centring = try ShortTimeFourierTransform(fftLength: 64, hopLength: 16)
    #expect(centring.forward([]).shape == [0, 33, 2])
    #expect(centring.inverse(centring.forward([0.5]), length: 3) == [0.5, 0, 0])
  }
}
