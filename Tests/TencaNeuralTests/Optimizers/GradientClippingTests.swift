import Testing

@testable import TencaNeural

@Suite("gradient clipping")
struct GradientClippingTests {
  private let gradients = [Tensor([3, 0]), Tensor([0, -4, 12], shape: [3, 1])]

  @Test("long gradients are shortened together", arguments: [6.5, 0.13])
  func long(_ limit: Double) {
    let (clipped, length) = clipped(gradients, toNorm: limit)
    #expect(abs(length - 13) < 1e-12)
    #expect(abs(norm(of: clipped) - limit) < 1e-6 * limit)
    let factor = limit / 13
    #expect(isNear(clipped[0], [3 * factor, 0]))
    #expect(isNear(clipped[1], [0, -4 * factor, 12 * factor]))
    #expect(clipped.map(\.shape) == gradients.map(\.shape))
  }

  @Test("short ones stay what they are", arguments: [13, 20])
  func short(_ limit: Double) {
    let (same, length) = clipped(gradients, toNorm: limit)
    #expect(length == 13)
    #expect(same.map(\.elements) == gradients.map(\.elements))
  }
}
