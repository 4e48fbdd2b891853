import TencaNumerics
import Testing

@testable import TencaNeural

@Suite("spectral normalisation")
struct SpectralNormalizationTests {
  /// Rotation · diag(3, 1) · rotation: the largest singular value is 3 with left vector (0.6, 0.8) and
  /// right vector (0.8, -0.6).
  private let weight = Tensor(
    [
      3 * 0.6 * 0.8 + 0.8 * 0.6, -3 * 0.6 * 0.6 + 0.8 * 0.8,
      3 * 0.8 * 0.8 - 0.6 * 0.6, -3 * 0.8 * 0.6 - 0.6 * 0.8,
    ], shape: [2, 2], precision: .double)

  private func layer() -> SpectralNormalization<Linear> {
    var random = RandomStream(seed: 2)
    var linear = Linear(2, 2, bias: false, &random).converted(to: .double)
    linear.weight = weight
    return SpectralNormalization(linear, &random)
  }

  @Test("weights are divided by the largest singular value")
  func largestSingularValue() {
    var layer = layer().converted(to: .double)
    var pass = ForwardPass.training(RandomStream(seed: 0))
    let unit = Tensor([1, 0, 0, 1], shape: [2, 2], precision: .double)
    let divided = layer(unit, &pass).transposed()
    #expect(isNear(divided, weight.elements.map { $0 / 3 }))
    var inference = ForwardPass.inference
    #expect(isNear(layer(unit, &inference).transposed(), weight.elements.map { $0 / 3 }))
  }

  @Test("the gradient is equation 12 of Miyato et al.")
  func gradient() throws {
    var layer = layer().converted(to: .double)
    var pass = ForwardPass.training(RandomStream(seed: 0))
    let x = Tensor([0.5, 2], shape: [1, 2], precision: .double)
    let (_, slopes) = try layer.lossAndGradients { copy in
      (copy(x, &pass) * Tensor([1, -1], shape: [1, 2], precision: .double)).sum()
    }
    // (G - ⟨G, W/σ⟩ u vᵀ) / σ, where G is the gradient of the divided weights.
    let g = [0.5, 2, -0.5, -2]
    let aligned = zip(g, weight.elements).reduce(0) { $0 + $1.0 * $1.1 / 3 }
    let outer = [0.6 * 0.8, -0.6 * 0.6, 0.8 * 0.8, -0.8 * 0.6]
    #expect(isNear(slopes[0], zip(g, outer).map { ($0 - aligned * $1) / 3 }))
  }

  @Test("the singular vector moves with training and is saved")
  func statistic() throws {
    var layer = layer()
    layer.base.weight = Tensor([1, 2, 0, 4], shape: [2, 2])
    layer = layer.converted(to: .single)
    var pass = ForwardPass.training(RandomStream(seed: 0))
    let before = layer.singularVector.elements
    _ = try layer.lossAndGradients { copy in copy(Tensor(ones: [1, 2]), &pass).sum() }
    #expect(layer.singularVector.elements != before)
    #expect(layer.arrays().keys.sorted() == ["singular_vector", "weight"])
  }
}
