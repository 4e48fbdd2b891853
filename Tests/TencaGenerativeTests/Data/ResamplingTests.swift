import TencaNumerics
import Testing

@testable import TencaGenerative

@Suite("Resampling")
struct ResamplingTests {
  private func resample(
    _ pixels: [Float], _ height: Int, _ width: Int, channels: Int = 1, to size: (Int, Int)
  ) -> [Float] {
    let shape = ExampleShape(height: height, width: width, channels: channels)
    return Resampling(from: shape, height: size.0, width: size.1)(pixels)
  }

  @Test("A constant stays constant at every size, and weights sum to 1")
  func constant() {
    for source in [1, 2, 3, 5, 28, 31] {
      for target in [1, 2, 3, 7, 28, 64] {
        let result = resample(
          [Float](repeating: 200, count: source * source), source, source, to: (target, target))
        #expect(result.count == target * target)
        #expect(result.allSatisfy { abs($0 - 200) < 1e-3 }, "\(source) to \(target)")
        for span in Resampling.spans(from: source, to: target) {
          #expect(abs(span.weights.reduce(0, +) - 1) < 1e-6)
          #expect(span.first >= 0 && span.first + span.weights.count <= source)
        }
      }
    }
  }

  @Test("Halving averages squares of four, channels apart")
  func halving() {
    // (1 + 2 + 5 + 6) / 4 and (3 + 4 + 7 + 8) / 4.
    #expect(resample([1, 2, 3, 4, 5, 6, 7, 8], 2, 4, to: (1, 2)) == [3.5, 5.5])
    #expect(resample([1, 10, 3, 30], 1, 2, channels: 2, to: (1, 1)) == [2, 20])
  }

  @Test("Shrinking keeps the mean, by whole factors and others")
  func mean() {
    var stream = RandomStream(seed: 3)
    for (source, target) in [(28, 14), (28, 7), (12, 3), (28, 10), (5, 3), (7, 1)] {
      let pixels = (0..<source * source).map { _ in Float.random(in: 0...1, using: &stream) }
      let result = resample(pixels, source, source, to: (target, target))
      let (before, after) = (pixels.reduce(0, +), result.reduce(0, +))
      #expect(
        abs(before / Float(source * source) - after / Float(target * target)) < 1e-5,
        "\(source) to \(target)")
    }
  }

  @Test("Pixels on a border count by the part that is covered")
  func parts() {
    // Three pixels to two: each target pixel covers one and a half.
    let spans = Resampling.spans(from: 3, to: 2)
    #expect(spans[0].first == 0 && spans[1].first == 1)
    #expect(spans[0].weights == [2.0 / 3, 1.0 / 3] && spans[1].weights == [1.0 / 3, 2.0 / 3])
  }

  @Test("Growing interpolates between centres and goes on outwards at the border")
  func growing() {
    // Centres of the target in the source: -0.25, 0.25, 0.75, 1.25.
    #expect(resample([0, 4], 1, 2, to: (1, 4)) == [0, 1, 3, 4])
    // A ramp stays a ramp between the outermost centres.
    let ramp = resample([0, 1, 2, 3], 4, 1, to: (8, 1))
    #expect(ramp == [0, 0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3])
  }

  @Test("Its own size changes nothing")
  func identity() {
    let pixels = (0..<12).map(Float.init)
    #expect(resample(pixels, 3, 4, to: (3, 4)) == pixels)
  }

  @Test("Grey written as colour comes back, and colour has the luma of BT.601")
  func channels() {
    let grey = (0...255).map(Float.init)
    let color = ColorChannels.convert(grey, from: 1, to: 3)!
    #expect(color[..<6] == [0, 0, 0, 1, 1, 1])
    #expect(ColorChannels.convert(color, from: 3, to: 1) == grey)
    #expect(
      ColorChannels.convert([255, 0, 0, 0, 255, 0, 0, 0, 255], from: 3, to: 1)
        == [76.245, 149.685, 29.07])
    #expect(ColorChannels.convert([1, 2], from: 2, to: 3) == nil)
  }
}
