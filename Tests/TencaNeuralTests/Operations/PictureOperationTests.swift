import Testing

@testable import TencaNeural

/// Numbers of PyTorch 2.15.0: `F.avg_pool2d`, `F.max_pool2d`, `F.interpolate` (`mode="bilinear"`,
/// `align_corners=False`) and `F.pixel_shuffle` of the tensors given here, one picture of one channel.
@Suite("pooling and enlarging")
struct PictureOperationTests {
  private let picture = Tensor([1, 4, 2, 7, 3, 0, 5, 1, 6, 2, 8, 3], shape: [1, 3, 4, 1])
  private let overlapping = ConvolutionGeometry(stride: 2, padding: 1)

  @Test("means of overlapping windows count the padding")
  func averages() {
    let means = picture.averagePooled(kernel: [3, 3], geometry: overlapping)
    #expect(means.shape == [1, 2, 2, 1])
    #expect(isNear(means, [0.8888889, 2.1111111, 1.2222222, 2.1111111]))
  }

  @Test("padding is never the largest")
  func largest() {
    let largest = (picture - 4).maximumPooled(kernel: [3, 3], geometry: overlapping)
    #expect(largest.elements == [0, 3, 2, 4])
    let below = (picture - 10).maximumPooled(kernel: [3, 3], geometry: overlapping)
    #expect(below.elements == [-6, -3, -4, -2])
  }

  @Test("of equal numbers the first takes the gradient")
  func ties() {
    let x = Tensor(repeating: 2, shape: [1, 2, 2, 1]).watched()
    let largest = x.maximumPooled(kernel: [2, 2])
    #expect(gradients(of: largest, withRespectTo: [x])[0].elements == [1, 0, 0, 0])
  }

  @Test("channels and pictures are pooled apart")
  func channels() {
    let x = Tensor((0..<16).map { Double($0 * 7 % 16) }, shape: [2, 2, 2, 2])
    // Channels alternate: 0 14 12 10, 7 5 3 1 and 8 6 4 2, 15 13 11 9.
    #expect(x.maximumPooled(kernel: [2, 2]).elements == [14, 7, 8, 15])
    #expect(isNear(x.averagePooled(kernel: [2, 2]), [9, 4, 5, 12]))
  }

  @Test("bilinear interpolation between centres")
  func bilinear() {
    let small = Tensor([1, 4, 2, 3, 0, 5], shape: [1, 2, 3, 1])
    #expect(
      isNear(
        small.resizedBilinear(to: [4, 5]),
        [
          1, 2.2, 4, 2.8, 2, 1.5, 2.1, 3, 2.85, 2.75, 2.5, 1.9, 1, 2.95, 4.25, 3, 1.8, 0, 3, 5,
        ]))
    #expect(
      isNear(
        picture.resizedBilinear(to: [2, 3]), [1.75, 2.875, 5.0416667, 4.625, 4.375, 3.2916667]))
    #expect(picture.resizedBilinear(to: [3, 4]).elements == picture.elements)
  }

  @Test("nearest pixels are repeated")
  func nearest() {
    let x = Tensor([1, 2, 3, 4], shape: [1, 1, 2, 2])
    #expect(
      x.upsampledNearest(by: 2).elements == [1, 2, 1, 2, 3, 4, 3, 4, 1, 2, 1, 2, 3, 4, 3, 4])
  }

  @Test("shuffled pixels come in PyTorch's order")
  func shuffle() {
    // PyTorch makes [[0, 1], [2, 3]] and [[4, 5], [6, 7]] of the channels 0…7.
    let x = Tensor((0..<8).map(Double.init), shape: [1, 1, 1, 8]).pixelShuffled(by: 2)
    #expect(x.shape == [1, 2, 2, 2])
    #expect(x.elements == [0, 4, 1, 5, 2, 6, 3, 7])
  }
}

/// Whether numbers agree with those expected to 1e-6 of the largest.
func isNear(_ x: Tensor, _ expected: [Double]) -> Bool {
  let scale = expected.reduce(1) { max($0, abs($1)) }
  return x.count == expected.count
    && zip(x.elements, expected).allSatisfy { abs($0 - $1) < 1e-6 * scale }
}
