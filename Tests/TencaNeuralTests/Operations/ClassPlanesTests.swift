import TencaNumerics
import Testing

@testable import TencaNeural

@Suite("convolution beside planes of classes")
struct ClassPlanesTests {
  /// Classes of one to all pictures, some of them of none.
  static let labels = [[3, 0, 3, 1, 3], [2, 2, 2, 2, 2], [0, 1, 2, 3, 4]]

  @Test("as if the planes were there, in both precisions", arguments: labels)
  func values(labels: [Int]) {
    for (precision, tolerance) in [(Precision.double, 1e-14), (.single, 2e-6)] {
      let found = derived(precision) { x, w, b in
        x.convolved(
          by: w, bias: b, besidePlanesOf: labels, geometry: geometry,
          activation: .leakyReLU(slope: 0.2))
      }
      let expected = derived(precision) { x, w, b in
        let planes = Tensor.oneHot(labels, classes: 5, precision: precision)
          .reshaped([5, 1, 1, 5]).broadcast(to: [5, 7, 6, 5])
        return Tensor.concatenated([x, planes], axis: 3)
          .convolved(by: w, bias: b, geometry: geometry, activation: .leakyReLU(slope: 0.2))
      }
      for (one, other) in zip(found, expected) {
        #expect(one.shape == other.shape)
        let largest = other.absolute().elements.max()!
        #expect((one - other).absolute().elements.max()! < tolerance * largest)
      }
    }
  }

  private let geometry = ConvolutionGeometry(stride: 2, padding: 1)

  /// A result with its gradients by pictures, weights and bias.
  private func derived(
    _ precision: Precision, _ function: (Tensor, Tensor, Tensor) -> Tensor
  ) -> [Tensor] {
    var random = RandomStream(seed: 3)
    let inputs = [[5, 7, 6, 2], [4, 7, 3, 3], [4]].map {
      Tensor(normal: $0, from: &random, precision: .double).converted(to: precision).watched()
    }
    let y = function(inputs[0], inputs[1], inputs[2])
    return [y.detached()] + gradients(of: y.squared().sum(), withRespectTo: inputs)
  }
}
