import TencaNumerics
import Testing

@testable import TencaNeural

@Suite("gradients of operations")
struct OperationGradientTests {
  static let elementwise: [OperationCase] = [
    OperationCase("scaled", [[2, 3]], isCurved: false) { $0[0].scaled(by: 2.5, plus: 1) },
    OperationCase("exponential", [[2, 3]]) { $0[0].exponential() },
    OperationCase("logarithm", [[2, 3]], shift: 0.1) { $0[0].logarithm() },
    OperationCase("square root", [[2, 3]], shift: 0.1) { $0[0].squareRoot() },
    OperationCase("reciprocal", [[2, 3]]) { $0[0].reciprocal() },
    OperationCase("squared", [[2, 3]]) { $0[0].squared() },
    OperationCase("absolute", [[2, 3]], isCurved: false) { $0[0].absolute() },
    OperationCase("sine", [[5]]) { $0[0].sine() },
    OperationCase("cosine", [[5]]) { $0[0].cosine() },
    OperationCase("relu", [[7]]) { $0[0].relu() * $0[0] },
    OperationCase("leaky relu", [[7]]) { $0[0].leakyReLU(slope: 0.2).squared() },
    OperationCase("tanh", [[7]]) { $0[0].tanh() },
    OperationCase("sigmoid", [[7]]) { $0[0].sigmoid() },
    OperationCase("silu", [[7]]) { $0[0].silu() },
    OperationCase("softplus", [[7]]) { $0[0].softplus() },
    OperationCase("clamped", [[9]]) { $0[0].clamped(to: -1...1).squared() },
    OperationCase("sum", [[2, 3, 4], [3, 4]]) { $0[0] + $0[1].squared() },
    OperationCase("difference", [[2, 1, 4], [3, 1]]) { $0[0].squared() - $0[1].squared() },
    OperationCase("product", [[2, 3, 4], [3, 1]]) { $0[0] * $0[1] },
    OperationCase("product of a column and a row", [[3, 1], [4]]) { $0[0] * $0[1] },
    OperationCase("product over four axes", [[2, 1, 3, 1], [4, 1, 2]]) { $0[0] * $0[1] },
    OperationCase("quotient", [[2, 3], [3]]) { $0[0] / $0[1] },
    OperationCase("maximum", [[3, 4], [4]]) { Tensor.maximum($0[0], $0[1]).squared() },
    OperationCase("minimum", [[3, 4], [3, 1]]) { Tensor.minimum($0[0], $0[1]).squared() },
  ]

  static let shapes: [OperationCase] = [
    OperationCase("sum over axes", [[2, 3, 4]]) { $0[0].squared().sum(over: [0, 2]) },
    OperationCase("sum over the first axis", [[5, 3]]) { $0[0].squared().sum(over: [0]) },
    OperationCase("mean, axes kept", [[2, 3, 4]]) {
      $0[0] * $0[0].mean(over: [-1, 1], keepingAxes: true)
    },
    OperationCase("broadcast", [[2, 1, 3]]) { $0[0].broadcast(to: [4, 2, 5, 3]).squared() },
    OperationCase("reshaped", [[2, 6]]) { $0[0].reshaped([3, -1]).squared() },
    OperationCase("permuted", [[2, 3, 4]]) { $0[0].permuted([2, 0, 1]).squared() },
    OperationCase("transposed", [[2, 3, 4]]) { $0[0].transposed().squared() },
    OperationCase("sliced", [[2, 5, 2]]) { $0[0].sliced(1, 1..<4).squared() },
    OperationCase("padded", [[2, 3]]) { $0[0].padded(1, before: 1, after: 2).squared() },
    OperationCase("concatenated", [[2, 3], [2, 1]]) {
      Tensor.concatenated([$0[0], $0[1].squared(), $0[0] * $0[0]], axis: 1)
    },
    OperationCase("gathered", [[4, 3]]) { $0[0].gathered([2, 0, 2, 3, 2]).squared() },
    OperationCase("scattered", [[5, 2]]) { $0[0].scattered([2, 0, 2, 1, 0], rows: 4).squared() },
  ]

  static let products: [OperationCase] = [
    OperationCase("product of matrices", [[3, 4], [4, 2]]) { Tensor.product($0[0], $0[1]) },
    OperationCase("product, left transposed", [[4, 3], [4, 2]]) {
      Tensor.product($0[0], $0[1], transposeA: true)
    },
    OperationCase("product, right transposed", [[3, 4], [2, 4]]) {
      Tensor.product($0[0], $0[1], transposeB: true)
    },
    OperationCase("product, both transposed", [[4, 3], [2, 4]]) {
      Tensor.product($0[0], $0[1], transposeA: true, transposeB: true)
    },
    OperationCase("products of a batch", [[2, 3, 4], [2, 4, 2]]) { Tensor.product($0[0], $0[1]) },
    OperationCase("linear with tanh", [[3, 4], [2, 4], [2]]) {
      $0[0].linear($0[1], bias: $0[2], activation: .tanh)
    },
    OperationCase("linear with silu", [[3, 4], [2, 4], [2]]) {
      $0[0].linear($0[1], bias: $0[2], activation: .silu)
    },
    OperationCase("batch normalisation", [[4, 2, 2, 3], [3], [3]]) {
      $0[0].normalized(.batch, scale: $0[1], shift: $0[2], activation: .tanh).0
    },
    OperationCase("layer normalisation", [[3, 5], [5], [5]]) {
      $0[0].normalized(.groups(1), scale: $0[1], shift: $0[2]).0
    },
    OperationCase("group normalisation", [[2, 2, 3, 4], [4], [4]]) {
      $0[0].normalized(.groups(2), scale: $0[1], shift: $0[2], activation: .silu).0
    },
    OperationCase("instance normalisation", [[2, 3, 3, 2], [2], [2]]) {
      $0[0].normalized(.groups(2), scale: $0[1], shift: $0[2], activation: .sigmoid).0
    },
    OperationCase("normalisation with given moments", [[2, 2, 3], [3], [3]]) {
      $0[0].normalized(
        mean: Tensor([0.1, 0.2, 0.3], precision: .double),
        variance: Tensor([1, 2, 0.5], precision: .double), scale: $0[1], shift: $0[2])
    },
  ]

  static func convolution(
    _ name: String, _ input: [Int], _ weight: [Int], _ geometry: ConvolutionGeometry
  ) -> OperationCase {
    OperationCase("convolution, \(name)", [input, weight, [weight[0]]]) {
      $0[0].convolved(by: $0[1], bias: $0[2], geometry: geometry, activation: .tanh)
    }
  }

  static let convolutions: [OperationCase] = [
    convolution("3 x 3", [2, 4, 5, 2], [3, 2, 3, 3], .init(padding: 1)),
    convolution("stride 2", [1, 6, 6, 2], [2, 2, 4, 4], .init(stride: 2, padding: 1)),
    convolution("dilation 2", [1, 6, 5, 1], [2, 1, 2, 2], .init(dilation: 2)),
    convolution("two groups", [1, 4, 4, 4], [4, 2, 3, 3], .init(padding: 1, groups: 2)),
    convolution(
      "every direction by itself", [1, 3, 7, 1], [2, 1, 2, 3],
      .init(stride: [1, 2], padding: [1, 0, 0, 2])),
    OperationCase("convolution beside planes of classes", [[3, 4, 4, 1], [2, 4, 4, 4], [2]]) {
      $0[0].convolved(
        by: $0[1], bias: $0[2], besidePlanesOf: [2, 0, 2],
        geometry: .init(stride: 2, padding: 1), activation: .tanh)
    },
    OperationCase("transposed convolution", [[1, 3, 3, 2], [2, 3, 4, 4], [3]]) {
      $0[0].transposedConvolved(
        by: $0[1], bias: $0[2], geometry: .init(stride: 2, padding: 1), activation: .tanh)
    },
    OperationCase("transposed convolution with a rest", [[1, 3, 2, 2], [2, 1, 3, 3]]) {
      $0[0].transposedConvolved(
        by: $0[1], geometry: .init(stride: 2, padding: 1), outputPadding: 1)
    },
  ]

  @Test(
    "first order agrees with finite differences",
    arguments: elementwise + shapes + products + convolutions)
  func firstOrder(_ operation: OperationCase) {
    let error = GradientCheck.firstOrderError(operation.operands, operation.function)
    #expect(error < 1e-7)
  }

  @Test(
    "second order agrees with finite differences",
    arguments: elementwise + shapes + products + convolutions)
  func secondOrder(_ operation: OperationCase) {
    guard operation.isCurved else { return }
    let error = GradientCheck.secondOrderError(operation.operands, operation.function)
    #expect(error < 1e-6)
  }

  @Test(
    "single precision agrees with double", arguments: elementwise + shapes + products + convolutions
  )
  func singlePrecision(_ operation: OperationCase) {
    // Moments of the batch are fixed in double; the rest follows its operands.
    guard operation.name != "normalisation with given moments" else { return }
    let single = GradientCheck.valueAndGradients(operation, .single)
    let double = GradientCheck.valueAndGradients(operation, .double)
    for (a, b) in zip(single, double) {
      let scale = b.reduce(1) { max($0, abs($1)) }
      #expect(zip(a, b).allSatisfy { abs($0 - $1) < 2e-5 * scale })
    }
  }
}
